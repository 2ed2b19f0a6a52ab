"""Planograms on the wire."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Instant, Model, Money, PriceIn, Text
from chalicelib.planograms.rules import Reason, Wish

EMPTY_PRODUCT_ID = 1
"""What stands on the wire for no product; no product has this id."""

Position = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, min_length=1, max_length=10)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=100)]


def _product(value: object) -> object:
    """What stands for no product: null, an empty text, 0 and the empty product."""
    return None if value in (None, "", 0, "0", EMPTY_PRODUCT_ID, str(EMPTY_PRODUCT_ID)) else value


Units = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]


class SlotContent(Camel):
    """What a slot holds; an empty one has the product 1, EMPTY_SLOT. The par level stands under two names."""

    slot_id: int
    product_id: int
    product_name: str
    quantity: int
    capacity: int
    par_level: int
    parlevel: int
    price: Money
    own_price: bool


class SlotWish(Camel):
    """What a slot is to hold. Name and id of the slot are not read; of the two par levels `parlevel` wins."""

    product_id: Annotated[int | None, BeforeValidator(_product)] = None
    quantity: Units | None = None
    capacity: Units | None = None
    par_level: Units | None = None
    parlevel: Units | None = None
    price: PriceIn | None = None

    @property
    def wish(self) -> Wish:
        """The same in the words of the rules."""
        par_level = self.par_level if self.parlevel is None else self.parlevel
        return Wish(self.product_id, self.quantity, self.capacity, par_level, self.price)


Slots = dict[Position, SlotWish | None]


class PlanogramSave(Model):
    """One planogram, `{planogramKey, planogramData, version?}`, or several, `{<key>: {<position>: slot}}`.

    Slots that are not named stay as they are. With a version, a planogram that was saved meanwhile is refused.
    """

    sentences: ClassVar[Mapping[str, str]] = {"planograms": "planogramKey and planogramData are required"}

    planograms: dict[Key, Slots] = Field(min_length=1, max_length=20)
    version: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _both_formats(cls, given: Any) -> Any:  # Any: JSON as it came
        if not isinstance(given, dict):
            return given
        if "planogramKey" not in given:
            return {"planograms": given}
        if not isinstance(given.get("planogramData"), dict):
            raise ValueError("planogramData is required")  # noqa: TRY004 - pydantic reports ValueErrors
        return {
            "planograms": {given["planogramKey"]: given["planogramData"]},
            "version": given.get("version"),
        }


class Saved(Camel):
    """How many slots were written, and the versions of the planograms now, by key."""

    success: Literal[True] = True
    updates: int
    version: int | None
    versions: dict[str, int]


class SlotMove(Camel):
    """A product to be moved from one slot to another; with `swap` an occupied target changes places."""

    source: Position = Field(alias="from")
    target: Position = Field(alias="to")
    swap: bool = False
    version: int | None = None

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Self:
        if self.source == self.target:
            raise ValueError("from and to must be different slots")
        return self


class LayoutCopy(Camel):
    """Where a layout is to be copied; with `truncate` only the positions that both grids have are written."""

    target_key: Text
    truncate: bool = False
    version: int | None = None


class ExportedPlanogram(Model):
    """A planogram in the export; filled slots are those with a product (BR-089)."""

    planogram_key: str
    asset: str
    cooler: str
    location: str | None
    cabinet_type: str
    cabinet_index: int
    slot_count: int
    filled_slots: int
    version: int
    updated_at: Instant


class ClearedSlot(Model):
    """A slot that was cleared and is empty still."""

    slot_position: str
    cleared_at: Instant
    cleared_by: str | None
    previous_product_id: int
    previous_product_name: str


class ClearedSlots(Model):
    """The cleared slots of a planogram."""

    planogram_key: str
    cleared_slots: list[ClearedSlot]


class SlotChange(Camel):
    """One change of a slot."""

    at: Instant
    actor: str | None
    reason: Reason
    old_product_id: int | None
    old_product_name: str | None
    new_product_id: int | None
    new_product_name: str | None
    old_quantity: int | None
    new_quantity: int | None
    old_capacity: int | None
    new_capacity: int | None
    old_par_level: int | None
    new_par_level: int | None
    old_price: Money | None
    new_price: Money | None
