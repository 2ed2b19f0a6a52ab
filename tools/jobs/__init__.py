"""Scheduled work, run by hand."""
