"""The console of admins: a statement of their own, and moving in from a browser's storage."""
