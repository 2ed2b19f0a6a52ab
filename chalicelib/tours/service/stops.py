"""The devices of routes: which, how they are stocked, and moving them."""

from collections import defaultdict
from collections.abc import Sequence

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.roles import DRIVER
from chalicelib.planning.models import Stop
from chalicelib.planning.service import stops as planning
from chalicelib.tours.errors import AlreadyOnThisTour, MovedMeanwhile, MoveWouldLeaveOrder, NotOnThisTour, TourNotFound
from chalicelib.tours.events import DeviceAssigned, DeviceRemoved
from chalicelib.tours.models import (
    Assigned,
    CabinetConfiguration,
    CabinetRow,
    DeviceAssignment,
    DeviceRemoval,
    DeviceRow,
    DeviceTypeDetails,
    Done,
    StopCabinet,
    TourDevice,
    TourDevices,
)
from chalicelib.tours.queries import stops, tours


def devices(call: Call, tour_id: int) -> TourDevices:
    """The devices of a route with the stock of every cabinet; a driver sees own routes only."""
    tour = tours.one(call.db, tour_id, seen_by=call.principal)
    strange = call.principal.role == DRIVER and tour is not None and tour.driver_id != call.principal.user_id
    if tour is None or strange:
        raise TourNotFound
    rows = stops.devices(call.db, tour_id, seen_by=call.principal)
    cabinets: defaultdict[int, list[CabinetRow]] = defaultdict(list)
    for cabinet in stops.cabinets(call.db, [row.id for row in rows]):
        cabinets[cabinet.device_id].append(cabinet)
    planned = planning.stops(
        call, {row.id: [it.id for it in cabinets[row.id]] for row in rows}, {row.id: row.asset for row in rows}
    )
    return TourDevices(
        route_id=tour.id,
        route_name=tour.name,
        devices=[_device(row, cabinets[row.id], planned[row.id]) for row in rows],
    )


def _device(row: DeviceRow, cabinets: Sequence[CabinetRow], stop: Stop) -> TourDevice:
    return TourDevice(
        id=row.id,
        asset=row.asset,
        cooler=row.nickname,
        location_id=row.location_id,
        model=row.model,
        device_type_id=row.device_type_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        location=row.location,
        location_address=row.address,
        location_latitude=row.latitude,
        location_longitude=row.longitude,
        device_type_details=_type(row),
        cabinet_configuration=[_configuration(cabinet) for cabinet in cabinets],
        metrics=stop.metrics,
        slot_metrics=stop.whole,
        cabinets=[_cabinet(cabinet, stop) for cabinet in cabinets],
        health_class=stop.whole.health_class,
        stop_rank=stop.rank,
    )


def _type(row: DeviceRow) -> DeviceTypeDetails:
    return DeviceTypeDetails(
        id=row.device_type_id,
        name=row.type_name,
        description=row.type_description,
        allows_additional_cabinets=row.allows_additional_cabinets,
    )


def _configuration(cabinet: CabinetRow) -> CabinetConfiguration:
    return CabinetConfiguration(
        id=cabinet.id,
        cabinet_type=cabinet.type_name,
        model_name=cabinet.model_name,
        is_parent=cabinet.is_parent,
        cabinet_index=cabinet.cabinet_index,
        rows=cabinet.rows,
        columns=cabinet.cols,
    )


def _cabinet(cabinet: CabinetRow, stop: Stop) -> StopCabinet:
    return StopCabinet(
        cabinet_id=cabinet.id,
        cabinet_index=cabinet.cabinet_index,
        is_parent=cabinet.is_parent,
        cabinet_type=cabinet.type_name,
        model_name=cabinet.model_name,
        metrics=stop.cabinets[cabinet.id],
    )


def assign(call: Call, tour_id: int, body: DeviceAssignment) -> Assigned:
    """Put a device on a route, off any other (BR-065); out of an open order only by force (BR-066)."""
    is_there, previous = stops.tour_of(call.db, body.device_id)
    locked = stops.lock_tours(call.db, [tour_id] if previous is None else [tour_id, previous])
    if tour_id not in locked:
        raise TourNotFound
    if not is_there:
        raise DeviceNotFound
    if previous == tour_id:
        raise AlreadyOnThisTour
    if previous is not None:
        _refuse_open_orders(call, body, previous)
    if not stops.put_on(call.db, body.device_id, tour_id, off=previous):
        raise MovedMeanwhile
    call.record(
        DeviceAssigned(resource_id=tour_id, device_id=body.device_id, previous_route_id=previous, forced=body.force)
    )
    return Assigned(message="Device assigned to route successfully", previous_route_id=previous)


def remove(call: Call, tour_id: int, query: DeviceRemoval) -> Done:
    """Take a device off a route; out of an open order only by force (BR-066)."""
    _, present = stops.tour_of(call.db, query.device_id)
    if present != tour_id or not stops.lock_tours(call.db, [tour_id]):
        raise NotOnThisTour
    _refuse_open_orders(call, query, tour_id)
    if not stops.put_on(call.db, query.device_id, None, off=tour_id):
        raise NotOnThisTour
    call.record(DeviceRemoved(resource_id=tour_id, device_id=query.device_id, forced=query.force))
    return Done(message="Device removed from route successfully")


def _refuse_open_orders(call: Call, asked: DeviceAssignment, tour_id: int) -> None:
    orders = stops.open_order_ids(call.db, asked.device_id, tour_id)
    if orders and not asked.force:
        raise MoveWouldLeaveOrder(orders=orders)
