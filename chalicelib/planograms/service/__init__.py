"""The use cases of planograms; what other features may ask for stands here by name."""

from chalicelib.planograms.service.grids import fit_to_grid, lay_out, units_in

__all__ = ["fit_to_grid", "lay_out", "units_in"]
