"""Refusals of API clients and webhooks."""
