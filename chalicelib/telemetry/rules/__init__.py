"""What follows from reads by arithmetic alone."""
