"""Entering, listing and correcting sales."""

from datetime import timedelta

from chalicelib.catalog.errors import ProductNotFound
from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.planning.service import recalculation
from chalicelib.sales import rules
from chalicelib.sales.errors import (
    ImportKeyTaken,
    MoreThanSold,
    SaleArchived,
    SaleNotFound,
    SlotHoldsSomethingElse,
    SoldInTheFuture,
)
from chalicelib.sales.events import SaleCorrected
from chalicelib.sales.models.facts import CorrectionBody, NewSale, Sale, SaleBody, SaleRecorded, SalesAsked
from chalicelib.sales.queries import archives, corrections, facts, reports
from chalicelib.sales.service.periods import MOST_DAYS, checked
from chalicelib.sales.service.recording import record

CLOCKS_DIFFER_BY = timedelta(minutes=5)
LISTED_SINCE = "X-Listed-Since"


def enter(call: Call, body: SaleBody) -> Answer[SaleRecorded]:
    """Enter one sale by hand; one that was entered before, by its import key, is answered with 200."""
    sold_at = body.sold_at or call.now
    if sold_at > call.now + CLOCKS_DIFFER_BY:
        raise SoldInTheFuture(field="soldAt")
    if not facts.hold_device(call.db, body.device_id, seen_by=call.principal):
        raise DeviceNotFound
    if not facts.hold_product(call.db, body.product_id):
        raise ProductNotFound
    _check_slot(call, body)
    (recorded,) = record(
        call,
        [
            NewSale(
                device_id=body.device_id,
                product_id=body.product_id,
                slot_id=body.slot_id,
                units=body.sale_units,
                revenue_cents=body.sale_cash,
                sold_at=sold_at,
                source="manual",
                payment_kind=body.payment_kind,
                import_key=body.import_key,
            )
        ],
    )
    sale = facts.one(call.db, recorded.sale_id, recorded.sold_at, seen_by=call.principal)
    if sale is None:  # The import key belongs to a sale that is archived, or of a device that the caller may not reach.
        raise ImportKeyTaken
    told = SaleRecorded(**dict(sale), duplicate=recorded.is_duplicate, warnings=recorded.warnings)
    return Answer(told, status=200 if recorded.is_duplicate else None)


def _check_slot(call: Call, body: SaleBody) -> None:
    # The slot is only looked at here: recording locks it after the rollup, and all sales have to lock in one order.
    if body.slot_id is not None and not facts.holds(call.db, body.slot_id, body.device_id, body.product_id):
        raise SlotHoldsSomethingElse(field="slotId")


def listed(call: Call, asked: SalesAsked) -> Answer[list[Sale]]:
    """Sales of live devices, newest first; without a first day, those of the 400 days up to the last.

    Once sales have been archived, a header tells the day from which on all are listed.
    """
    zone = reports.company(call.db).time_zone
    checked(asked.start_date, asked.end_date)
    last = asked.end_date or max(rules.day_of(call.now + CLOCKS_DIFFER_BY, zone), asked.start_date or call.now.date())
    first = asked.start_date or last - timedelta(days=MOST_DAYS - 1)
    found = facts.listed(
        call.db,
        since=rules.start_of(first, zone),
        until=rules.start_of(last + timedelta(days=1), zone),
        device_id=asked.device_id,
        product_id=asked.product_id,
        limit=asked.per_page,
        offset=asked.offset,
        seen_by=call.principal,
    )
    all_since = archives.first_day(call.db)
    return Answer(found, headers={LISTED_SINCE: all_since.isoformat()} if all_since else {})


def correct(call: Call, sale_id: int, body: CorrectionBody) -> Sale:
    """Take units or cash off a sale; the sale itself stays as it was written (BR-104)."""
    left = corrections.lock_remainder(call.db, sale_id, seen_by=call.principal)
    if left is None:
        raise SaleArchived if archives.is_away(call.db, sale_id) else SaleNotFound
    if body.units > left.units or body.cash > left.revenue_cents:
        raise MoreThanSold(units_left=left.units, cents_left=left.revenue_cents)
    correction = corrections.correct(
        call.db,
        left,
        units=body.units,
        revenue_cents=body.cash,
        reason=body.reason,
        by=call.principal.user_id,
        at=call.now,
    )
    call.record(
        SaleCorrected(
            resource_id=sale_id,
            device_id=left.device_id,
            correction_id=correction,
            units=-body.units,
            revenue_cents=-body.cash,
            reason=body.reason,
        )
    )
    recalculation.recalculate(call, [left.device_id])
    sale = facts.one(call.db, left.sale_id, left.sold_at, seen_by=call.principal)
    if sale is None:
        raise SaleNotFound
    return sale
