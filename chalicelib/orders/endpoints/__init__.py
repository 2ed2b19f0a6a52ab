"""The routes of orders."""

from chalicelib.orders.endpoints import orders, phone, photos

BLUEPRINTS = (orders.blueprint, photos.blueprint, phone.blueprint)
