"""The fleet's routes."""
