"""The SQL of tours."""
