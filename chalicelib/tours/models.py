"""Tours, their drivers and their devices, as stored and as told."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, PlainSerializer

from chalicelib.kit.models import Camel, Flag, Id, Instant, Model, Money, Text
from chalicelib.kit.paging import Paged
from chalicelib.kit.values import value
from chalicelib.planning.models import DeviceMetrics, StockFigures


class Tour(Model):
    """A route of a driver. The driver's name and address are told only while that user is a driver."""

    id: int
    name: str
    route_number: int | None
    created_at: Instant
    updated_at: Instant
    driver_id: int | None
    driver_name: str | None
    driver_email: str | None
    version: int


class OwnTour(Tour):
    """A route as the driver's app reads it."""

    app_route_number: int | None = Field(alias="routeNumber")
    device_count: int = Field(alias="deviceCount")
    order_count: int = Field(alias="orderCount")


class OwnTours(Model):
    """The routes of the driver who asks."""

    routes: list[OwnTour]


class ToursAsked(Paged):
    """Which page; `since` is what the driver's app sends along, whose answer is always whole."""

    since: str | None = None


class TourBody(Camel):
    """A route to be. A driver that is left out, or null, means no driver."""

    sentences: ClassVar[Mapping[str, str]] = {"name": "Name is required"}

    name: Text
    route_number: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None
    driver_id: Id | None = None
    version: int | None = None


class DeviceAssignment(Camel):
    """A device to put on a route; `force` moves it even out of an open order of its old route."""

    sentences: ClassVar[Mapping[str, str]] = {"deviceId": "Device ID is required"}

    device_id: Id
    force: bool = False


class DeviceRemoval(DeviceAssignment):
    """A device to take off a route."""


class Assigned(Model):
    """A device is on its new route."""

    message: str
    previous_route_id: int | None = Field(alias="previousRouteId")


class Done(Model):
    """A sentence that says what was done."""

    message: str


class Driver(Model):
    """Somebody who can be given a route."""

    id: int
    username: str
    email: str
    created_at: Instant
    is_active: Flag


@value
class LockedTour:
    """A live route, held until the transaction ends."""

    id: int
    name: str
    route_number: int | None
    driver_id: int | None
    version: int


@value
class DeviceRow:
    """A live device of a route."""

    id: int
    asset: str
    nickname: str
    location_id: int
    model: str
    device_type_id: int
    created_at: datetime
    updated_at: datetime
    location: str | None
    address: str | None
    latitude: float | None
    longitude: float | None
    type_name: str
    type_description: str
    allows_additional_cabinets: bool


@value
class CabinetRow:
    """A live cabinet."""

    id: int
    device_id: int
    type_name: str
    model_name: str | None
    is_parent: bool
    cabinet_index: int
    rows: int
    cols: int


class DeviceTypeDetails(Camel):
    """What kind of machine it is."""

    id: int
    name: str
    description: str
    allows_additional_cabinets: bool


class CabinetConfiguration(Camel):
    """How a cabinet is built."""

    id: int
    cabinet_type: str
    model_name: str | None
    is_parent: bool
    cabinet_index: int
    rows: int
    columns: int


class StopCabinet(Camel):
    """A cabinet to be served; one without products is there too."""

    cabinet_id: int
    cabinet_index: int
    is_parent: bool
    cabinet_type: str
    model_name: str | None
    metrics: StockFigures


class TourDevice(Model):
    """A device of a route, with how it is stocked."""

    id: int
    asset: str
    cooler: str
    location_id: int
    model: str
    device_type_id: int
    created_at: Instant
    updated_at: Instant
    location: str | None
    location_address: str | None = Field(alias="locationAddress")
    location_latitude: float | None = Field(alias="locationLatitude")
    location_longitude: float | None = Field(alias="locationLongitude")
    device_type_details: DeviceTypeDetails = Field(alias="deviceTypeDetails")
    cabinet_configuration: Sequence[CabinetConfiguration] = Field(alias="cabinetConfiguration")
    metrics: DeviceMetrics
    slot_metrics: StockFigures = Field(alias="slotMetrics")
    cabinets: Sequence[StopCabinet]
    health_class: str = Field(alias="healthClass")
    stop_rank: int = Field(alias="stopRank")


class TourDevices(Camel):
    """The devices of a route, by location and asset; `stop_rank` orders them by need."""

    route_id: int
    route_name: str
    devices: Sequence[TourDevice]


Number = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""An exact decimal here; a JSON number on the wire."""


@value
class Work:
    """What was done on a route, or by a driver, in a period; `on_time` counts completed orders."""

    id: int
    name: str
    route_number: int | None
    completed: int
    cancelled: int
    on_time: int
    cabinets: int
    minutes: int
    units_delivered: int
    units_needed: int
    units_filled: int
    revenue_cents: int | None


class Performance(Camel):
    """How a route or a driver did; percentages and averages are null where there is nothing to take them of."""

    id: int
    name: str
    route_number: int | None
    orders_completed: int
    orders_cancelled: int
    on_time_percent: Number | None
    average_minutes_per_cabinet: Number | None
    units_delivered: int
    fulfilment_percent: Number | None
    revenue: Money | None


class PerformanceReport(Camel):
    """The routes by number and the drivers by name, by the service dates of their orders."""

    start_date: date
    end_date: date
    routes: Sequence[Performance]
    drivers: Sequence[Performance]
