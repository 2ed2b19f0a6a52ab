"""The routes of identity: signing in, the own account, users and what becomes of them."""

from chalicelib.identity.endpoints import account, lifecycle, sign_in, users
from chalicelib.identity.endpoints.blueprint import blueprint

__all__ = ["account", "blueprint", "lifecycle", "sign_in", "users"]
