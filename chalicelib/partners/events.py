"""What happens to API clients and webhooks."""
