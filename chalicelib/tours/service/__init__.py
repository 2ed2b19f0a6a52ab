"""The use cases of tours; each module is imported by itself, so that a route carries only what it uses."""
