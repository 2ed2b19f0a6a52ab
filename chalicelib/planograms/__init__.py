"""Planograms: what lies in which slot of a cabinet, and how it came there."""
