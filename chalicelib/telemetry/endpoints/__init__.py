"""The routes of telemetry."""
