"""The SQL of orders and visits."""
