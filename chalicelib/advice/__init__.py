"""Advice on planograms: scores, heat, better layouts, predictions; from the fleet's own sales alone."""
