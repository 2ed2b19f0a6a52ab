"""Sales by hand: the archive, and the way back."""
