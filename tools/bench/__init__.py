"""Measurements: what is called fast is measured here, side by side with what it is compared to."""
