"""From interval sales to the lines that are booked: which slot, which product, how it was paid."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from chalicelib.kit.values import value
from chalicelib.telemetry.intervals import Outcome, Sold, split_at
from chalicelib.telemetry.rules.walking import Step

PaymentKind = Literal["cash", "cashless", "other"]
VendKind = Literal["test_vend", "free_vend"]

_KINDS: Mapping[str, PaymentKind] = {"CA": "cash", "DA": "cashless", "DB": "cashless"}


@value(kw_only=True)
class Target:
    """The slot that a selection of a device stands for, and what lies in it now."""

    device_id: int
    selection: str
    slot_id: int
    product_id: int | None
    price_cents: int | None


@value(kw_only=True)
class ProductChange:
    """A slot got another product, or none; the prices are those that held before and after."""

    slot_id: int
    at: datetime
    old_product_id: int | None
    old_price_cents: int | None


@value(kw_only=True)
class Line:
    """A sale that should be on the books."""

    device_id: int
    read_id: int
    selection: str
    slot_id: int
    product_id: int
    payment_kind: PaymentKind | None
    units: int
    revenue_cents: int
    sold_at: datetime
    period_start: datetime | None

    @property
    def key(self) -> str:
        """What makes it this sale and no other, whatever its amounts."""
        return f"{self.read_id}:{self.payment_kind or '-'}:{self.product_id}:{self.selection}"


@value
class Vends:
    """Test or free vends that took units out of a slot without a sale."""

    read_id: int
    slot_id: int
    kind: VendKind


def lines(steps: Iterable[Step], targets: Iterable[Target], changes: Iterable[ProductChange]) -> list[Line]:
    """Every sale of these intervals whose selection has a slot with a product."""
    by_selection = {(target.device_id, target.selection): target for target in targets}
    history: dict[int, list[ProductChange]] = {}
    for change in sorted(changes, key=lambda change: change.at):
        history.setdefault(change.slot_id, []).append(change)
    found: list[Line] = []
    for step in steps:
        for sold in step.interval.sold:
            target = by_selection.get((step.device_id, sold.selection))
            if target is not None and sold.units > 0 and step.interval.outcome is not Outcome.DUPLICATE:
                found += _lines_of(step, sold, target, history.get(target.slot_id, []))
    return found


def vends(steps: Iterable[Step], targets: Iterable[Target], *, dropping: frozenset[int]) -> dict[Vends, int]:
    """Units that left slots without a sale; test vends only where they drop a product (`dropping` device ids)."""
    slots = {(target.device_id, target.selection): target.slot_id for target in targets if target.product_id}
    found: dict[Vends, int] = {}
    for step in steps:
        for sold in step.interval.sold:
            slot_id = slots.get((step.device_id, sold.selection))
            if slot_id is None or step.interval.outcome is Outcome.DUPLICATE:
                continue
            if sold.free_units:
                _add(found, Vends(step.read_id, slot_id, "free_vend"), sold.free_units)
            if sold.test_units and step.device_id in dropping:
                _add(found, Vends(step.read_id, slot_id, "test_vend"), sold.test_units)
    return found


def _add(found: dict[Vends, int], vend: Vends, units: int) -> None:
    found[vend] = found.get(vend, 0) + units


def _lines_of(step: Step, sold: Sold, target: Target, changes: Sequence[ProductChange]) -> Iterable[Line]:
    # A machine's clock may run ahead by a day and still be believed; a sale never lies after its read came in.
    sold_at = min(step.interval.ended_at, step.received_at)
    started = step.interval.started_at
    amounts: dict[tuple[PaymentKind | None, int], tuple[int, int]] = {}
    for kind, whole_units, whole_cents in by_payment(sold):
        for product_id, units, cents in _shared(whole_units, whole_cents, _spans(target, changes, started, sold_at)):
            if product_id is not None and units > 0:
                before = amounts.get((kind, product_id), (0, 0))
                amounts[kind, product_id] = before[0] + units, before[1] + cents
    for (kind, product_id), (units, cents) in amounts.items():
        yield Line(
            device_id=step.device_id,
            read_id=step.read_id,
            selection=sold.selection,
            slot_id=target.slot_id,
            product_id=product_id,
            payment_kind=kind,
            units=units,
            revenue_cents=cents,
            sold_at=sold_at,
            period_start=min(started, sold_at) if started else None,
        )


@value
class _Span:
    product_id: int | None
    price_cents: int | None
    seconds: float


def _spans(
    target: Target, changes: Sequence[ProductChange], started: datetime | None, ended: datetime
) -> Sequence[_Span]:
    """What lay in the slot during the interval, one after another."""
    start = started or ended
    later = [change for change in changes if change.at > start]
    bounds = [change.at for change in later if change.at <= ended]
    contents = [(change.old_product_id, change.old_price_cents) for change in later]
    contents.append((target.product_id, target.price_cents))
    edges = [start, *bounds, ended]
    return [
        _Span(product_id, price, (until - since).total_seconds())
        for (product_id, price), since, until in zip(contents, edges, edges[1:], strict=False)
    ]


def _shared(units: int, cents: int, spans: Sequence[_Span]) -> Iterable[tuple[int | None, int, int]]:
    """Units and cents dealt out to what lay in the slot; the parts add up to the whole (telemetry.md 6, step 7)."""
    first, *rest = spans
    if not rest:
        yield first.product_id, units, cents
        return
    whole = sum(span.seconds for span in spans)
    split = split_at(
        units,
        cents,
        price_before=first.price_cents if len(rest) == 1 else None,
        price_after=rest[0].price_cents if len(rest) == 1 else None,
        share_before=first.seconds / whole if whole else 0.0,
    )
    yield (first.product_id, *split.before)
    yield from _shared(*split.after, rest)


def by_payment(sold: Sold) -> list[tuple[PaymentKind | None, int, int]]:
    """Units and cents by how they were paid; mixed vends stay under the larger device (dex.md 9, step 6).

    Without a split, or with one that the totals contradict, everything is of no known kind. The parts always add up
    to what was sold.
    """
    cents = sold.value_cents or 0
    told = _told(sold)
    if not told:
        return [(None, sold.units, cents)]
    largest, *others = sorted(told, key=lambda kind: (*told[kind], kind), reverse=True)
    excess = max(0, sum(units for units, _ in told.values()) - sold.units)
    parts: list[tuple[PaymentKind | None, int, int]] = []
    for kind in reversed(others):
        units, value = told[kind]
        mixed = min(excess, units)
        excess -= mixed
        if units > mixed:
            parts.append((kind, units - mixed, value))
    left = sold.units - sum(units for _, units, _ in parts), cents - sum(value for _, _, value in parts)
    if left[0] <= 0 or left[1] < 0:
        return [(None, sold.units, cents)]
    return [(largest, *left), *reversed(parts)]


def _told(sold: Sold) -> dict[PaymentKind, tuple[int, int]]:
    told: dict[PaymentKind, tuple[int, int]] = {}
    for (device, _), count in sold.payments.items():
        if count.units is None or count.value_cents is None:
            return {}
        kind = _KINDS.get(device, "other")
        units, cents = told.get(kind, (0, 0))
        told[kind] = units + count.units, cents + count.value_cents
    return told
