"""What cabinets need by a day: the base of the preview, of a new order, and of a refreshed one (§7.8)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.orders.errors import ServiceDateRefused
from chalicelib.orders.models.incoming import PreviewRequest
from chalicelib.orders.models.outgoing import (
    IdleCabinet,
    Preview,
    PreviewCabinet,
    PreviewDevice,
    PreviewProduct,
    PreviewSelection,
)
from chalicelib.orders.models.rows import Cabinet, OrderedItem, Terms
from chalicelib.orders.queries import planning as queries
from chalicelib.orders.rules import quantities
from chalicelib.orders.rules.quantities import Calendar, ProductStock
from chalicelib.planning.service.velocity import velocities


@value
class Need:
    """Units of a product that a cabinet needs, and why."""

    stock: ProductStock
    per_day: Fraction
    units: int


@value
class CabinetPlan:
    """A cabinet and what it needs, by category and name."""

    cabinet: Cabinet
    needs: Sequence[Need]

    @property
    def units(self) -> int:
        """All units."""
        return sum(need.units for need in self.needs)


def calendar(call: Call, terms: Terms) -> Calendar:
    """The days that can be planned now."""
    return Calendar(call.now, terms.time_zone, terms.horizon_days)


def for_cabinets(call: Call, cabinets: Sequence[Cabinet], *, days: int) -> list[CabinetPlan]:
    """What the cabinets need in so many days, in a number of statements that does not grow with them."""
    stocks = queries.stock_of_cabinets(call.db, [cabinet.cabinet_id for cabinet in cabinets])
    pace = velocities(call, {cabinet.device_id for cabinet in cabinets})
    needs: dict[int, list[Need]] = {}
    for stock in stocks:
        sold = pace.get((stock.device_id, stock.product_id))
        known = sold.per_day if sold and sold.is_observed else Fraction(0)
        per_day = quantities.share_of_cabinet(known, stock)
        units = quantities.order_quantity(stock, per_day, days)
        if units > 0:
            needs.setdefault(stock.cabinet_id, []).append(Need(stock, per_day, units))
    return [CabinetPlan(cabinet, needs.get(cabinet.cabinet_id, ())) for cabinet in cabinets]


def items(plans: Sequence[CabinetPlan], stop_of: dict[int, int]) -> list[OrderedItem]:
    """The needs as items of the cabinets' stops."""
    return [
        OrderedItem(stop_of[plan.cabinet.cabinet_id], need.stock.product_id, need.units)
        for plan in plans
        for need in plan.needs
    ]


def preview(call: Call, request: PreviewRequest) -> Preview:
    """What an order would hold."""
    terms = queries.terms(call.db)
    days = calendar(call, terms)
    if request.service_date is None:
        raise ServiceDateRefused("Missing required field: serviceDate")
    day = days.service_day(request.service_date)
    cabinets = queries.cabinets_selected(call.db, request.selections)
    plans = for_cabinets(call, cabinets, days=days.days_until(day))
    return _preview(request, day, days.days_until(day), terms, plans)


def _preview(request: PreviewRequest, day: date, days: int, terms: Terms, plans: Sequence[CabinetPlan]) -> Preview:
    found = {(plan.cabinet.device_id, plan.cabinet.cabinet_index) for plan in plans}
    busy = [plan for plan in plans if plan.units]
    return Preview(
        route_id=request.route_id,
        service_date=day,
        days_until_service=days,
        total_units=sum(plan.units for plan in busy),
        total_products=len({need.stock.product_id for plan in busy for need in plan.needs}),
        estimated_minutes=terms.minutes_per_cabinet * len(plans),
        travel_minutes=None,
        devices=_devices(busy),
        nothing_to_do=[_idle(plan.cabinet) for plan in plans if not plan.units],
        not_found=[
            PreviewSelection(device_id=device_id, cabinet_index=index)
            for device_id, index in request.selections
            if (device_id, index) not in found
        ],
    )


def _devices(plans: Sequence[CabinetPlan]) -> list[PreviewDevice]:
    by_device: dict[int, list[CabinetPlan]] = {}
    for plan in plans:
        by_device.setdefault(plan.cabinet.device_id, []).append(plan)
    return [
        PreviewDevice(
            device_id=device_id,
            asset=of_device[0].cabinet.asset,
            location=of_device[0].cabinet.location or "Unknown",
            total_units=sum(plan.units for plan in of_device),
            cabinets=[_cabinet(plan) for plan in of_device],
        )
        for device_id, of_device in by_device.items()
    ]


def _cabinet(plan: CabinetPlan) -> PreviewCabinet:
    return PreviewCabinet(
        cabinet_index=plan.cabinet.cabinet_index,
        cabinet_type=plan.cabinet.type_name,
        total_units=plan.units,
        products=[
            PreviewProduct(
                product_id=need.stock.product_id,
                product_name=need.stock.product_name,
                order_quantity=need.units,
                current_quantity=need.stock.quantity,
                par_level=need.stock.par_level,
                daily_velocity=quantities.decimal(need.per_day),
            )
            for need in plan.needs
        ],
    )


def _idle(cabinet: Cabinet) -> IdleCabinet:
    return IdleCabinet(
        device_id=cabinet.device_id,
        asset=cabinet.asset,
        cabinet_index=cabinet.cabinet_index,
        cabinet_type=cabinet.type_name,
    )
