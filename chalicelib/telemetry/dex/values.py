"""Turns one line into a record with typed values: DX-007, DX-015, DX-020, DX-022."""

import re
from typing import Final

from chalicelib.telemetry.dex.clocks import parse_date, parse_time
from chalicelib.telemetry.dex.dictionary import COUNTER_PAIRS, NUMERIC, CounterPair, layouts
from chalicelib.telemetry.dex.escapes import unescape
from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.lines import Line
from chalicelib.telemetry.dex.models import Kind, Layout, Record, Scalar, Slot, Unit

MAX_FIELDS: Final = 128
# The widest counter in the field is a 32-bit one, ten digits; the standard allows eight.
MAX_DIGITS: Final = 10

_RECORD_ID: Final = re.compile(r"[A-Z]{1,3}[0-9]{0,3}")
_NUMBER: Final = re.compile(rf"([+-]?)0*([0-9]{{1,{MAX_DIGITS}}})")
_TEXT: Final = Kind.TEXT
_IS_NUMBER: Final = Kind.NUMBER


def read_record(line: Line, decimal_places: int, findings: Findings) -> Record | None:
    """The record of a line; None, with DX-007 among the findings, when the line is no record at all."""
    record_type, *fields = line.raw.split("*")
    layout = layouts(decimal_places).get(record_type)
    if not fields or (layout is None and not _RECORD_ID.fullmatch(record_type)):
        message = f"'{_shown(line.raw)}' is not a record: an id such as PA2 and at least one '*' are expected."
        findings.add(Code.BAD_RECORD, message, line_no=line.line_no)
        return None
    if len(fields) > MAX_FIELDS:
        message = f"The record has {len(fields)} fields; {MAX_FIELDS} are allowed."
        findings.add(Code.BAD_RECORD, message, line_no=line.line_no, record_type=record_type)
        return None
    if "^" in line.raw:
        fields = [unescape(field) for field in fields]
    if layout is None:
        message = f"{record_type} is not in the dictionary; it is kept as it stands."
        findings.add(Code.UNKNOWN_RECORD, message, line_no=line.line_no, record_type=record_type)
        return Record(line.line_no, record_type, line.raw, tuple(fields))
    typed = _typed(layout, fields, line.line_no, record_type, findings)
    record = Record(line.line_no, record_type, line.raw, tuple(fields), layout, typed)
    if pairs := COUNTER_PAIRS[record_type]:
        _check_counter_order(record, pairs, findings)
    return record


def parse_number(text: str) -> int | None:
    """An optional sign and digits, leading zeros allowed (old devices pad to eight); None for anything else."""
    match = _NUMBER.fullmatch(text)
    return int(match[1] + match[2]) if match else None


def _typed(
    layout: Layout, fields: list[str], line_no: int, record_type: str, findings: Findings
) -> tuple[Scalar | None, ...]:
    typed: list[Scalar | None] = []
    for kind, text in zip(layout.kinds, fields, strict=False):
        if kind is _TEXT or not text:
            typed.append(text or None)
        elif kind is _IS_NUMBER and len(text) <= MAX_DIGITS and text.isdigit() and text.isascii():
            typed.append(int(text))
        else:
            typed.append(_unusual(layout.slots[len(typed)], text, line_no, record_type, findings))
    return tuple(typed)


def _unusual(slot: Slot, text: str, line_no: int, record_type: str, findings: Findings) -> Scalar | None:
    """A date, a time, or a number that is not digits alone; None, with DX-015 among the findings, when it is none."""
    is_numeric = slot.unit in NUMERIC
    if is_numeric:
        value: Scalar | None = _number(text, slot.unit)
    else:
        value = parse_date(text) if slot.unit is Unit.DATE else parse_time(text)
    if value is None and text.strip("0"):
        code = Code.BAD_NUMBER if is_numeric else Code.BAD_DATE
        noun = _NOUN[slot.unit]
        message = f"{record_type} field {slot.field_no} ({slot.name}) holds '{_shown(text)}', which is no {noun}."
        findings.add(code, message, line_no=line_no, field_no=slot.field_no, record_type=record_type)
    return value


_NOUN: Final = dict.fromkeys(NUMERIC, "number of zero or more") | {
    Unit.SIGNED_MONEY: "number",
    Unit.DATE: "date",
    Unit.TIME: "time",
}


def _number(text: str, unit: Unit) -> int | None:
    number = parse_number(text)
    # Only recycler and fill movements may run backwards; a negative count or price is damage.
    return None if number is not None and number < 0 and unit is not Unit.SIGNED_MONEY else number


def _check_counter_order(record: Record, pairs: tuple[CounterPair, ...], findings: Findings) -> None:
    typed = record.typed
    for reset, init, needed in pairs:
        if len(typed) < needed:
            continue
        interval, total = typed[reset.field_no - 1], typed[init.field_no - 1]
        if isinstance(interval, int) and isinstance(total, int) and interval > total:
            message = f"{record.record_type} {reset.name} {interval} is larger than {init.name} {total}."
            findings.add(
                Code.COUNTER_ORDER,
                message,
                line_no=record.line_no,
                field_no=reset.field_no,
                record_type=record.record_type,
            )


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
