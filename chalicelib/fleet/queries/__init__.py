"""The fleet's SQL."""
