"""Money of a read in cents, the hundredths of a currency unit that the rest of the system counts."""

from typing import Final

from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.models import Record

# Cents in a minor unit for 0, 1 and 2 decimals, and minor units in a cent for 3: other exponents are never accepted.
_CENTS: Final = (100, 10, 1)
_MINORS: Final = {3: 10}


def to_cents(record: Record, name: str, findings: Findings) -> int | None:
    """A money field in cents. Exact for 0, 1 and 2 decimals; with 3 a remainder rounds half to even, with a note."""
    amount = record.number(name)
    return None if amount is None else cents_of(amount, record, record.layout.positions[name], findings)


def cents_of(amount: int, record: Record, position: int, findings: Findings) -> int:
    """The same for an amount that has been taken from its record already."""
    slot = record.layout.slots[position]
    exponent = slot.exponent or 0
    return amount * _CENTS[exponent] if exponent <= 2 else _rounded(amount, exponent, record, slot.field_no, findings)


def _rounded(amount: int, exponent: int, record: Record, field_no: int, findings: Findings) -> int:
    scale = _MINORS[exponent]
    cents, remainder = divmod(amount, scale)
    if not remainder:
        return cents
    message = f"{amount} with {exponent} decimals is no whole number of cents; it was rounded."
    findings.add(Code.ROUNDED_MONEY, message, line_no=record.line_no, field_no=field_no, record_type=record.record_type)
    return cents + (remainder * 2 > scale or (remainder * 2 == scale and cents % 2 == 1))
