"""The devices of a trip: how each and each of its cabinets is stocked, and which need service first (7.3, 7.4)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from chalicelib.kit.call import Call
from chalicelib.planning import rules
from chalicelib.planning.models import PlannedSlot, RoutePlanning, StockFigures, Stop
from chalicelib.planning.queries import settings, slots
from chalicelib.planning.rules import Totals
from chalicelib.planning.service import figures
from chalicelib.planning.service.metrics import metrics_of


def stops(call: Call, cabinets: Mapping[int, Iterable[int]], assets: Mapping[int, str]) -> dict[int, Stop]:
    """The live devices as stops, by device id; four statements, however many.

    `cabinets` names the cabinets of each device: one without products is a stop too, with nothing in it. The
    figures are of this moment, never the stored ones: a planner decides by them.
    """
    config = settings.read(call.db)
    states = {state.device_id: state for state in slots.devices(call.db, sorted(assets), call.now)}
    planned = figures.of_devices(call.db, sorted(states), call.now)
    totals = {device_id: figures.totals(planned.get(device_id, [])) for device_id in states}
    ordered = sorted(states, key=lambda it: (*rules.stop_order(totals[it], config.thresholds, assets[it]), it))
    return {
        device_id: Stop(
            rank=rank,
            metrics=metrics_of(call, config, states[device_id], totals[device_id]),
            whole=_shown(planned.get(device_id, []), totals[device_id], config),
            cabinets=_by_cabinet(cabinets.get(device_id, ()), planned.get(device_id, []), config),
        )
        for rank, device_id in enumerate(ordered, start=1)
    }


def _by_cabinet(
    cabinet_ids: Iterable[int], planned: Iterable[PlannedSlot], config: RoutePlanning
) -> dict[int, StockFigures]:
    held: defaultdict[int, list[PlannedSlot]] = defaultdict(list)
    for slot in planned:
        held[slot.stock.cabinet_id].append(slot)
    return {it: _shown(held[it], figures.totals(held[it]), config) for it in cabinet_ids}


def _shown(planned: Collection[PlannedSlot], totals: Totals, config: RoutePlanning) -> StockFigures:
    health = rules.health(totals.dri_days, config.thresholds)
    return StockFigures(
        sold_out_count=totals.sold_out_count,
        days_remaining_inventory=totals.dri_days,
        daily_consumption_rate=totals.daily_consumption,
        product_level_percent=totals.product_level_percent or Decimal(0),
        units_to_pick=totals.units_to_par,
        total_slots=totals.slots,
        fill_rate_percent=figures.fill_rate(planned),
        health_class=health,
        preselected=config.auto_select_critical and health == "critical",
    )
