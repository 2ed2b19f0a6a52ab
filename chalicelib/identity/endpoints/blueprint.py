"""What the routes of identity are registered on."""

from chalice.app import Blueprint

blueprint = Blueprint(__name__)

SMALL_BODY = 16 * 1024
"""No name or password is longer."""
