"""Creating an order (SO-1, BR-090 to BR-094)."""

from collections.abc import Sequence
from datetime import date

from chalicelib.kit.call import Call
from chalicelib.kit.roles import ADMIN
from chalicelib.orders.errors import CabinetInOpenOrder, CabinetsRefused, NothingToService, RouteNotFound
from chalicelib.orders.events import OrderCreated as Created
from chalicelib.orders.models.incoming import NewOrder
from chalicelib.orders.models.outgoing import OrderCreated
from chalicelib.orders.models.rows import Cabinet, Step, Terms
from chalicelib.orders.queries import planning as queries
from chalicelib.orders.queries import progress
from chalicelib.orders.queries.planning import Route
from chalicelib.orders.rules.quantities import REPEATED_WITHIN
from chalicelib.orders.service import plan
from chalicelib.orders.service.plan import CabinetPlan


def order(call: Call, new: NewOrder) -> OrderCreated:
    """Create an order with the quantities of the preview; the first answer when it was created a moment ago."""
    terms = queries.terms(call.db)
    days = plan.calendar(call, terms)
    day = days.service_day(new.service_date) if new.service_date else days.today
    route = queries.lock_route(call.db, new.route_id)
    if route is None:
        raise RouteNotFound
    queries.hold_devices(call.db, [device_id for device_id, _ in new.selections])
    cabinets = selected(call, new.selections, route_id=route.id)
    if (first := _first(call, route, day, cabinets)) is not None:
        return queries.created(call.db, first)
    refuse_ordered_twice(cabinets, allowed=new.allow_duplicate and call.principal.role == ADMIN)
    plans = plan.for_cabinets(call, cabinets, days=days.days_until(day))
    refuse_idle(plans, allowed=new.service_type == "maintenance")
    return queries.created(call.db, _write(call, new, route, day, plans, terms))


def selected(
    call: Call, selections: Sequence[tuple[int, int]], *, route_id: int, besides_order: int | None = None
) -> list[Cabinet]:
    """The selected cabinets; refuses those that do not exist or are not on the route (BR-091)."""
    cabinets = queries.cabinets_selected(call.db, selections, besides_order=besides_order)
    found = {(cabinet.device_id, cabinet.cabinet_index) for cabinet in cabinets}
    if missing := [selection for selection in selections if selection not in found]:
        told = "; ".join(f"Cabinet configuration not found for device {d}, cabinet {i}" for d, i in missing)
        raise CabinetsRefused(told, cabinets=[{"deviceId": d, "cabinetIndex": i} for d, i in missing])
    if strays := [cabinet for cabinet in cabinets if cabinet.route_id != route_id]:
        names = sorted({cabinet.asset for cabinet in strays})
        raise CabinetsRefused(f"Not on this route: {', '.join(names)}", cabinets=_named(strays))
    return cabinets


def refuse_ordered_twice(cabinets: Sequence[Cabinet], *, allowed: bool) -> None:
    """Refuse cabinets that another open order holds (BR-092)."""
    if not allowed and (ordered := [cabinet for cabinet in cabinets if cabinet.open_order_id is not None]):
        told = ", ".join(f"{one.asset} cabinet {one.cabinet_index} in order {one.open_order_id}" for one in ordered)
        raise CabinetInOpenOrder(f"Already in an open order: {told}", cabinets=_named(ordered))


def refuse_idle(plans: Sequence[CabinetPlan], *, allowed: bool) -> None:
    """Refuse cabinets that need nothing (BR-093)."""
    if not allowed and (idle := [each.cabinet for each in plans if not each.units]):
        told = ", ".join(f"{cabinet.asset} cabinet {cabinet.cabinet_index}" for cabinet in idle)
        raise NothingToService(f"These cabinets need nothing: {told}", cabinets=_named(idle))


def _named(cabinets: Sequence[Cabinet]) -> list[dict[str, int | str | None]]:
    return [
        {
            "deviceId": cabinet.device_id,
            "cabinetIndex": cabinet.cabinet_index,
            "asset": cabinet.asset,
            "orderId": cabinet.open_order_id,
        }
        for cabinet in cabinets
    ]


def _first(call: Call, route: Route, day: date, cabinets: Sequence[Cabinet]) -> int | None:
    return queries.same_order(
        call.db,
        route_id=route.id,
        service_date=day,
        cabinet_ids=[cabinet.cabinet_id for cabinet in cabinets],
        created_by=call.principal.user_id,
        since=call.now - REPEATED_WITHIN,
    )


def _write(call: Call, new: NewOrder, route: Route, day: date, plans: Sequence[CabinetPlan], terms: Terms) -> int:
    units = sum(each.units for each in plans)
    actor = call.principal.user_id
    order_id = queries.insert_order(
        call.db,
        route=route,
        service_date=day,
        priority=new.priority,
        notes=new.notes or None,
        total_units=units,
        minutes=terms.minutes_per_cabinet * len(plans),
        created_by=actor,
        at=call.now,
    )
    cabinet_ids = [each.cabinet.cabinet_id for each in plans]
    stop_of = queries.insert_stops(call.db, order_id, cabinet_ids, minutes=terms.minutes_per_cabinet)
    queries.insert_items(call.db, plan.items(plans, stop_of))
    progress.insert_steps(call.db, order_id, [Step(None, None, "pending", None)], actor_id=actor, at=call.now)
    call.record(
        Created(
            resource_id=order_id,
            route_id=route.id,
            driver_id=route.driver_id,
            service_date=day,
            cabinets=len(plans),
            total_units=units,
        )
    )
    return order_id
