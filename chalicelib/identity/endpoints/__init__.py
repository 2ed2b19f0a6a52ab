"""The routes of identity: signing in, the own account, users and what becomes of them."""
