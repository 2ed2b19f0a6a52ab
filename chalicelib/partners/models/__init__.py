"""API clients and webhooks as the database keeps them, and the messages that go in and out."""
