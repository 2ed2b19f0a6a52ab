"""Linking reads to devices, and selections to slots."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Money

Selection = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]


class LinkBody(Camel):
    """The device that a read is of."""

    device_id: Id


class Linked(Camel):
    """What linking has done; all unlinked reads of the same machine come along."""

    success: Literal[True] = True
    device_id: int
    read_ids: Sequence[int]
    booked_units: int
    booked_cash: Money


class Mapping(Camel):
    """A selection and the slot that it stands for."""

    selection: Selection
    slot_id: Id


class MappingsBody(Camel):
    """All mappings of a device; what is not named is taken away."""

    sentences: ClassVar = {"mappings": "mappings must be a list of {selection, slotId}, each selection once"}

    mappings: Annotated[list[Mapping], Field(max_length=1200)]

    @model_validator(mode="after")
    def _each_selection_once(self) -> Self:
        names = [mapping.selection for mapping in self.mappings]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError("These selections are named twice: " + ", ".join(twice))
        return self


class Evidence(Camel):
    """Why a slot is proposed for a selection."""

    pattern: str
    row_label: str | None
    col_label: str | None
    row_no: int | None
    col_no: int | None
    price_matches: bool | None
    product_text: str | None


class SelectionSlot(Camel):
    """A selection of the newest read with its slot.

    `basis` says how it is known: `mapping` by a person, `stated` in the planogram, `proposed` by the grid and not in
    force, or `none`.
    """

    selection: str
    basis: Literal["mapping", "stated", "proposed", "none"]
    slot_id: int | None
    position: str | None
    cabinet_index: int | None
    product_id: int | None
    product_name: str | None
    machine_price: Money | None
    slot_price: Money | None
    price_differs: bool
    confidence: float
    evidence: Evidence


class DeviceMappings(Camel):
    """How the selections of a device are mapped."""

    success: Literal[True] = True
    device_id: int
    read_id: int | None
    read_at: Instant | None
    pattern: str | None
    confidence: float
    selections: Sequence[SelectionSlot]
    booked_units: int = 0
    booked_cash: Money = 0
