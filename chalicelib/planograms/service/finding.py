"""Finding planograms by the keys that the pages know them by."""

from collections.abc import Collection

from chalicelib.kit.call import Call
from chalicelib.planograms.errors import AmbiguousKey, PlanogramNotFound, StalePlanogram
from chalicelib.planograms.models import SlotContent
from chalicelib.planograms.queries import reading as queries
from chalicelib.planograms.queries.reading import KeyedPlanogram, SeenSlot


def locked(call: Call, keys: Collection[str]) -> dict[str, KeyedPlanogram]:
    """The planograms with these keys, locked; raises `PlanogramNotFound` naming the first that is not there."""
    return _by_key(queries.with_keys(call.db, list(keys), lock=True, seen_by=call.principal), keys)


def found(call: Call, key: str) -> KeyedPlanogram:
    """The planogram with a key."""
    return _by_key(queries.with_keys(call.db, [key], lock=False, seen_by=call.principal), [key])[key]


def _by_key(rows: list[KeyedPlanogram], keys: Collection[str]) -> dict[str, KeyedPlanogram]:
    planograms = {row.key: row for row in rows}
    if len(planograms) != len(rows):
        raise AmbiguousKey
    for key in keys:
        if key not in planograms:
            raise PlanogramNotFound(f"Planogram not found: {key}", planogram_key=key)
    return planograms


def refuse_stale(call: Call, planogram: KeyedPlanogram, version: int | None) -> None:
    """Refuse an edit of a version that is no longer the present one; without a version the last one wins."""
    if version is not None and version != planogram.version:
        current = on_the_wire(queries.slots_of(call.db, planogram.id))
        raise StalePlanogram(
            version=planogram.version,
            planogram_key=planogram.key,
            current={position: slot.model_dump(mode="json", by_alias=True) for position, slot in current.items()},
        )


def on_the_wire(slots: list[SeenSlot]) -> dict[str, SlotContent]:
    """Slots by position, as clients read them."""
    return {slot.position: SlotContent.model_validate(slot) for slot in slots}
