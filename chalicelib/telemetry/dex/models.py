"""The shape of a parsed read. Everything is frozen; a value that the machine did not report is None, never zero."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum, StrEnum
from typing import Final, NamedTuple

from chalicelib.telemetry.dex.issues import Issue

Scalar = str | int | date | time


class Unit(StrEnum):
    """What a field holds. Money counts minor units, bills count whole currency units; see `Value.exponent`."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    SIGNED_MONEY = "signed_money"
    BILLS = "bills"
    DATE = "date"
    TIME = "time"
    SECONDS = "seconds"
    MINUTES = "minutes"


class Value(NamedTuple):
    """One named field of a record. For money: amount = value / 10 ** exponent; otherwise the exponent is None."""

    field_no: int
    name: str
    unit: Unit
    value: Scalar | None
    exponent: int | None = None


class Slot(NamedTuple):
    """A named field of a record, with the decimals of one read where it is an amount."""

    field_no: int
    name: str
    unit: Unit
    exponent: int | None


class Kind(Enum):
    """How the text of a field is read."""

    TEXT = 1
    NUMBER = 2
    CLOCK = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """The named fields of a record type in one read; all records of the type share it."""

    slots: tuple[Slot, ...] = ()
    kinds: tuple[Kind, ...] = ()
    positions: Mapping[str, int] = field(default_factory=dict)


UNNAMED: Final = Layout()


class Record(NamedTuple):
    """One line: `raw` as it stood (trailing blanks kept), `fields` with escapes undone, `typed` for the named ones.

    `fields` holds every field after the record id, known or not. `typed` holds the named ones that stand in the line,
    in the order of the layout; an empty field is there as None.
    """

    line_no: int
    record_type: str
    raw: str
    fields: tuple[str, ...]
    layout: Layout = UNNAMED
    typed: tuple[Scalar | None, ...] = ()

    @property
    def values(self) -> tuple[Value, ...]:
        """The named fields with name, unit and exponent."""
        return tuple(
            Value(slot.field_no, slot.name, slot.unit, typed, slot.exponent)
            for slot, typed in zip(self.layout.slots, self.typed, strict=False)
        )

    def text(self, field_no: int) -> str | None:
        """A field as it stands, counted from 1; None when it is empty or left out."""
        return self.fields[field_no - 1] or None if field_no <= len(self.fields) else None

    def number(self, name: str) -> int | None:
        """A named numeric field; None when the machine did not report it or reported no number."""
        at = self.layout.positions.get(name)
        number = self.typed[at] if at is not None and at < len(self.typed) else None
        return number if isinstance(number, int) else None

    def value(self, name: str) -> Scalar | None:
        """A named field; None when it is empty, left out or not what its unit asks for."""
        at = self.layout.positions.get(name)
        return self.typed[at] if at is not None and at < len(self.typed) else None

    def exponent(self, name: str) -> int | None:
        """The decimals of a named amount: amount = number / 10 ** exponent."""
        return self.layout.slots[self.layout.positions[name]].exponent

    @property
    def parsed(self) -> dict[str, object]:
        """The record for a JSON column: named values (dates as ISO text) and, where any, the unnamed rest."""
        named: dict[str, object] = {
            slot.name: typed.isoformat() if isinstance(typed, date | time) else typed
            for slot, typed in zip(self.layout.slots, self.typed, strict=False)
        }
        rest = self.fields[len(self.typed) :]
        if any(rest):
            named["more" if self.typed else "fields"] = list(rest)
        return named


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """PA7: what one selection sold through one payment device (CA, DA, DB, TA or other) on one price list."""

    line_no: int
    device: str
    price_list: str | None
    price_cents: int | None
    units_init: int | None
    value_init_cents: int | None
    units_reset: int | None
    value_reset_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """PA1 with the PA2..PA8 that belong to it. INIT counters are cumulative, RESET counters are of the interval."""

    line_no: int
    selection: str
    price_cents: int | None = None
    product_text: str | None = None
    capacity: int | None = None
    standard_fill: int | None = None
    units_init: int | None = None
    value_init_cents: int | None = None
    units_reset: int | None = None
    value_reset_cents: int | None = None
    discount_units_init: int | None = None
    discount_value_init_cents: int | None = None
    discount_units_reset: int | None = None
    discount_value_reset_cents: int | None = None
    surcharge_units_init: int | None = None
    surcharge_value_init_cents: int | None = None
    surcharge_units_reset: int | None = None
    surcharge_value_reset_cents: int | None = None
    test_units_init: int | None = None
    test_value_init_cents: int | None = None
    test_units_reset: int | None = None
    test_value_reset_cents: int | None = None
    free_units_init: int | None = None
    free_value_init_cents: int | None = None
    free_units_reset: int | None = None
    free_value_reset_cents: int | None = None
    mixed_units_init: int | None = None
    mixed_value_init_cents: int | None = None
    mixed_units_reset: int | None = None
    mixed_value_reset_cents: int | None = None
    last_sale_clock: datetime | None = None
    last_sale_at: datetime | None = None
    sold_out_attempts: int | None = None
    payments: tuple[Payment, ...] = ()
    row_label: str | None = None
    col_label: str | None = None
    row_no: int | None = None
    col_no: int | None = None
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """How selection numbers map to rows and columns: alpha, hundreds, tens, linear or unknown."""

    type: str
    confidence: float
    rows: int
    cols: int


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """An identity between counters of one read. One that fails is a flag, never a reason to refuse the read."""

    name: str
    expected: int
    actual: int

    @property
    def holds(self) -> bool:
        return self.expected == self.actual

    @property
    def difference(self) -> int:
        return self.actual - self.expected


class Status(StrEnum):
    PARSED = "parsed"
    PARSED_WITH_WARNINGS = "parsed_with_warnings"
    REJECTED = "rejected"


class Verdict(StrEnum):
    """What may be done with a read: quarantined is stored and books nothing, the next good read covers its gap."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One audit of one machine: one transaction set (ST..SE) with the DXS and DXE around it."""

    status: Status
    verdict: Verdict
    content_hash: bytes
    records: tuple[Record, ...] = ()
    selections: tuple[Selection, ...] = ()
    issues: tuple[Issue, ...] = ()
    cross_checks: tuple[CrossCheck, ...] = ()
    comm_id: str | None = None
    dts_version: str | None = None
    machine_serial: str | None = None
    machine_model: str | None = None
    asset_reported: str | None = None
    board_serial: str | None = None
    decimal_places: int = 2
    currency: str | None = None
    machine_clock: datetime | None = None
    read_at: datetime | None = None
    read_count: int | None = None
    reset_count: int | None = None
    crc_expected: str | None = None
    crc_actual: str | None = None
    crc_ok: bool | None = None
    crc_swapped: bool = False
    se_count_expected: int | None = None
    se_count_actual: int | None = None
    pattern: Pattern = Pattern("unknown", 0.0, 0, 0)

    @property
    def total_records(self) -> int:
        return len(self.records)

    def first(self, record_type: str) -> Record | None:
        return next((record for record in self.records if record.record_type == record_type), None)

    def number(self, record_type: str, name: str) -> int | None:
        """A named number of the first record of a type, for instance `read.number("VA1", "units_init")`."""
        record = self.first(record_type)
        return record.number(name) if record else None
