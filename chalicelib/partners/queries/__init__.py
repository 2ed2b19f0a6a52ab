"""The SQL of API clients and webhooks, by subject."""
