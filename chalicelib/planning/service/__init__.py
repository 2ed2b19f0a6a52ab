"""The use cases of planning; each module is imported by itself, so that a route carries only what it uses."""
