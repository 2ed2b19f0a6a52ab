"""The SQL of what the browser keeps with us."""
