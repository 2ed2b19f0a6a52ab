"""What crosses the border of telemetry."""
