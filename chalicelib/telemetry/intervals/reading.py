"""From a parsed DEX read to what the interval engine compares."""

from datetime import datetime
from typing import Final

from chalicelib.telemetry.dex import Read, Record, Selection, Verdict, clock_of
from chalicelib.telemetry.intervals.models import Cash, Count, Counters, Reading

_TOTALS: Final = ("VA1", "CA2", "DA2", "DB2", "TA2")


def reading_of(read: Read, *, content_hash: bytes, received_at: datetime) -> Reading:
    """The counters of a read in cents, whatever its decimals are, so that two reads can be compared."""
    changer, initialised = read.first("CA1"), read.first("EA4")
    return Reading(
        content_hash=content_hash,
        received_at=received_at,
        read_at=read.read_at,
        is_accepted=read.verdict is Verdict.ACCEPTED,
        is_proven=read.crc_ok is True,
        serials=(read.machine_serial, read.board_serial, changer.text(1) if changer else None),
        decimal_places=read.decimal_places,
        read_count=read.read_count,
        reset_count=read.reset_count,
        initialised_at=clock_of(initialised) if initialised else None,
        selections={selection.selection: _counters(selection) for selection in read.selections},
        totals={kind: _total(record) for kind in _TOTALS if (record := read.first(kind)) is not None},
        cash=_cash(read),
    )


def _counters(selection: Selection) -> Counters:
    payments = {
        (payment.device, payment.price_list or ""): Count(
            payment.units_init, payment.value_init_cents, payment.units_reset, payment.value_reset_cents
        )
        for payment in selection.payments
    }
    prices = {selection.price_cents, *(payment.price_cents for payment in selection.payments)}
    return Counters(
        paid=Count(
            selection.units_init,
            selection.value_init_cents,
            selection.units_reset,
            selection.value_reset_cents,
        ),
        payments=payments,
        prices=frozenset(price for price in prices if price),
        test_units=selection.test_units_init,
        free_units=selection.free_units_init,
    )


def _total(record: Record) -> Count:
    return Count(
        record.number("units_init"),
        _cents(record, "value_init"),
        record.number("units_reset"),
        _cents(record, "value_reset"),
    )


def _cash(read: Read) -> Cash:
    """The totals of CA3; with four elements it has none. CA308 counts bills, CA310 says what they are worth."""
    cash, paid_out = read.first("CA3"), read.first("CA4")
    if cash is None:
        return Cash()
    bills, exact = cash.number("bills_init"), _cents(cash, "bills_value_init")
    return Cash(
        box=_cents(cash, "box_init"),
        tubes=_cents(cash, "tubes_init"),
        bills=exact if exact is not None else _bills_cents(cash, bills),
        bills_paid_out=_cents(paid_out, "bills_dispensed_init") if paid_out else None,
    )


def _bills_cents(cash: Record, bills: int | None) -> int | None:
    """CA308 in whole units (North America) or minor units (Europe): whichever makes the cash identity hold."""
    came, box, tubes = (_cents(cash, name) for name in ("in_init", "box_init", "tubes_init"))
    if bills is None or came is None or box is None or tubes is None:
        return None
    minor = _scaled(bills, cash.exponent("in_init") or 0)
    return minor if box + tubes + minor == came else bills * 100


def _cents(record: Record, name: str) -> int | None:
    amount = record.number(name)
    return None if amount is None else _scaled(amount, record.exponent(name) or 0)


def _scaled(amount: int, exponent: int) -> int:
    """Three decimals lose at most a cent of a cumulative counter, never more however many intervals there are."""
    return amount * (100, 10, 1)[exponent] if exponent <= 2 else round(amount / 10)
