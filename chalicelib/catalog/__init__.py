"""The catalogue: the products that the machines sell."""
