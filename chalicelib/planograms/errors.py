"""What planograms refuse."""

from chalicelib.kit.errors import BadRequest, Conflict, NotFound, VersionConflict


class PlanogramNotFound(NotFound):
    """404: no live cabinet has this key."""

    message = "Planogram not found"


class SlotNotFound(NotFound):
    """404: the grid has no such position."""

    message = "Slot not found"


class AmbiguousKey(Conflict):
    """409: an asset and a type name with hyphens make the same key for two cabinets."""

    message = "This key fits more than one cabinet. Rename one of the cabinet types."


class UnknownPositions(BadRequest):
    """400: positions outside of the grid; nothing was saved."""

    message = "Positions outside of the grid"


class UnfitSlots(BadRequest):
    """400: slots cannot hold what was sent; nothing was saved."""

    message = "Slots cannot hold what was sent"


class StalePlanogram(VersionConflict):
    """409: somebody else saved first; `details.current` is the content as it is now."""

    message = "Somebody else has changed this planogram meanwhile. Load it again, then repeat your change."


class SlotEmpty(BadRequest):
    """400: nothing to move."""

    message = "There is no product in the slot to move from."


class SlotTaken(Conflict):
    """409: another product is in the way."""

    message = "The target slot holds a product. Ask for a swap, or clear it first."


class SlotsOccupied(Conflict):
    """409: the new grid has no place for occupied slots."""

    message = "The new grid has no place for occupied slots. Clear them first, or force the change."


class GridMismatch(BadRequest):
    """400: the cabinets have different grids."""

    message = "The cabinets have different grids. Copy with truncate to fill only what both have."


class SameCabinet(BadRequest):
    """400: a layout is copied to another cabinet."""

    message = "A planogram cannot be copied onto itself."
