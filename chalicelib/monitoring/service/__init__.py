"""Monitoring: service."""
