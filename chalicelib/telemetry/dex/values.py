"""Turns one line into a record with typed values: DX-007, DX-015, DX-020, DX-022."""

import re
from typing import Final

from chalicelib.telemetry.dex.clocks import parse_date, parse_time
from chalicelib.telemetry.dex.dictionary import COUNTER_PAIRS, FIELDS, NUMERIC, Field
from chalicelib.telemetry.dex.escapes import unescape
from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.lines import Line
from chalicelib.telemetry.dex.models import Record, Scalar, Unit, Value

MAX_FIELDS: Final = 128
# The widest counter in the field is a 32-bit one, ten digits; the standard allows eight.
MAX_DIGITS: Final = 10

_RECORD_ID: Final = re.compile(r"[A-Z]{1,3}[0-9]{0,3}")
_NUMBER: Final = re.compile(rf"([+-]?)0*([0-9]{{1,{MAX_DIGITS}}})")
_MONEY: Final = frozenset({Unit.MONEY, Unit.SIGNED_MONEY})
_TEXT: Final = Unit.TEXT
_BILLS: Final = Unit.BILLS
_DATE: Final = Unit.DATE


def read_record(line: Line, decimal_places: int, findings: Findings) -> Record | None:
    """The record of a line; None, with DX-007 among the findings, when the line is no record at all."""
    record_type, star, rest = line.raw.partition("*")
    if not star or not _RECORD_ID.fullmatch(record_type):
        message = f"'{_shown(line.raw)}' is not a record: an id such as PA2 and at least one '*' are expected."
        findings.add(Code.BAD_RECORD, message, line_no=line.line_no)
        return None
    raw_fields = rest.split("*")
    if len(raw_fields) > MAX_FIELDS:
        message = f"The record has {len(raw_fields)} fields; {MAX_FIELDS} are allowed."
        findings.add(Code.BAD_RECORD, message, line_no=line.line_no, record_type=record_type)
        return None
    fields = tuple(map(unescape, raw_fields)) if "^" in rest else tuple(raw_fields)
    known = FIELDS.get(record_type)
    if known is None:
        message = f"{record_type} is not in the dictionary; it is kept as it stands."
        findings.add(Code.UNKNOWN_RECORD, message, line_no=line.line_no, record_type=record_type)
        return Record(line.line_no, record_type, line.raw, fields)
    values = _values(known, fields, decimal_places, line.line_no, record_type, findings)
    record = Record(line.line_no, record_type, line.raw, fields, values)
    _check_counter_order(record, findings)
    return record


def parse_number(text: str) -> int | None:
    """An optional sign and digits, leading zeros allowed (old devices pad to eight); None for anything else."""
    match = _NUMBER.fullmatch(text)
    return int(match[1] + match[2]) if match else None


def _values(
    known: tuple[Field, ...],
    fields: tuple[str, ...],
    decimal_places: int,
    line_no: int,
    record_type: str,
    findings: Findings,
) -> tuple[Value, ...]:
    values = []
    for (field_no, name, unit, is_numeric, is_money), text in zip(known, fields, strict=False):
        value: Scalar | None = text or None
        if text and unit is not _TEXT:
            value = _number(text, unit) if is_numeric else parse_date(text) if unit is _DATE else parse_time(text)
            if value is None and text.strip("0"):
                code = Code.BAD_NUMBER if is_numeric else Code.BAD_DATE
                message = f"{record_type} field {field_no} ({name}) holds '{_shown(text)}', which is no {_NOUN[unit]}."
                findings.add(code, message, line_no=line_no, field_no=field_no, record_type=record_type)
        exponent = decimal_places if is_money else 0 if unit is _BILLS else None
        values.append(Value(field_no, name, unit, value, exponent))
    return tuple(values)


_NOUN: Final = dict.fromkeys(NUMERIC, "number of zero or more") | {
    Unit.SIGNED_MONEY: "number",
    Unit.DATE: "date",
    Unit.TIME: "time",
}


def _number(text: str, unit: Unit) -> int | None:
    if len(text) <= MAX_DIGITS and text.isdigit() and text.isascii():
        return int(text)
    number = parse_number(text)
    # Only recycler and fill movements may run backwards; a negative count or price is damage.
    return None if number is not None and number < 0 and unit is not Unit.SIGNED_MONEY else number


def _check_counter_order(record: Record, findings: Findings) -> None:
    for reset, init in COUNTER_PAIRS[record.record_type]:
        if len(record.values) < max(reset.field_no, init.field_no):
            continue
        interval, total = record.values[reset.field_no - 1].value, record.values[init.field_no - 1].value
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
