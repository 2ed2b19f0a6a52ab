"""The facts of each kind of event, as partners get them. A change that may break a receiver is a new version."""

from datetime import date

from chalicelib.partners.models.published import Payload, When


class Device(Payload):
    """A device."""

    device_id: int
    asset: str


class NewDevice(Device):
    """A device, and the cabinets that it begins with."""

    cabinet_types: list[str]


class ChangedDevice(Device):
    """A device, and which of its facts have changed."""

    changed: list[str]


class RecoveredDevice(Device):
    """A device that is back."""

    justification: str | None


class SilentDevice(Device):
    """A device that has not been heard of for three times as long as usual."""

    last_read_at: When
    usual_gap_seconds: int


class Cabinet(Device):
    """A cabinet of a device."""

    cabinet_id: int
    cabinet_index: int


class NewCabinet(Cabinet):
    """A cabinet that was added."""

    cabinet_type: str


class ChangedCabinet(Cabinet):
    """A cabinet with another grid; `cleared` are the positions that lost what they held."""

    cleared: list[str]


class RemovedCabinet(Cabinet):
    """A cabinet that was taken off."""

    units_held: int
    reason: str | None


class Location(Payload):
    """A location."""

    location_id: int
    name: str


class ChangedLocation(Location):
    """A location, and which of its facts have changed."""

    changed: list[str]


class Product(Payload):
    """A product."""

    product_id: int
    name: str


class ChangedProduct(Product):
    """A product, and which of its facts have changed."""

    changed: list[str]


class Route(Payload):
    """A route."""

    route_id: int


class ChangedRoute(Route):
    """A route, and which of its facts have changed."""

    changed: list[str]


class RouteDriver(Route):
    """A route that changed hands; its pending orders went along."""

    old_driver_id: int | None
    new_driver_id: int | None
    moved_order_ids: list[int]


class DeletedRoute(Route):
    """A route that is no more; its devices are on none now."""

    name: str
    device_ids: list[int]


class AssignedDevice(Route):
    """A device that was put on a route."""

    device_id: int
    previous_route_id: int | None


class RemovedDevice(Route):
    """A device that was taken off a route."""

    device_id: int


class Planogram(Payload):
    """A planogram whose slots have changed; `changed` are their positions."""

    planogram_id: int
    planogram_key: str
    device_id: int
    version: int
    changed: list[str]


class CopiedPlanogram(Planogram):
    """A planogram that got the layout of another one."""

    copied_from: str


class Slot(Payload):
    """A slot, and what it holds now."""

    slot_id: int
    device_id: int
    cabinet_id: int
    position: str
    product_id: int
    quantity: int
    par_level: int
    capacity: int


class CountedSlot(Payload):
    """A slot that somebody counted; `delta` is what the count differs by from what was on record."""

    slot_id: int
    device_id: int
    position: str
    product_id: int
    counted: int
    delta: int


class Order(Payload):
    """A service order."""

    order_id: int


class NewOrder(Order):
    """A service order that was planned."""

    route_id: int
    driver_id: int | None
    service_date: date
    cabinets: int
    total_units: int


class StartedOrder(Order):
    """A service order that is under way."""

    driver_id: int | None


class CompletedOrder(Order):
    """A service order whose last cabinet was closed."""

    delivered_units: int
    missing_units: int


class CancelledOrder(Order):
    """A service order that was called off."""

    reason: str


class ChangedOrder(Order):
    """A service order, and what of it has changed."""

    changed: list[str]


class Stop(Order):
    """A cabinet of a service order."""

    order_cabinet_id: int
    device_id: int
    cabinet_id: int


class ExecutedStop(Stop):
    """A cabinet that units were delivered to."""

    visit_id: int
    units: int


class SkippedStop(Stop):
    """A cabinet that could not be serviced."""

    reason: str


class RolledBackStop(ExecutedStop):
    """A cabinet whose delivery was taken back."""

    reason: str


class Photo(Order):
    """A photo of a service order."""

    photo_id: int


class NewPhoto(Photo):
    """A photo that was added."""

    order_cabinet_id: int | None
    photo_type: str
    content_type: str
    size_bytes: int


class Visit(Payload):
    """A visit without an order."""

    visit_id: int
    device_id: int
    service_type: str
    units: int


class Sale(Payload):
    """Something that was sold. Money is in cents."""

    sale_id: int
    device_id: int
    product_id: int
    units: int
    revenue_cents: int
    sold_at: When
    source: str


class CorrectedSale(Payload):
    """A correction of a sale: what it adds to the units and cents, mostly less than nothing."""

    sale_id: int
    device_id: int
    correction_id: int
    units: int
    revenue_cents: int
    reason: str


class Read(Payload):
    """A read of a machine; without a device as long as nobody knows whose it is."""

    read_id: int
    device_id: int | None
    machine_serial: str | None
    received_at: When


class ReceivedRead(Read):
    """A read that came in for the first time."""

    comm_id: str | None
    asset_reported: str | None
    read_at: When | None
    status: str
    selections: int
    sha256: str


class QuarantinedRead(Read):
    """A read that does not fit its own checks; nothing is booked from it."""

    crc_expected: str | None
    crc_actual: str | None


class LinkedReads(Payload):
    """Reads that now belong to a device, and by what it was known."""

    device_id: int
    read_ids: list[int]
    basis: str


class MappedSelections(Payload):
    """A device whose selections were mapped to slots."""

    device_id: int


class BookedReads(Payload):
    """What a device sold by its reads. Money is in cents; reversed sales had been booked otherwise before."""

    device_id: int
    read_ids: list[int]
    sales: int
    units: int
    revenue_cents: int
    reversed_sales: int


class HeldRead(Payload):
    """A read with counters that cannot be explained; nothing is booked for these selections until one settles them."""

    device_id: int
    read_id: int
    selections: list[str]


class Alert(Payload):
    """A security alert. Who and from where is told by the security dashboard alone."""

    alert_id: int
    alert_type: str


class RaisedAlert(Alert):
    """A security alert that was raised."""

    severity: str


class User(Payload):
    """A user."""

    user_id: int
    username: str


class NewUser(User):
    """A user who was created."""

    role: str


class Test(Payload):
    """An event that says only that deliveries arrive."""

    message: str
