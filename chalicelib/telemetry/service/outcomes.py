"""What a look at the reads has found: stored beside the reads, and told to the audit trail and the outbox."""

from collections.abc import Sequence

from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.sales.models.facts import NewSale
from chalicelib.telemetry.events import DexBooked, DexHeld
from chalicelib.telemetry.intervals import Outcome, Sold
from chalicelib.telemetry.queries import booking
from chalicelib.telemetry.queries.booking import Reversed
from chalicelib.telemetry.rules.walking import Step


@value
class Booked:
    """What a look at the reads has changed on the books of one device."""

    device_id: int
    read_ids: frozenset[int]
    sales: int
    reversed_sales: int
    units: int
    revenue_cents: int


def store(call: Call, steps: Sequence[Step]) -> None:
    booking.store_intervals(
        call.db,
        [
            {
                "read_id": step.read_id,
                "device_id": step.device_id,
                "position": step.position,
                "previous_read_id": step.previous_read_id,
                "outcome": step.interval.outcome.value,
                "started_at": step.interval.started_at,
                "ended_at": step.interval.ended_at,
                "units": step.interval.units,
                "value_cents": step.interval.value_cents,
                "held": len(_held(step)),
                "missing_reads": step.interval.missing_reads,
                "cash_to_box_cents": step.interval.cash_to_box_cents,
                "tubes_cents": step.interval.tubes_cents,
                "flags": sorted(flag.value for flag in step.interval.flags),
                "checks": [
                    {"name": check.name, "expected": check.expected, "actual": check.actual}
                    for check in step.interval.sum_checks
                ],
                "sold": [_sold_row(sold) for sold in step.interval.sold if _tells_something(sold)],
                "carried": step.carried,
            }
            for step in steps
        ],
    )
    booking.heard_of(
        call.db, [step.device_id for step in steps], [min(step.interval.ended_at, step.received_at) for step in steps]
    )


def _tells_something(sold: Sold) -> bool:
    return bool(
        sold.units or sold.value_cents or sold.test_units or sold.free_units or sold.flags
    ) or sold.outcome not in (Outcome.NORMAL, Outcome.BASELINE)


def _sold_row(sold: Sold) -> dict[str, object]:
    row: dict[str, object] = {
        "selection": sold.selection,
        "outcome": sold.outcome.value,
        "units": sold.units,
        "valueCents": sold.value_cents,
        "proposedUnits": sold.proposed_units,
        "proposedValueCents": sold.proposed_value_cents,
        "testUnits": sold.test_units or None,
        "freeUnits": sold.free_units or None,
        "modulus": sold.modulus,
        "flags": sorted(flag.value for flag in sold.flags) or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def _held(step: Step) -> list[str]:
    return [sold.selection for sold in step.interval.sold if sold.outcome is Outcome.SUSPECT]


def tell(
    call: Call, device_ids: Sequence[int], steps: Sequence[Step], made: Sequence[NewSale], back: Sequence[Reversed]
) -> list[Booked]:
    """Tell the audit trail and the outbox, and whoever asked, what has changed."""
    booked = [_changed(device_id, made, back) for device_id in device_ids]
    for one in booked:
        if one.read_ids or one.reversed_sales:
            call.record(
                DexBooked(
                    resource_id=one.device_id,
                    read_ids=sorted(one.read_ids),
                    sales=one.sales,
                    units=one.units,
                    revenue_cents=one.revenue_cents,
                    reversed_sales=one.reversed_sales,
                )
            )
    for step in steps:
        if held := _held(step):
            call.record(DexHeld(resource_id=step.device_id, read_id=step.read_id, selections=held))
    return booked


def _changed(device_id: int, made: Sequence[NewSale], back: Sequence[Reversed]) -> Booked:
    new = [sale for sale in made if sale.device_id == device_id]
    old = [sale for sale in back if sale.device_id == device_id]
    return Booked(
        device_id=device_id,
        read_ids=frozenset(sale.dex_read_id for sale in new if sale.dex_read_id is not None),
        sales=len(new),
        reversed_sales=len(old),
        units=sum(sale.units for sale in new) - sum(sale.units for sale in old),
        revenue_cents=sum(sale.revenue_cents for sale in new) - sum(sale.revenue_cents for sale in old),
    )
