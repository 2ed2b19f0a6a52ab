"""The routes of orders."""

from chalicelib.orders.endpoints import orders, photos

BLUEPRINTS = (orders.blueprint, photos.blueprint)
