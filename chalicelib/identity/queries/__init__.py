"""The SQL of identity: accounts, attempts to sign in, sessions, and users as an admin sees them."""
