"""Live vends on the books: settled beside the reads, sales of their own, taken back where a read says so."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.sales.models.facts import NewSale, Recorded
from chalicelib.telemetry.queries import vends
from chalicelib.telemetry.queries.booking import BookedSale
from chalicelib.telemetry.queries.vends import Change, StoredVend
from chalicelib.telemetry.rules.merging import Settled, Vend
from chalicelib.telemetry.rules.walking import Step

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)


def stored(call: Call, device_ids: Sequence[int], steps: Collection[Step]) -> list[StoredVend]:
    """The vends that these steps may settle, or have settled."""
    since = dict.fromkeys(device_ids, END)
    for step in steps:
        since[step.device_id] = min(since[step.device_id], step.interval.started_at or BEGINNING)
    return vends.around(call.db, list(device_ids), [since[one] for one in device_ids], [step.read_id for step in steps])


def told(found: Sequence[StoredVend]) -> list[Vend]:
    """The vends as the rules see them. A feed's clock may run ahead: none was sold after it was told."""
    return [
        Vend(
            vend_id=one.vend_id,
            device_id=one.device_id,
            selection=one.selection,
            payment_kind=one.payment_kind,
            cents=one.cents,
            at=min(one.at, one.received_at),
        )
        for one in found
    ]


@value
class Comparison:
    """Vends beside their sales: which sales are wrong, which are missing, and whose they are, in the same order."""

    settled: Sequence[tuple[Settled, StoredVend]]
    wrong: Sequence[BookedSale]
    missing: Sequence[NewSale]
    missing_of: Sequence[int]


def compare(settled: Sequence[Settled], found: Sequence[StoredVend]) -> Comparison:
    """What is on the books of these vends and should not be, and what should be and is not."""
    by_id = {one.vend_id: one for one in found}
    pairs = [(one, by_id[one.vend.vend_id]) for one in settled]
    lacking = [(one, before) for one, before in pairs if one.is_booked and not _agrees(one, before)]
    return Comparison(
        settled=pairs,
        wrong=[_sale_of(before) for one, before in pairs if before.sale_id is not None and not _agrees(one, before)],
        missing=[_new_sale(one, before) for one, before in lacking],
        missing_of=[before.vend_id for _, before in lacking],
    )


def _agrees(one: Settled, before: StoredVend) -> bool:
    return (
        one.is_booked
        and before.sale_id is not None
        and (before.sale_device_id, before.sale_product_id) == (one.vend.device_id, one.product_id)
    )


def _sale_of(before: StoredVend) -> BookedSale:
    return BookedSale(
        sale_id=before.sale_id or 0,
        sold_at=before.sale_sold_at or before.at,
        device_id=before.sale_device_id or before.device_id,
        product_id=before.sale_product_id or 0,
        slot_id=before.sale_slot_id,
        units=1,
        revenue_cents=before.cents,
        period_start=None,
        import_key=before.sale_import_key or "",
        is_reversed=False,
    )


def _new_sale(one: Settled, before: StoredVend) -> NewSale:
    return NewSale(
        device_id=one.vend.device_id,
        product_id=one.product_id or 0,
        slot_id=one.slot_id,
        units=1,
        revenue_cents=one.vend.cents,
        sold_at=one.vend.at,
        source="live",
        payment_kind=one.vend.payment_kind,
        import_key=f"vend:{before.times_stated}:{before.vend_id}",
    )


def note(call: Call, comparison: Comparison, recorded: Sequence[Recorded]) -> None:
    """Write what became of the vends, and which sales they are now."""
    made = dict(zip(comparison.missing_of, recorded, strict=True))
    changes = [_change(one, before, made.get(before.vend_id)) for one, before in comparison.settled]
    olds = {before.vend_id: _as_stored(before) for _, before in comparison.settled}
    if changed := [change for change in changes if change != olds[change.vend_id]]:
        vends.store(call.db, changed)


def _change(one: Settled, before: StoredVend, made: Recorded | None) -> Change:
    keeps = _agrees(one, before)
    return Change(
        vend_id=before.vend_id,
        status=one.status,
        read_id=one.read_id,
        sale_id=made.sale_id if made else before.sale_id if keeps else None,
        sale_sold_at=made.sold_at if made else before.sale_sold_at if keeps else None,
        times_stated=before.times_stated + (made is not None),
    )


def _as_stored(before: StoredVend) -> Change:
    return Change(
        vend_id=before.vend_id,
        status=before.status,
        read_id=before.read_id,
        sale_id=before.sale_id,
        sale_sold_at=before.sale_sold_at,
        times_stated=before.times_stated,
    )
