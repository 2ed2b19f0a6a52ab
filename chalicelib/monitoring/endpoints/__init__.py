"""The routes of monitoring."""
