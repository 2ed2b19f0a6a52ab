"""The local services: a real embedded PostgreSQL, a local cloud, and the command that runs everything."""
