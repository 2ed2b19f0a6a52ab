"""The catalogue: which events partners may hear of, under which public name and in which form."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from chalicelib.catalog import events as catalog
from chalicelib.fleet import events as fleet
from chalicelib.identity import events as identity
from chalicelib.kit.events import Event
from chalicelib.kit.scopes import Scope
from chalicelib.kit.values import value
from chalicelib.monitoring import events as monitoring
from chalicelib.orders import events as orders
from chalicelib.partners.models import payloads
from chalicelib.partners.models.published import Payload
from chalicelib.planograms import events as planograms
from chalicelib.sales import events as sales
from chalicelib.stock import events as stock
from chalicelib.telemetry import events as telemetry
from chalicelib.tours import events as tours

EVERYTHING: Final = "*"
"""The pattern for every event but those that only admins may hear of."""

TEST: Final = "webhook.test"


SCOPES: Final[Mapping[str, Scope]] = {
    "device": "devices:read",
    "cabinet": "devices:read",
    "location": "locations:read",
    "product": "products:read",
    "route": "routes:read",
    "planogram": "planograms:read",
    "stock": "planograms:read",
    "service_order": "orders:read",
    "visit": "orders:read",
    "sale": "sales:read",
    "read": "reads:read",
}
"""What an API client must be allowed to read, by the family of the events that tell of it."""


@value
class PublicEvent:
    """One kind of event as partners know it. `topic` is what the outbox calls it."""

    name: str
    topic: str
    payload: type[Payload]
    resource: str | None
    """The field of the payload that is the resource's id."""
    link: str | None = None
    """Where the API tells more; `{name}` stands for a field of the payload."""
    version: int = 1
    admins_only: bool = False

    @property
    def family(self) -> str:
        """The first part of the name, by which `device.*` subscribes to all of them."""
        return self.name.partition(".")[0]

    @property
    def scope(self) -> Scope | None:
        """The word without which an API client does not hear of it; without one, none does."""
        return SCOPES.get(self.family)

    def facts(self, resource_id: str | None, told: Mapping[str, Any]) -> Payload:  # Any: facts of any JSON kind
        """The payload of an event from its row in the outbox. Raises `ValidationError` when they do not fit."""
        own = {self.resource: resource_id} if self.resource else {}
        return self.payload.model_validate({**told, "changed": sorted(told.get("changed", ())), **own})

    def link_for(self, payload: Payload) -> str | None:
        """Where the API tells more of this one."""
        if self.link is None:
            return None
        return self.link.format_map({name: quote(str(fact), safe="") for name, fact in payload.model_dump().items()})


def _of(
    event: type[Event],
    name: str,
    payload: type[Payload],
    resource: str | None = None,
    link: str | None = None,
    *,
    admins_only: bool = False,
) -> PublicEvent:
    return PublicEvent(name, event.topic or event.action, payload, resource, link, admins_only=admins_only)


_DEVICE: Final = "/api/devices/{device_id}"
_PLANOGRAM: Final = "/api/planograms/{planogram_key}"
_ORDER: Final = "/api/service-orders/{order_id}"
_READ: Final = "/api/dex/reads/{read_id}"

CATALOGUE: Final[Sequence[PublicEvent]] = (
    _of(fleet.DeviceCreated, "device.created", payloads.NewDevice, "device_id", _DEVICE),
    _of(fleet.DeviceUpdated, "device.updated", payloads.ChangedDevice, "device_id", _DEVICE),
    _of(fleet.DeviceDeleted, "device.deleted", payloads.Device, "device_id"),
    _of(fleet.DeviceRecovered, "device.recovered", payloads.RecoveredDevice, "device_id", _DEVICE),
    _of(telemetry.DeviceSilent, "device.silent", payloads.SilentDevice, "device_id", _DEVICE),
    _of(fleet.CabinetAdded, "cabinet.added", payloads.NewCabinet, "cabinet_id", _DEVICE),
    _of(fleet.CabinetChanged, "cabinet.changed", payloads.ChangedCabinet, "cabinet_id", _DEVICE),
    _of(fleet.CabinetRemoved, "cabinet.removed", payloads.RemovedCabinet, "cabinet_id", _DEVICE),
    _of(fleet.LocationCreated, "location.created", payloads.Location, "location_id"),
    _of(fleet.LocationUpdated, "location.updated", payloads.ChangedLocation, "location_id"),
    _of(fleet.LocationDeleted, "location.deleted", payloads.Location, "location_id"),
    _of(catalog.ProductCreated, "product.created", payloads.Product, "product_id"),
    _of(catalog.ProductUpdated, "product.updated", payloads.ChangedProduct, "product_id"),
    _of(catalog.ProductDeleted, "product.deleted", payloads.Product, "product_id"),
    _of(tours.TourCreated, "route.created", payloads.Route, "route_id"),
    _of(tours.TourUpdated, "route.updated", payloads.ChangedRoute, "route_id"),
    _of(tours.TourDriverChanged, "route.driver_changed", payloads.RouteDriver, "route_id"),
    _of(tours.TourDeleted, "route.deleted", payloads.DeletedRoute, "route_id"),
    _of(tours.DeviceAssigned, "route.device_assigned", payloads.AssignedDevice, "route_id"),
    _of(tours.DeviceRemoved, "route.device_removed", payloads.RemovedDevice, "route_id"),
    _of(planograms.PlanogramSaved, "planogram.saved", payloads.Planogram, "planogram_id", _PLANOGRAM),
    _of(planograms.PlanogramCopied, "planogram.copied", payloads.CopiedPlanogram, "planogram_id", _PLANOGRAM),
    _of(stock.StockLow, "stock.low", payloads.Slot, "slot_id", _DEVICE),
    _of(stock.StockSoldOut, "stock.sold_out", payloads.Slot, "slot_id", _DEVICE),
    _of(stock.SlotCounted, "stock.counted", payloads.CountedSlot, "slot_id", _DEVICE),
    _of(orders.OrderCreated, "service_order.created", payloads.NewOrder, "order_id", _ORDER),
    _of(orders.OrderStarted, "service_order.started", payloads.StartedOrder, "order_id", _ORDER),
    _of(orders.OrderCompleted, "service_order.completed", payloads.CompletedOrder, "order_id", _ORDER),
    _of(orders.OrderCancelled, "service_order.cancelled", payloads.CancelledOrder, "order_id", _ORDER),
    _of(orders.OrderEdited, "service_order.edited", payloads.ChangedOrder, "order_id", _ORDER),
    _of(orders.StopStarted, "service_order.cabinet_started", payloads.Stop, "order_cabinet_id", _ORDER),
    _of(orders.StopBackedOut, "service_order.cabinet_backed_out", payloads.Stop, "order_cabinet_id", _ORDER),
    _of(orders.StopExecuted, "service_order.cabinet_executed", payloads.ExecutedStop, "order_cabinet_id", _ORDER),
    _of(orders.StopSkipped, "service_order.cabinet_skipped", payloads.SkippedStop, "order_cabinet_id", _ORDER),
    _of(
        orders.StopRolledBack, "service_order.cabinet_rolled_back", payloads.RolledBackStop, "order_cabinet_id", _ORDER
    ),
    _of(orders.PhotoUploaded, "service_order.photo_added", payloads.NewPhoto, "photo_id", _ORDER),
    _of(orders.PhotoWithdrawn, "service_order.photo_removed", payloads.Photo, "photo_id", _ORDER),
    _of(orders.VisitRecorded, "visit.recorded", payloads.Visit, "visit_id", _DEVICE),
    _of(sales.SaleCreated, "sale.recorded", payloads.Sale, "sale_id"),
    _of(sales.SaleCorrected, "sale.corrected", payloads.CorrectedSale, "sale_id"),
    _of(telemetry.ReadReceived, "read.received", payloads.ReceivedRead, "read_id", _READ),
    _of(telemetry.ReadQuarantined, "read.quarantined", payloads.QuarantinedRead, "read_id", _READ),
    _of(telemetry.DexLinked, "read.linked", payloads.LinkedReads, "device_id", _DEVICE),
    _of(telemetry.DexMapped, "read.mapped", payloads.MappedSelections, "device_id", _DEVICE),
    _of(telemetry.DexBooked, "read.booked", payloads.BookedReads, "device_id", _DEVICE),
    _of(telemetry.DexHeld, "read.held", payloads.HeldRead, "device_id", _READ),
    _of(identity.UserCreated, "user.created", payloads.NewUser, "user_id", admins_only=True),
    _of(identity.UserRoleChanged, "user.role_changed", payloads.User, "user_id", admins_only=True),
    _of(identity.UserActivated, "user.activated", payloads.User, "user_id", admins_only=True),
    _of(identity.UserDeactivated, "user.deactivated", payloads.User, "user_id", admins_only=True),
    _of(identity.UserDeleted, "user.deleted", payloads.User, "user_id", admins_only=True),
    PublicEvent("alert.raised", "alert.raised", payloads.RaisedAlert, "alert_id", admins_only=True),
    _of(monitoring.AlertAcknowledged, "alert.acknowledged", payloads.Alert, "alert_id", admins_only=True),
    _of(monitoring.AlertResolved, "alert.resolved", payloads.Alert, "alert_id", admins_only=True),
    _of(monitoring.AlertDismissed, "alert.dismissed", payloads.Alert, "alert_id", admins_only=True),
    PublicEvent(TEST, TEST, payloads.Test, None),
)

BY_TOPIC: Final[Mapping[str, PublicEvent]] = {event.topic: event for event in CATALOGUE}

BY_NAME: Final[Mapping[str, PublicEvent]] = {event.name: event for event in CATALOGUE}

FAMILIES: Final = frozenset(event.family for event in CATALOGUE)


def is_pattern(text: str) -> bool:
    """Whether a subscription may say this: the name of an event, `device.*` for a family, `*` for all."""
    return text == EVERYTHING or text in BY_NAME or (text.endswith(".*") and text.removesuffix(".*") in FAMILIES)


def beyond(pattern: str, scopes: Collection[str]) -> bool:
    """Whether a pattern asks by name for what an API client with these scopes may not hear of; `*` never does."""
    asked = [event for event in CATALOGUE if pattern in (event.name, f"{event.family}.*")]
    return any(event.scope not in scopes and event.name != TEST for event in asked)
