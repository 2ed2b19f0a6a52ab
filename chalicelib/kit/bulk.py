"""What becomes of the rows of a bulk: each feature that takes rows in bulk tells it in the same words."""

from dataclasses import dataclass
from typing import Literal

Change = Literal["created", "updated", "unchanged", "refused"]


@dataclass(frozen=True)
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
