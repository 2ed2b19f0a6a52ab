"""Stored reads, as the contract's pages ask for them."""

from collections.abc import Sequence

from chalicelib.kit.call import Call
from chalicelib.telemetry.errors import DexReadNotFound, NoGrid, NoSelections
from chalicelib.telemetry.models.reads import (
    Cell,
    CellCount,
    Coverage,
    Dimensions,
    GridInfo,
    GridInfoAnswer,
    GridLayout,
    IntervalSold,
    LabelledDimensions,
    Pagination,
    PaRecord,
    PaRecords,
    PatternRow,
    ReadDetail,
    ReadPage,
    ReadsAsked,
    RecordList,
    TotalCoverage,
)
from chalicelib.telemetry.queries import listing


def listed(call: Call, asked: ReadsAsked) -> ReadPage:
    """One page of the reads."""
    total = listing.count(call.db, device_id=asked.device_id, seen_by=call.principal)
    reads = listing.page(
        call.db,
        device_id=asked.device_id,
        seen_by=call.principal,
        limit=asked.per_page,
        offset=(asked.page - 1) * asked.per_page,
    )
    pages = -(-total // asked.per_page)
    return ReadPage(
        reads=reads, pagination=Pagination(page=asked.page, per_page=asked.per_page, total=total, pages=pages)
    )


def detail(call: Call, read_id: int) -> ReadDetail:
    """One read with everything that is known of it."""
    info = listing.one(call.db, read_id, seen_by=call.principal)
    if info is None:
        raise DexReadNotFound
    found = listing.interval(call.db, read_id)
    return ReadDetail(
        read_info=info,
        records=listing.records(call.db, read_id, seen_by=call.principal),
        pa_records=listing.selections(call.db, read_id, seen_by=call.principal),
        issues=listing.issues(call.db, read_id),
        interval=IntervalSold.model_validate(found, from_attributes=True) if found else None,
    )


def records(call: Call, read_id: int) -> RecordList:
    """The lines of a read; none for a read that is not there."""
    return RecordList(records=listing.records(call.db, read_id, seen_by=call.principal))


def selections(call: Call, read_id: int) -> PaRecords:
    """The selections of a read with their grid; none for a read that is not there."""
    found = listing.selections(call.db, read_id, seen_by=call.principal)
    pattern = listing.pattern(call.db, read_id, seen_by=call.principal)
    total, placed, share = _coverage(found)
    return PaRecords(
        pa_records=found,
        grid_info=GridInfo(
            pattern_type=(pattern.pattern_type if pattern else None) or "unknown",
            confidence=_confidence(pattern),
            grid_dimensions=_dimensions(pattern),
            coverage=Coverage(total=total, with_grid=placed, percentage=share),
        ),
    )


def grid_info(call: Call, read_id: int) -> GridInfoAnswer:
    """How the selection numbers of a read make rows and columns."""
    found = listing.selections(call.db, read_id, seen_by=call.principal)
    if not found:
        raise NoSelections
    pattern = listing.pattern(call.db, read_id, seen_by=call.principal)
    total, placed, share = _coverage(found)
    loose = [one.selection_number for one in found if one.row is None]
    return GridInfoAnswer(
        pattern_type=(pattern.pattern_type if pattern else None) or "unknown",
        confidence=_confidence(pattern),
        grid_dimensions=_dimensions(pattern),
        coverage=TotalCoverage(total_records=total, with_grid=placed, percentage=share),
        errors=["These selections have no place in the grid: " + ", ".join(loose)] if loose else [],
    )


def grid_layout(call: Call, read_id: int) -> GridLayout:
    """The selections of a read by row and column."""
    found = [
        one
        for one in listing.selections(call.db, read_id, seen_by=call.principal)
        if one.row is not None and one.column is not None
    ]
    if not found:
        raise NoGrid
    rows = sorted({one.row or "" for one in found}, key=_by_number)
    columns = sorted({one.column or "" for one in found}, key=_by_number)
    total = len(rows) * len(columns)
    return GridLayout(
        grid_layout={row: {one.column or "": _cell(one) for one in found if one.row == row} for row in rows},
        dimensions=LabelledDimensions(rows=len(rows), columns=len(columns), row_labels=rows, column_labels=columns),
        metadata=CellCount(total_cells=total, filled_cells=len(found), empty_cells=total - len(found)),
    )


def _by_number(label: str) -> tuple[int, str]:
    return (int(label), "") if label.isdigit() else (0, label)


def _cell(one: PaRecord) -> Cell:
    return Cell(
        selection_number=one.selection_number,
        units_sold=one.units_sold,
        revenue_cents=one.revenue_cents,
        price_cents=one.price_cents,
        capacity=one.capacity,
    )


def _coverage(found: Sequence[PaRecord]) -> tuple[int, int, float]:
    placed = sum(one.row is not None for one in found)
    return len(found), placed, round(100 * placed / len(found), 1) if found else 0.0


def _confidence(pattern: PatternRow | None) -> float:
    return float(pattern.pattern_confidence or 0) if pattern else 0.0


def _dimensions(pattern: PatternRow | None) -> Dimensions:
    rows, columns = (pattern.grid_rows, pattern.grid_cols) if pattern else (0, 0)
    return Dimensions(rows=rows or 0, columns=columns or 0)
