"""From reads to the books: what each machine sold is derived from its reads and compared with what is booked.

What agrees is left alone. What does not is reversed and stated anew, so that the books are the same whatever the order
in which the reads came, and however often. One machine is booked by one transaction at a time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from chalicelib.kit.call import Call
from chalicelib.planning.service import recalculation
from chalicelib.sales import service as sales
from chalicelib.sales.events import SaleCorrected
from chalicelib.sales.models.facts import NewSale
from chalicelib.telemetry.intervals import Outcome
from chalicelib.telemetry.queries import booking, links
from chalicelib.telemetry.queries.booking import BookedSale
from chalicelib.telemetry.queries.vends import StoredVend
from chalicelib.telemetry.rules.closed import ClosedBooks, closed_books
from chalicelib.telemetry.rules.lines import Line, Target, lines, vends
from chalicelib.telemetry.rules.merging import Settled, settle
from chalicelib.telemetry.rules.walking import Step, StoredReading, is_enough, is_whole, walk
from chalicelib.telemetry.service import outcomes, shelves, vending
from chalicelib.telemetry.service.outcomes import Booked

LIVES_APART = frozenset({Outcome.SWAP_BASELINE, Outcome.RESET_BASELINE})
"""Where a board gave way to another, which reads belong together is judged by the machine's whole story."""


def book_reads(call: Call, device_ids: Collection[int], read_ids: Sequence[int]) -> list[Booked]:
    """Book new reads of machines, and put right what they change of their neighbours (BR-144, BR-145)."""
    if not device_ids:
        return []
    booking.hold_machines(call.db, sorted(device_ids))
    around = booking.readings_around(call.db, read_ids, {})
    return _book(call, sorted(device_ids), _steps(call, around), read_ids)


def book_vends(call: Call, since: Mapping[int, datetime]) -> list[Booked]:
    """Book vends that feeds have told of devices, from these moments on, beside what their reads say."""
    booking.hold_machines(call.db, sorted(since))
    around = booking.readings_around(call.db, [], since)
    return _book(call, sorted(since), _steps(call, around), [])


def book_machines(call: Call, device_ids: Collection[int], moved_read_ids: Sequence[int] = ()) -> list[Booked]:
    """Book the whole story of machines, as after their links or mappings have changed.

    `moved_read_ids` are reads that were of another device before.
    """
    booking.hold_machines(call.db, sorted(device_ids))
    every = booking.readings(call.db, sorted(device_ids))
    steps = [step for stored in _by_device(every).values() for step in walk(stored, has_anchor=False)]
    return _book(call, sorted(device_ids), steps, moved_read_ids)


def _steps(call: Call, around: Sequence[StoredReading]) -> list[Step]:
    """Walk each machine from its anchor on where that is enough, and from its first read where it is not."""
    steps: list[Step] = []
    whole: list[int] = []
    for device_id, stored in _by_device(around).items():
        if is_whole(stored):
            steps += walk(stored, has_anchor=False)
            continue
        later = walk(stored, has_anchor=True) if is_enough(stored) else []
        if later and not any(step.interval.outcome in LIVES_APART for step in later):
            steps += later
        else:
            whole.append(device_id)
    if whole:
        for stored in _by_device(booking.readings(call.db, whole)).values():
            steps += walk(stored, has_anchor=False)
    return steps


def _by_device(readings: Iterable[StoredReading]) -> dict[int, list[StoredReading]]:
    found: defaultdict[int, list[StoredReading]] = defaultdict(list)
    for reading in readings:
        found[reading.device_id].append(reading)
    return dict(found)


def _book(call: Call, device_ids: Sequence[int], steps: Sequence[Step], also: Sequence[int]) -> list[Booked]:
    read_ids = sorted({step.read_id for step in steps} | set(also))
    closed = _closed(call, steps)
    live = [
        one
        for one in vending.stored(call, device_ids, steps)
        if closed.takes_vend(one.device_id, one.sale_sold_at or one.at, one.sale_id)
    ]
    if not read_ids and not live:
        return []
    targets = links.targets(call.db, device_ids)
    wanted, settled = _wanted(call, steps, targets, live)
    booked = booking.booked_sales(call.db, read_ids)
    wrong, missing = _compare(
        [line for line in wanted if closed.takes(line.sold_at, line.read_id)],
        [sale for sale in booked if closed.takes(sale.sold_at, None)],
    )
    vends_compared = vending.compare(settled, live)
    wrong, lines_missing = [*wrong, *vends_compared.wrong], len(missing)
    missing = [*missing, *vends_compared.missing]
    vended = vends(steps, targets, dropping=booking.dropping(call.db, device_ids))
    correction = shelves.Correction(vended, booking.booked_vends(call.db, read_ids))
    if wrong or correction.is_needed:
        booking.hold_slots(call.db, device_ids)
    reversed_sales = _reverse(call, wrong)
    recorded = sales.record(call, missing)
    recalculation.recalculate(call, {sale.device_id for sale in wrong} - {sale.device_id for sale in missing})
    held = {target.slot_id: target.product_id for target in targets}
    shelves.put_right(
        call,
        correction,
        reversed_sales=[sale.sale_id for sale in wrong],
        new_sales=[one.sale_id for one in recorded],
        past_sales=[
            one.sale_id
            for one, sale in zip(recorded, missing, strict=True)
            if sale.slot_id is not None and held.get(sale.slot_id) != sale.product_id
        ],
    )
    vending.note(call, vends_compared, recorded[lines_missing:])
    outcomes.store(call, steps)
    links.note_slots(call.db, read_ids, targets)
    return outcomes.tell(call, device_ids, steps, missing, reversed_sales)


def _closed(call: Call, steps: Sequence[Step]) -> ClosedBooks:
    """The books as far as they are closed; reads are told apart only where there are months in the archive."""
    archived = sales.archived(call.db)
    looked_at = booking.looked_at(call.db, [step.read_id for step in steps]) if archived.months else []
    return closed_books(steps, looked_at, archived.holds)


def _wanted(
    call: Call, steps: Sequence[Step], targets: Sequence[Target], live: Sequence[StoredVend]
) -> tuple[list[Line], list[Settled]]:
    """Every sale that these intervals say there was, and what becomes of the vends that feeds told."""
    told = vending.told(live)
    began = [*(step.interval.started_at for step in steps if step.interval.started_at), *(vend.at for vend in told)]
    changes = links.product_changes(call.db, [target.slot_id for target in targets], min(began)) if began else []
    return settle(steps, lines(steps, targets, changes), told, targets, changes)


def _compare(wanted: Sequence[Line], stated: Sequence[BookedSale]) -> tuple[list[BookedSale], list[NewSale]]:
    """What is on the books and should not be, and what should be and is not."""
    current = {_key(sale): sale for sale in stated if not sale.is_reversed}
    times: defaultdict[str, int] = defaultdict(int)
    for sale in stated:
        times[_key(sale)] += 1
    agreed = {line.key for line in wanted if line.key in current and _agree(line, current[line.key])}
    wrong = [sale for key, sale in current.items() if key not in agreed]
    return wrong, [_sale(line, times[line.key]) for line in wanted if line.key not in agreed]


def _key(sale: BookedSale) -> str:
    """The line's key out of `dex:<times stated before>:<key>`."""
    return sale.import_key.split(":", 2)[2]


def _agree(line: Line, sale: BookedSale) -> bool:
    return (line.device_id, line.slot_id, line.units, line.revenue_cents, line.sold_at, line.period_start) == (
        sale.device_id,
        sale.slot_id,
        sale.units,
        sale.revenue_cents,
        sale.sold_at,
        sale.period_start,
    )


def _sale(line: Line, times: int) -> NewSale:
    return NewSale(
        device_id=line.device_id,
        product_id=line.product_id,
        slot_id=line.slot_id,
        units=line.units,
        revenue_cents=line.revenue_cents,
        sold_at=line.sold_at,
        period_start=line.period_start,
        source="dex",
        dex_read_id=line.read_id,
        payment_kind=line.payment_kind,
        import_key=f"dex:{times}:{line.key}",
    )


def _reverse(call: Call, wrong: Sequence[BookedSale]) -> list[booking.Reversed]:
    if not wrong:
        return []
    taken_back = booking.reverse(call.db, wrong, call.now)
    for one in taken_back:
        call.record(
            SaleCorrected(
                resource_id=one.sale_id,
                device_id=one.device_id,
                correction_id=one.correction_id,
                units=-one.units,
                revenue_cents=-one.revenue_cents,
                reason=booking.RESTATED,
            )
        )
    return taken_back
