"""The identities between the counters of one read (dex.md §7, telemetry.md §4). A failing one is a flag, no refusal.

All amounts are minor units of the read, as the records carry them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.models import CrossCheck, Record, Selection


class _Found(NamedTuple):
    check: CrossCheck
    code: Code
    line_no: int
    field_no: int
    record_type: str


class _Records:
    """The records of a read by type; `number` is None as soon as the machine did not say."""

    def __init__(self, records: tuple[Record, ...]) -> None:
        self.by_type: dict[str, list[Record]] = {}
        for record in records:
            self.by_type.setdefault(record.record_type, []).append(record)

    def first(self, record_type: str) -> Record | None:
        return next(iter(self.by_type.get(record_type, ())), None)

    def number(self, record_type: str, name: str) -> int | None:
        record = self.first(record_type)
        return record.number(name) if record else None

    def total(self, record_type: str, name: str) -> int | None:
        """The sum over all records of a type; None when not one of them says."""
        numbers = [n for record in self.by_type.get(record_type, ()) if (n := record.number(name)) is not None]
        return sum(numbers) if numbers else None


def cross_check(
    records: tuple[Record, ...], selections: tuple[Selection, ...], findings: Findings
) -> tuple[CrossCheck, ...]:
    """Every identity whose two sides are there, in a fixed order; the failing ones also among the findings."""
    known = _Records(records)
    checks = []
    for found in (
        *_product_totals(known),
        *_device_totals(known),
        *_payments(selections, known),
        *_cash(known),
        *_tubes(known),
    ):
        check, code, line_no, field_no, record_type = found
        checks.append(check)
        if not check.holds:
            message = f"{check.name}: {check.expected} expected, {check.actual} found, difference {check.difference}."
            findings.add(code, message, line_no=line_no, field_no=field_no, record_type=record_type)
    return tuple(checks)


def _product_totals(known: _Records) -> Iterator[_Found]:
    """DX-016 for paid vends; the same for test and free vends where the machine gives them by selection."""
    for product, total in (("PA2", "VA1"), ("PA3", "VA2"), ("PA4", "VA3")):
        record = known.first(total)
        for name, field_no in (("units_init", 2), ("value_init", 1)):
            expected, actual = known.number(total, name), known.total(product, name)
            if record and expected is not None and actual is not None:
                check = CrossCheck(f"sum of {product} {name} = {total}", expected, actual)
                yield _Found(check, Code.TOTAL_DIFF, record.line_no, field_no, record.record_type)


def _device_totals(known: _Records) -> Iterator[_Found]:
    """VA1 is what cash, cards and tokens took; PA7 by device is what each of them says."""
    vends = known.first("VA1")
    for name, field_no, tokens in (("value_init", 1, "value_tokens_init"), ("value_reset", 3, "value_tokens_reset")):
        expected, cash = known.number("VA1", name), known.number("CA2", name)
        if vends and expected is not None and cash is not None:
            others = sum(known.number(device, name) or 0 for device in ("DA2", "DB2", "TA2"))
            actual = cash + others + (known.number("TA2", tokens) or 0)
            check = CrossCheck(f"CA2 + DA2 + DB2 + TA2 {name} = VA1", expected, actual)
            yield _Found(check, Code.DEVICE_DIFF, vends.line_no, field_no, vends.record_type)
    for device in ("CA", "DA", "DB", "TA"):
        total = known.first(f"{device}2")
        rows = [row for row in known.by_type.get("PA7", ()) if row.text(2) == device]
        expected = known.number(f"{device}2", "value_init")
        if total and rows and expected is not None:
            actual = sum(row.number("value_init") or 0 for row in rows)
            check = CrossCheck(f"sum of PA7 {device} value_init = {device}2", expected, actual)
            yield _Found(check, Code.DEVICE_DIFF, total.line_no, 1, total.record_type)


def _payments(selections: tuple[Selection, ...], known: _Records) -> Iterator[_Found]:
    """DX-017: the payment split of each selection. Mixed vends (DA10) stand under two devices and excuse the excess."""
    split = [(selection, units) for selection in selections if (units := _paid_units(selection)) is not None]
    excess = [units - (selection.units_init or 0) for selection, units in split]
    is_mixed = sum(excess) == (known.number("DA10", "units_init") or 0) and all(more >= 0 for more in excess)
    for selection, units in split:
        expected = selection.units_init or 0
        check = CrossCheck(f"PA7 of {selection.selection} = PA2", expected, expected if is_mixed else units)
        yield _Found(check, Code.PAYMENT_DIFF, selection.line_no, 0, "PA1")


def _paid_units(selection: Selection) -> int | None:
    """The units that PA7 gives all devices together; None when there is nothing to compare with PA2."""
    units = [payment.units_init for payment in selection.payments if payment.units_init is not None]
    return sum(units) if units and selection.units_init is not None else None


def _cash(known: _Records) -> Iterator[_Found]:
    """DX-019: cash in = box + tubes + bills. CA309/CA310 are the bills in minor units.

    Where they are missing, CA304/CA308 count whole currency units (North America) or minor units (Europe); the
    identity holds when one of the two readings fits.
    """
    record = known.first("CA3")
    for kind, field_no in (("reset", 1), ("init", 5)):
        names = (f"in_{kind}", f"box_{kind}", f"tubes_{kind}")
        came, box, tubes = (known.number("CA3", name) for name in names)
        if record is None or came is None or box is None or tubes is None:
            continue
        readings = _bills(record, kind)
        if readings:
            actual = next((box + tubes + bills for bills in readings if box + tubes + bills == came), None)
            check = CrossCheck(
                f"CA3 box + tubes + bills = cash in ({kind})",
                came,
                box + tubes + readings[0] if actual is None else came,
            )
            yield _Found(check, Code.CASH_IDENTITY, record.line_no, field_no, record.record_type)


def _bills(record: Record, kind: str) -> tuple[int, ...]:
    exact = record.number(f"bills_value_{kind}")
    if exact is not None:
        return (exact,)
    bills = record.number(f"bills_{kind}")
    if bills is None:
        return ()
    return (bills * int(10 ** (record.exponent("in_reset") or 0)), bills)


def _tubes(known: _Records) -> Iterator[_Found]:
    """CA15 is the worth of the coins that CA17 counts in the tubes."""
    record, expected = known.first("CA15"), known.number("CA15", "tubes")
    coins = known.by_type.get("CA17", ())
    worth = [(coin.number("coin_value"), coin.number("coins_in_tube")) for coin in coins]
    if record and expected is not None and worth and all(a is not None and b is not None for a, b in worth):
        actual = sum((value or 0) * (count or 0) for value, count in worth)
        yield _Found(
            CrossCheck("CA17 coins = CA15", expected, actual), Code.TUBE_IDENTITY, record.line_no, 1, record.record_type
        )
