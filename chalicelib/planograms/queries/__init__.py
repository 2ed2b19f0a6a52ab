"""The SQL of planograms."""
