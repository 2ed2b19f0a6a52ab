"""Bringing in the rows of one entity, through the feature that owns it; the outcome of each row, in their order."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from chalicelib.catalog.service import incoming as catalog
from chalicelib.catalog.service.incoming import IncomingProduct
from chalicelib.exchange.models import rows as models
from chalicelib.exchange.models.rows import Entity, Row
from chalicelib.exchange.queries import references
from chalicelib.exchange.queries.references import Place
from chalicelib.fleet.models.types import CabinetTypeContent, DeviceTypeContent
from chalicelib.fleet.service import incoming_devices, incoming_locations, types
from chalicelib.fleet.service.incoming_devices import IncomingDevice
from chalicelib.fleet.service.incoming_locations import IncomingLocation
from chalicelib.kit.bulk import CREATED, UNCHANGED, UPDATED, Outcome, refused
from chalicelib.kit.call import Call
from chalicelib.planograms.rules import Wish
from chalicelib.planograms.service import incoming as planograms
from chalicelib.sales.models.facts import NewSale
from chalicelib.sales.service import recording
from chalicelib.stock import service as stock
from chalicelib.tours.models import TourBody
from chalicelib.tours.service import tours

CLOCKS_DIFFER_BY = timedelta(minutes=5)


def bring_in(call: Call, entity: Entity, rows: Sequence[Row]) -> list[Outcome]:
    """Bring in rows of one entity."""
    return _BRINGERS[entity](call, rows)


def _cabinet_types(call: Call, rows: Sequence[models.CabinetTypeRow]) -> list[Outcome]:
    # One by one through the one way in which types change: a fleet has a handful of them.
    known = {one.name.lower(): one for one in types.cabinet_types(call)}
    outcomes = []
    for row in rows:
        content, old = CabinetTypeContent(**dict(row)), known.get(row.name.lower())
        if old is None:
            types.create_cabinet_type(call, content)
        elif changed := content.model_dump() != old.model_dump(exclude={"id"}):
            types.edit_cabinet_type(call, old.id, content)
        outcomes.append(CREATED if old is None else UPDATED if changed else UNCHANGED)
    return outcomes


def _device_types(call: Call, rows: Sequence[models.DeviceTypeRow]) -> list[Outcome]:
    # One by one, as above.
    known = {one.name.lower(): one for one in types.device_types(call)}
    outcomes = []
    for row in rows:
        content, old = DeviceTypeContent(**dict(row)), known.get(row.name.lower())
        least, most = content.cabinet_range
        wanted = {**content.model_dump(), "min_cabinets": least, "max_cabinets": most}
        if old is None:
            types.create_device_type(call, content)
        elif changed := wanted != old.model_dump(exclude={"id"}):
            types.edit_device_type(call, old.id, content)
        outcomes.append(CREATED if old is None else UPDATED if changed else UNCHANGED)
    return outcomes


def _routes(call: Call, rows: Sequence[models.RouteRow]) -> list[Outcome]:
    # One by one through the one way in which routes change: a fleet has some hundreds at most.
    known = {one.name.lower(): one for one in tours.every(call)}
    outcomes = []
    for row in rows:
        old = known.get(row.name.lower())
        number = row.number if row.number is not None or old is None else old.route_number
        if old is None:
            tours.create(call, TourBody(name=row.name, route_number=number))
        elif changed := (row.name, number) != (old.name, old.route_number):
            tours.update(call, old.id, TourBody(name=row.name, route_number=number, driver_id=old.driver_id))
        outcomes.append(CREATED if old is None else UPDATED if changed else UNCHANGED)
    return outcomes


def _locations(call: Call, rows: Sequence[models.LocationRow]) -> list[Outcome]:
    return incoming_locations.bring_in(
        call,
        [
            IncomingLocation(
                name=row.name,
                address=row.address or None,
                coordinates=None if row.latitude is None or row.longitude is None else (row.latitude, row.longitude),
            )
            for row in rows
        ],
    )


def _products(call: Call, rows: Sequence[models.ProductRow]) -> list[Outcome]:
    return catalog.bring_in(
        call,
        [
            IncomingProduct(
                name=row.name,
                category=row.category,
                price_cents=row.price,
                cost_cents=row.cost,
                image_url=row.image or None,
                sku=row.sku,
            )
            for row in rows
        ],
    )


def _devices(call: Call, rows: Sequence[models.DeviceRow]) -> list[Outcome]:
    return incoming_devices.bring_in(call, [IncomingDevice(**dict(row)) for row in rows])


def _planograms(call: Call, rows: Sequence[models.PlanogramRow]) -> list[Outcome]:
    products = references.products(call.db, [row.product.lower() for row in rows if row.product])
    slots = references.slots(call.db, [_place(row) for row in rows])
    problems = {place: _planogram_problem(row, slots, products) for row in rows for place in [_place(row)]}
    wishes = {
        slots[_place(row)]: Wish(
            product_id=products[row.product.lower()] if row.product else None,
            capacity=row.capacity,
            par_level=row.par_level,
            price_cents=row.price,
        )
        for row in rows
        if problems[_place(row)] is None
    }
    outcomes = planograms.bring_in(call, wishes)
    return [problems[_place(row)] or outcomes[slots[_place(row)]] for row in rows]


def _planogram_problem(
    row: models.PlanogramRow, slots: Mapping[Place, int], products: Mapping[str, int]
) -> Outcome | None:
    if row.product and row.product.lower() not in products:
        return refused(f"there is no product {row.product}", "product")
    return None if _place(row) in slots else _no_slot(row)


def _stock_counts(call: Call, rows: Sequence[models.StockCountRow]) -> list[Outcome]:
    slots = references.slots(call.db, [_place(row) for row in rows])
    outcomes = stock.bring_in(call, {slots[_place(row)]: row.quantity for row in rows if _place(row) in slots})
    return [outcomes[slots[_place(row)]] if _place(row) in slots else _no_slot(row) for row in rows]


def _sales(call: Call, rows: Sequence[models.SaleRow]) -> list[Outcome]:
    devices = references.devices(call.db, [row.asset.lower() for row in rows])
    products = references.products(call.db, [row.product.lower() for row in rows])
    places = {row.sale: _place_of_sale(row) for row in rows}
    slots = references.slots(call.db, [place for place in places.values() if place])
    problems = [_sale_problem(call, row, devices, products) for row in rows]
    fit = [row for row, problem in zip(rows, problems, strict=True) if problem is None]
    recorded = recording.record(
        call,
        [
            NewSale(
                device_id=devices[row.asset.lower()],
                product_id=products[row.product.lower()],
                slot_id=slots.get(place) if (place := places[row.sale]) else None,
                units=row.units,
                revenue_cents=row.cash,
                sold_at=row.sold_at,
                source="import",
                payment_kind=row.payment_kind,
                import_key=row.sale,
            )
            for row in fit
        ],
        refresh_metrics=False,
    )
    known = {row.sale: sale.is_duplicate for row, sale in zip(fit, recorded, strict=True)}
    return [problem or (UNCHANGED if known[row.sale] else CREATED) for row, problem in zip(rows, problems, strict=True)]


def _sale_problem(
    call: Call, row: models.SaleRow, devices: Mapping[str, int], products: Mapping[str, int]
) -> Outcome | None:
    if row.asset.lower() not in devices:
        return refused(f"there is no device {row.asset}", "asset")
    if row.product.lower() not in products:
        return refused(f"there is no product {row.product}", "product")
    if row.sold_at > call.now + CLOCKS_DIFFER_BY:
        return refused("the sale lies in the future", "sold_at")
    return None


def _place_of_sale(row: models.SaleRow) -> Place | None:
    return Place(row.asset.lower(), row.cabinet or 0, row.position) if row.position else None


def _place(row: models.SlotRow) -> Place:
    return Place(row.asset.lower(), row.cabinet, row.position)


def _no_slot(row: models.SlotRow) -> Outcome:
    return refused(f"there is no slot {row.position} in cabinet {row.cabinet} of a device {row.asset}", "position")


_BRINGERS: Mapping[Entity, Callable[[Call, Sequence[Any]], list[Outcome]]] = {  # Any: each takes rows of its own kind
    "cabinet_types": _cabinet_types,
    "device_types": _device_types,
    "locations": _locations,
    "routes": _routes,
    "products": _products,
    "devices": _devices,
    "planograms": _planograms,
    "sales": _sales,
    "stock_counts": _stock_counts,
}
