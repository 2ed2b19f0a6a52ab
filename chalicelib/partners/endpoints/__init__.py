"""The routes of API clients and webhooks, by subject."""
