"""What can be done with API clients and webhooks, by subject."""
