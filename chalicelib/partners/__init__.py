"""Partners: API clients, webhooks out and in."""
