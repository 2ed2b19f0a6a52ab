"""Reading metrics: stored ones while they are fresh, else computed on the spot; reading never writes (BR-152)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.planning import rules
from chalicelib.planning.models import (
    DeviceMetrics,
    DeviceOutlook,
    DeviceState,
    PlannedSlot,
    ProductOutlook,
    RoutePlanning,
    SlotMetrics,
)
from chalicelib.planning.queries import settings, slots
from chalicelib.planning.service import figures


def of_device(call: Call, device_id: int) -> DeviceMetrics:
    """The metrics of a live device."""
    found = of_devices(call, [device_id])
    if device_id not in found:
        raise DeviceNotFound
    return found[device_id]


def of_devices(call: Call, device_ids: Collection[int]) -> dict[int, DeviceMetrics]:
    """The metrics of the live ones among the devices; four statements at most."""
    config = settings.read(call.db)
    states = slots.devices(call.db, sorted(set(device_ids)), call.now)
    oldest = call.now - timedelta(minutes=config.metrics_ttl_minutes)
    stale = [s.device_id for s in states if s.calculated_at is None or not oldest <= s.calculated_at <= call.now]
    fresh = figures.of_devices(call.db, stale, call.now)
    computed = {device_id: figures.totals(fresh.get(device_id, [])) for device_id in stale}
    return {state.device_id: metrics_of(call, config, state, computed.get(state.device_id)) for state in states}


def metrics_of(call: Call, config: RoutePlanning, state: DeviceState, totals: rules.Totals | None) -> DeviceMetrics:
    """The metrics of a device from figures computed now, or, without them, from the stored ones."""
    dri_days = totals.dri_days if totals else state.dri_days or 0
    consumption = totals.per_day if totals else Fraction(state.daily_velocity or 0)
    return DeviceMetrics(
        device_id=state.device_id,
        sold_out_count=totals.sold_out_count if totals else state.sold_out_count or 0,
        days_remaining_inventory=dri_days,
        data_collection_rate=_collection_rate(state),
        product_level_percent=totals.product_level_percent if totals else state.product_level_pct,
        units_to_par=totals.units_to_par if totals else state.units_to_par or 0,
        daily_consumption_rate=rules.half_up(consumption, 2),
        days_since_service=rules.days_since(state.last_visit_at, call.now),
        health_class=rules.health(dri_days, config.thresholds),
        last_calculated=call.now if totals or state.calculated_at is None else state.calculated_at,
        cached=totals is None,
    )


def _collection_rate(state: DeviceState) -> Decimal:
    return rules.half_up(Fraction(100 * state.days_collected, rules.WINDOW_DAYS), 1)


def outlook(call: Call, device_id: int, season_percent: int) -> DeviceOutlook:
    """Every occupied slot of a live device, and which of its products runs out first."""
    if not slots.devices(call.db, [device_id], call.now):
        raise DeviceNotFound
    planned = figures.of_devices(call.db, [device_id], call.now).get(device_id, [])
    return DeviceOutlook(
        device_id=device_id,
        slots=[_slot(slot, season_percent) for slot in planned],
        products=_products(planned),
    )


def _slot(slot: PlannedSlot, season_percent: int) -> SlotMetrics:
    stock, sold, found = slot.stock, slot.sales, slot.figures
    observed = found.velocity.per_day if found.velocity.source == "28d" else Fraction(0)
    return SlotMetrics(
        slot_id=stock.slot_id,
        cabinet_id=stock.cabinet_id,
        position=stock.position,
        product_id=stock.product_id,
        product_name=stock.product_name,
        quantity=stock.quantity,
        capacity=stock.capacity,
        par_level=stock.par_level,
        is_sold_out=found.is_sold_out,
        days_remaining_inventory=found.dri_days,
        product_level_percent=found.product_level_percent,
        units_to_par=found.units_to_par,
        units_to_capacity=found.units_to_capacity,
        units_28d=sold.units_28d,
        units_all_time=sold.units_all_time,
        days_with_sales=sold.days_with_sales,
        daily_velocity=rules.half_up(found.velocity.per_day, 4),
        velocity_source=found.velocity.source,
        priority=rules.priority(stock.quantity, stock.par_level),
        suggested_par=rules.suggested_par(stock.capacity, observed, season_percent=season_percent),
    )


def _products(planned: Collection[PlannedSlot]) -> list[ProductOutlook]:
    by_product: defaultdict[int, list[PlannedSlot]] = defaultdict(list)
    for slot in planned:
        by_product[slot.stock.product_id].append(slot)
    return sorted(map(_product, by_product.values()), key=lambda it: (it.days_remaining_inventory, it.product_name))


def _product(held: Collection[PlannedSlot]) -> ProductOutlook:
    stock = next(iter(held)).stock
    quantity = sum(slot.stock.quantity for slot in held)
    per_day = sum((slot.figures.velocity.per_day for slot in held), Fraction(0))
    return ProductOutlook(
        product_id=stock.product_id,
        product_name=stock.product_name,
        quantity=quantity,
        slots=len(held),
        daily_velocity=rules.half_up(per_day, 4),
        days_remaining_inventory=rules.days_remaining(quantity, per_day),
    )
