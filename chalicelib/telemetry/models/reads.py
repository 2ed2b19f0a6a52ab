"""Stored reads, in the words of the contract."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.kit.models import Flag, Id, Instant, Model


class ReadsAsked(Model):
    """Which page of the reads."""

    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=100)] = 20
    device_id: Id | None = None


class ReadRow(Model):
    """A read in a list. `error_*` tell the first thing that is wrong with it."""

    id: int
    filename: str
    machine_serial: str
    manufacturer: str
    dex_version: str
    upload_timestamp: Instant
    total_records: int
    parsed_successfully: Flag
    error_message: str | None
    error_line: int | None
    error_field: int | None
    status: str
    is_quarantined: bool
    device_id: int | None
    device_asset: str | None
    comm_id: str | None
    machine_model: str | None
    asset_reported: str | None
    read_at: Instant | None
    read_sequence: int | None
    crc_ok: bool | None


class Pagination(Model):
    """Where a page stands among all."""

    page: int
    per_page: int
    total: int
    pages: int


class ReadPage(Model):
    """One page of the reads, newest first."""

    success: Literal[True] = True
    reads: Sequence[ReadRow]
    pagination: Pagination


class RecordRow(Model):
    """One line of a read; `parsed_data` is JSON text."""

    id: int
    dex_read_id: int
    record_type: str
    record_subtype: str | None
    line_number: int
    raw_record: str
    parsed_data: str
    created_at: Instant


class RecordList(Model):
    """The lines of a read."""

    success: Literal[True] = True
    records: Sequence[RecordRow]


class PaRecord(Model):
    """One selection of a read with its cumulative counters; None means that the machine did not say."""

    id: int
    dex_read_id: int
    record_subtype: str
    selection_number: str
    price_cents: int | None
    capacity: int | None
    units_sold: int | None
    revenue_cents: int | None
    test_vends: int | None
    free_vends: int | None
    cash_sales: int | None
    cash_sales_cents: int | None
    cashless_sales: int | None
    cashless_sales_cents: int | None
    discount_sales: int | None
    discount_sales_cents: int | None
    line_number: int
    created_at: Instant
    row: str | None
    column: str | None
    product_text: str | None
    last_sale_at: Instant | None
    sold_out_attempts: int | None
    slot_id: int | None


class Dimensions(Model):
    """The size of a grid."""

    rows: int
    columns: int


class Coverage(Model):
    """How many selections have a place in the grid."""

    total: int
    with_grid: int
    percentage: float


class GridInfo(Model):
    """How the selection numbers of a read make rows and columns."""

    pattern_type: str
    confidence: float
    grid_dimensions: Dimensions
    coverage: Coverage


class PaRecords(Model):
    """The selections of a read."""

    success: Literal[True] = True
    pa_records: Sequence[PaRecord]
    grid_info: GridInfo


class TotalCoverage(Model):
    """How many selections have a place in the grid, as grid-info names it."""

    total_records: int
    with_grid: int
    percentage: float


class GridInfoAnswer(Model):
    """The pattern of a read's selection numbers."""

    success: Literal[True] = True
    pattern_type: str
    confidence: float
    grid_dimensions: Dimensions
    coverage: TotalCoverage
    errors: Sequence[str]


class Cell(Model):
    """A selection in the grid."""

    selection_number: str
    units_sold: int | None
    revenue_cents: int | None
    price_cents: int | None
    capacity: int | None


class LabelledDimensions(Dimensions):
    """The size of a grid with its labels, in order."""

    row_labels: Sequence[str]
    column_labels: Sequence[str]


class CellCount(Model):
    """How full a grid is."""

    total_cells: int
    filled_cells: int
    empty_cells: int


class GridLayout(Model):
    """The selections of a read by row and column label."""

    success: Literal[True] = True
    grid_layout: Mapping[str, Mapping[str, Cell]]
    dimensions: LabelledDimensions
    metadata: CellCount


class Issue(Model):
    """Something that is wrong with a read."""

    line: int
    field: int
    record: str | None
    severity: str
    code: str
    message: str


class IntervalSold(Model):
    """What the read before and this one say was sold, as it was judged; `held` selections wait for the next read."""

    previous_read_id: int | None
    outcome: str
    started_at: Instant | None
    ended_at: Instant
    units: int
    value_cents: int
    held: int
    missing_reads: int
    cash_to_box_cents: int | None
    tubes_cents: int | None
    flags: Sequence[str]
    sold: Sequence[Mapping[str, object]]


class ReadInfo(ReadRow):
    """Everything about a read; `raw_content` is its lines as they came."""

    raw_content: str
    decimal_places: int
    currency: str | None
    crc_expected: str | None
    crc_actual: str | None
    se_count_expected: int | None
    se_count_actual: int | None
    sha256: str
    size_bytes: int
    chain_number: int | None
    chain_hash: str | None


class ReadDetail(Model):
    """One read with its lines, its selections, what is wrong with it and what it sold."""

    success: Literal[True] = True
    read_info: ReadInfo
    records: Sequence[RecordRow]
    pa_records: Sequence[PaRecord]
    issues: Sequence[Issue]
    interval: IntervalSold | None


class UnlinkedMachine(Model):
    """Reads of one machine that no device is known for; `read_id` is the newest and serves to link them all."""

    read_id: int
    comm_id: str | None
    machine_serial: str | None
    machine_model: str | None
    asset_reported: str | None
    reads: int
    first_uploaded_at: Instant
    last_uploaded_at: Instant


class Unlinked(Model):
    """The machines whose reads wait for a device."""

    success: Literal[True] = True
    machines: Sequence[UnlinkedMachine]


class PatternRow(Model):
    """The stored pattern of a read."""

    pattern_type: str | None
    pattern_confidence: Decimal | None
    grid_rows: int | None
    grid_cols: int | None
    created_at: datetime
