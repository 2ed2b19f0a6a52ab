"""How stock is refused."""

from chalicelib.kit.errors import BadRequest, Conflict, Unavailable


class NotCountable(BadRequest):
    """400: a counted position is not in the grid, is empty, or cannot hold that many."""

    message = "Some positions cannot be counted that way."


class OverCapacity(BadRequest):
    """400: more than fits (BR-081, BR-114)."""

    code = "OVER_CAPACITY"
    message = "More units than fit."
    constraints = ("planogram_slots_quantity_within_capacity",)


class NegativeStock(Conflict):
    """409: a slot would hold less than nothing (BR-119)."""

    code = "NEGATIVE_STOCK"
    message = "A slot would hold less than nothing."
    constraints = ("planogram_slots_quantity_not_negative",)


class LedgerBroken(Unavailable):
    """The ledger and the slots disagree; the nightly job fails, so that its alarm is raised."""

    message = "The stock ledger does not fit the slots."
