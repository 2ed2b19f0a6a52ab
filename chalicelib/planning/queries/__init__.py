"""The SQL of planning; every statement serves many devices."""
