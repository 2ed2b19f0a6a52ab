"""Monitoring: queries."""
