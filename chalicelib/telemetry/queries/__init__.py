"""The SQL of telemetry."""
