"""The fleet's use cases."""
