"""Giving advice."""
