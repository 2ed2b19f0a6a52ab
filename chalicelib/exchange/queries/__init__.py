"""The SQL of the exchange."""
