"""What becomes of the rows of a bulk: each feature that takes rows in bulk tells it in the same words."""

from typing import Literal

from chalicelib.kit.values import value

Change = Literal["created", "updated", "unchanged", "refused"]


@value
class Outcome:
    """What became of one row; a refused one says why in words for a person, and which field is wrong."""

    change: Change
    problem: str | None = None
    field: str | None = None


CREATED = Outcome("created")
UPDATED = Outcome("updated")
UNCHANGED = Outcome("unchanged")


def refused(problem: str, field: str | None = None) -> Outcome:
    """The outcome of a row that is left out."""
    return Outcome("refused", problem, field)
