"""What the endpoints, the workers and the tools ask of telemetry."""
