"""From a selection's place in the machine's grid to a slot of the planogram: proposed, never taken for granted."""

from collections.abc import Sequence

from chalicelib.kit.values import value

SURE_FROM = 0.8


@value(kw_only=True)
class GridSelection:
    """A selection of the newest read, by the pattern of its numbers."""

    selection: str
    price_cents: int | None
    product_text: str | None
    row_label: str | None
    col_label: str | None
    row_no: int | None
    col_no: int | None


@value(kw_only=True)
class GridSlot:
    """A slot of a live cabinet."""

    slot_id: int
    cabinet_index: int
    rows: int
    cols: int
    position: str
    row_no: int
    col_no: int
    product_id: int | None
    product_name: str | None
    price_cents: int | None


def cabinet_for(selections: Sequence[GridSelection], slots: Sequence[GridSlot]) -> int | None:
    """The first cabinet whose grid has at least the machine's rows and columns."""
    rows = max((one.row_no or 0 for one in selections), default=0)
    cols = max((one.col_no or 0 for one in selections), default=0)
    fitting = {slot.cabinet_index for slot in slots if slot.rows >= rows and slot.cols >= cols}
    return min(fitting, default=None)


def proposed(
    selections: Sequence[GridSelection], slots: Sequence[GridSlot], *, confidence: float
) -> dict[str, GridSlot]:
    """A slot for each selection whose place is sure enough: its row and column by their order in the machine."""
    cabinet = cabinet_for(selections, slots)
    if confidence < SURE_FROM or cabinet is None:
        return {}
    cells = {(slot.row_no, slot.col_no): slot for slot in slots if slot.cabinet_index == cabinet}
    return {
        one.selection: cells[one.row_no, one.col_no]
        for one in selections
        if one.row_no is not None and one.col_no is not None and (one.row_no, one.col_no) in cells
    }
