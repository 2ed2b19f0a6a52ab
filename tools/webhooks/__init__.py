"""Receiving webhooks: a receiver for developers, and what measures that deliveries arrive."""
