"""Gathers PA1 and the records that follow it into selections: DX-012, DX-013, DX-014, DX-021."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from chalicelib.telemetry.dex.dictionary import FIELDS
from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.models import Pattern, Payment, Record, Selection, Unit
from chalicelib.telemetry.dex.money import cents_of, to_cents
from chalicelib.telemetry.dex.pattern import Cell, detect

MAX_SELECTION: Final = 10
_DEVICES: Final = frozenset({"CA", "DA", "DB", "TA"})
_PREFIX: Final = {"PA2": "", "PA3": "test_", "PA4": "free_", "PA8": "mixed_"}
_FOLLOWERS: Final = frozenset({"PA2", "PA3", "PA4", "PA5", "PA6", "PA8"})


def _attributes(record_type: str) -> tuple[tuple[str, bool], ...]:
    """What each field is called in `Selection`, and whether it is money: value_init of PA3 is test_value_init_cents."""
    return tuple(
        (_PREFIX[record_type] + name + ("_cents" if unit is Unit.MONEY else ""), unit is Unit.MONEY)
        for _, name, unit in FIELDS[record_type]
    )


_COUNTERS: Final = {record_type: _attributes(record_type) for record_type in _PREFIX}


@dataclass(slots=True)
class _Group:
    """A selection while it is being gathered."""

    line_no: int
    selection: str
    counters: dict[str, Any]  # Numbers by attribute of Selection; a dict's type cannot say which attributes.
    product_text: str | None = None
    seen: set[str] = field(default_factory=set)
    last_sale_clock: datetime | None = None
    payments: list[Payment] = field(default_factory=list)

    def frozen(self, cell: Cell | None, last_sale_at: datetime | None) -> Selection:
        return Selection(
            line_no=self.line_no,
            selection=self.selection,
            product_text=self.product_text,
            last_sale_clock=self.last_sale_clock,
            last_sale_at=last_sale_at,
            payments=tuple(self.payments),
            **self.counters,
            **(cell._asdict() if cell else {}),
        )


Believe = Callable[[datetime], datetime | None]


def gather(records: tuple[Record, ...], believe: Believe, findings: Findings) -> tuple[tuple[Selection, ...], Pattern]:
    """The selections of a set in the order of their PA1, placed in rows and columns, and the pattern they follow.

    `believe` turns the machine's wall clock into an instant, or None when it cannot be right.
    """
    groups = _groups(records, findings)
    pattern, cells = detect(list(groups))
    selections = (
        group.frozen(cells.get(name), believe(group.last_sale_clock) if group.last_sale_clock else None)
        for name, group in groups.items()
    )
    return tuple(selections), pattern


def _groups(records: tuple[Record, ...], findings: Findings) -> dict[str, _Group]:
    """A group that was refused takes its followers with it: they belong to no other selection."""
    groups: dict[str, _Group] = {}
    payments: list[tuple[Record, str]] = []
    current: _Group | None = None
    has_opened = False
    for record in records:
        kind = record.record_type
        if kind == "PA1":
            current, has_opened = _open(record, groups, findings), True
        elif kind == "PA7":
            own = (record.text(1) or "").strip()
            payments.append((record, own or (current.selection if current else "")))
        elif kind in _FOLLOWERS and not has_opened:
            message = f"{kind} stands before any PA1, so it belongs to no selection."
            findings.add(Code.ORPHAN_PA, message, line_no=record.line_no, record_type=kind)
        elif kind in _FOLLOWERS and current:
            _add(record, current, findings)
    _attach(payments, groups, findings)
    if not has_opened:
        findings.add(Code.NO_PRODUCTS, "The read has no product records (PA1).", line_no=records[-1].line_no)
    return groups


def _open(record: Record, groups: dict[str, _Group], findings: Findings) -> _Group | None:
    selection = (record.text(1) or "").strip()
    if not 1 <= len(selection) <= MAX_SELECTION:
        message = f"PA1 must name a selection of 1 to {MAX_SELECTION} characters."
        findings.add(Code.BAD_SELECTION, message, line_no=record.line_no, field_no=1, record_type="PA1")
        return None
    if selection in groups:
        message = f"Selection {selection} was already given in line {groups[selection].line_no}, which counts."
        findings.add(Code.DUP_SELECTION, message, line_no=record.line_no, field_no=1, record_type="PA1")
        return None
    counters = {
        "price_cents": to_cents(record, "price", findings),
        "capacity": record.number("capacity"),
        "standard_fill": record.number("standard_fill"),
    }
    groups[selection] = _Group(record.line_no, selection, counters, record.text(3))
    return groups[selection]


def _add(record: Record, group: _Group, findings: Findings) -> None:
    kind = record.record_type
    if kind in group.seen:
        message = f"{kind} comes twice for selection {group.selection}; the first one counts."
        findings.add(Code.REPEATED_RECORD, message, line_no=record.line_no, record_type=kind)
        return
    group.seen.add(kind)
    if kind == "PA5":
        group.counters["sold_out_attempts"] = record.number("sold_out_attempts")
        group.last_sale_clock = clock_of(record)
    for at, ((attribute, is_money), amount) in enumerate(zip(_COUNTERS.get(kind, ()), record.typed, strict=False)):
        if is_money and isinstance(amount, int):
            amount = cents_of(amount, record, at, findings)
        group.counters[attribute] = amount


def clock_of(record: Record) -> datetime | None:
    """The date and time of a record as the machine's wall clock; a date without a time is no instant."""
    day, hour = record.value("date"), record.value("time")
    if not isinstance(day, date) or not isinstance(hour, time):
        return None
    seconds = record.number("seconds")
    return datetime.combine(day, hour if seconds is None or seconds > 59 else hour.replace(second=seconds))


def _attach(payments: list[tuple[Record, str]], groups: dict[str, _Group], findings: Findings) -> None:
    for record, selection in payments:
        if selection not in groups:
            message = f"PA7 speaks of selection '{selection[:20]}', which no PA1 has opened."
            findings.add(Code.UNKNOWN_SELECTION, message, line_no=record.line_no, field_no=1, record_type="PA7")
            continue
        device = (record.text(2) or "").strip()
        groups[selection].payments.append(
            Payment(
                line_no=record.line_no,
                device=device if device in _DEVICES else "other",
                price_list=record.text(3),
                price_cents=to_cents(record, "price", findings),
                units_init=record.number("units_init"),
                value_init_cents=to_cents(record, "value_init", findings),
                units_reset=record.number("units_reset"),
                value_reset_cents=to_cents(record, "value_reset", findings),
            )
        )
