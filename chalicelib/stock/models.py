"""Movements of stock, counts, and what a check of the ledger finds."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AliasChoices, Field, StringConstraints

from chalicelib.kit.models import Camel, Count, Id
from chalicelib.kit.values import value

MovementKind = Literal[
    "restock", "sale", "test_vend", "free_vend", "count_adjustment", "planogram_change", "rollback", "import"
]


@value(kw_only=True)
class Move:
    """Units to put into a slot (`delta` > 0) or to take out of it, with what caused it."""

    slot_id: int
    delta: int
    kind: MovementKind
    visit_item_id: int | None = None
    sale_id: int | None = None
    sale_sold_at: datetime | None = None
    dex_read_id: int | None = None


@value(kw_only=True)
class Entry:
    """A line of the ledger for a quantity that its writer has changed already."""

    slot_id: int
    product_id: int
    delta: int
    kind: MovementKind
    quantity_after: int


@value
class Line:
    """A line of the ledger, as it was written."""

    slot_id: int
    delta: int
    quantity_after: int


@value
class Discrepancy:
    """Something that breaks an invariant of §12.4, by its number there."""

    invariant: int
    resource: str
    resource_id: int
    problem: str


Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]


class SlotCount(Camel):
    """What was counted in one slot."""

    quantity: Count
    note: Note | None = None


class PositionCount(Camel):
    """What was counted at one position of a planogram."""

    position: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=2, max_length=4)] = (
        Field(validation_alias=AliasChoices("position", "slot"))
    )
    quantity: Count


class PlanogramCount(Camel):
    """What was counted in a cabinet; positions that are not named were not counted."""

    sentences: ClassVar = {"counts": "counts must be a list of {position, quantity}"}

    counts: Annotated[list[PositionCount], Field(min_length=1, max_length=400)]
    note: Note | None = None


class CountedSlot(Camel):
    """A slot after its count."""

    slot_id: Id
    position: str
    product_id: Id
    quantity_before: int
    quantity: int
    delta: int


class Counted(Camel):
    """The outcome of a count; `changed` slots held something else than was on record."""

    success: bool = True
    counted: int
    changed: int
    slots: list[CountedSlot]
