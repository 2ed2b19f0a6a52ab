"""What clients send about orders and visits."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from pydantic import (
    AliasChoices,
    BeforeValidator,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from chalicelib.kit.models import Camel, Count, Day, Id
from chalicelib.orders.models.rows import Priority, ServiceType
from chalicelib.orders.rules.machine import OrderStatus

MOST_CABINETS = 200
MOST_ITEMS = 1000
KNOWN_STATUSES = "Invalid status. Must be one of: ['pending', 'in_progress', 'completed', 'cancelled']"

Notes = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def _phone_time(value: object) -> object:
    """A moment of a phone's clock, taken as UTC when it has no zone; what is none counts as not sent (BR-127)."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


PhoneTime = Annotated[datetime | None, BeforeValidator(_phone_time, json_schema_input_type=str | None)]


def _whole_number_or_none(value: object) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None


WantedRoute = Annotated[Id | None, BeforeValidator(_whole_number_or_none, json_schema_input_type=str | int | None)]
"""A route to look for; what is none, such as the page's own `all`, looks for every route."""


class OrderQuery(Camel):
    """Which orders to list."""

    sentences: ClassVar = {
        "status": KNOWN_STATUSES,
        "date": "Invalid date format. Use YYYY-MM-DD",
        "dateFrom": "Invalid date format. Use YYYY-MM-DD",
        "dateTo": "Invalid date format. Use YYYY-MM-DD",
    }

    route_id: WantedRoute = None
    driver_id: Id | None = None
    status: OrderStatus | None = None
    date: Day | None = None
    date_from: Day | None = None
    date_to: Day | None = None
    since: PhoneTime = None
    page: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] = 50


class LooseSelection(Camel):
    """A cabinet by its device and index; one that lacks a key is passed over (contract)."""

    device_id: Id | None = None
    cabinet_index: Annotated[int, Field(ge=0, le=32767)] | None = None


class Selection(Camel):
    """A cabinet by its device and index."""

    device_id: Id
    cabinet_index: Annotated[int, Field(ge=0, le=32767)]


_PREVIEW_FIELDS = "Missing required fields: routeId and cabinetSelections"


class PreviewRequest(Camel):
    """What an order might hold. `routeId` is echoed as sent."""

    sentences: ClassVar = dict.fromkeys(("routeId", "routeId.int", "cabinetSelections"), _PREVIEW_FIELDS)

    route_id: int | Annotated[str, StringConstraints(min_length=1, max_length=100)]
    service_date: str | None = None
    cabinet_selections: Annotated[list[LooseSelection], Field(min_length=1, max_length=MOST_CABINETS)]

    @property
    def selections(self) -> list[tuple[int, int]]:
        """The complete selections, each once."""
        return list(
            dict.fromkeys(
                (selection.device_id, selection.cabinet_index)
                for selection in self.cabinet_selections
                if selection.device_id is not None and selection.cabinet_index is not None
            )
        )


_ORDER_FIELDS = "routeId and cabinetSelections are required"


class NewOrder(Camel):
    """An order to be created. Who creates it is the caller; a `createdBy` in the body is ignored."""

    sentences: ClassVar = {"routeId": _ORDER_FIELDS, "cabinetSelections": _ORDER_FIELDS}

    route_id: Id
    cabinet_selections: Annotated[list[Selection], Field(min_length=1, max_length=MOST_CABINETS)]
    service_date: str | None = None
    service_type: ServiceType = "routine"
    priority: Priority = "normal"
    notes: Notes | None = None
    allow_duplicate: bool = False

    @property
    def selections(self) -> list[tuple[int, int]]:
        """The selections, each once."""
        return list(dict.fromkeys((chosen.device_id, chosen.cabinet_index) for chosen in self.cabinet_selections))


class OrderEdit(Camel):
    """A change of an order: its status, or what is planned."""

    sentences: ClassVar = {"status": KNOWN_STATUSES}

    status: OrderStatus | None = None
    start_time: PhoneTime = Field(default=None, validation_alias=AliasChoices("startTime", "startedAt"))
    completed_at: PhoneTime = None
    reason: Reason | None = Field(default=None, validation_alias=AliasChoices("reason", "cancelReason"))
    notes: Notes | None = None
    priority: Priority | None = None
    service_date: str | None = None
    driver_id: Id | None = None
    cabinet_selections: Annotated[list[Selection], Field(min_length=1, max_length=MOST_CABINETS)] | None = None
    service_type: ServiceType = "routine"
    version: Id | None = None

    @property
    def selections(self) -> list[tuple[int, int]] | None:
        """The selections, each once; None when the cabinets stay."""
        chosen = self.cabinet_selections
        return None if chosen is None else list(dict.fromkeys((one.device_id, one.cabinet_index) for one in chosen))

    def says(self, field: str) -> bool:
        """Whether the field was sent, if only as null."""
        return field in self.model_fields_set


class SyncedOrder(Camel):
    """An order as a phone has it; only what the phone may decide is read (BR-126)."""

    sentences: ClassVar = {"status": KNOWN_STATUSES}

    status: OrderStatus | None = None
    notes: Notes | None = None
    started_at: PhoneTime = Field(default=None, validation_alias=AliasChoices("startedAt", "started_at", "startTime"))
    completed_at: PhoneTime = Field(default=None, validation_alias=AliasChoices("completedAt", "completed_at"))
    last_modified: PhoneTime = Field(default=None, validation_alias=AliasChoices("lastModified", "last_modified"))
    sync_version: int | None = Field(default=None, validation_alias=AliasChoices("syncVersion", "sync_version"))
    reason: Reason | None = Field(default=None, validation_alias=AliasChoices("reason", "cancelReason"))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to apply."""
        return all(value is None for value in (self.status, self.notes, self.started_at, self.completed_at))


class Started(Camel):
    """The start of an order or of a cabinet, by the phone's clock."""

    start_time: PhoneTime = Field(default=None, validation_alias=AliasChoices("startTime", "startedAt", "clientTime"))


class Cancellation(Camel):
    """Why an order is called off."""

    sentences: ClassVar = {"reason": "Cancelling takes a reason of 1 to 500 characters."}

    reason: Reason


class Skip(Camel):
    """Why a cabinet could not be serviced."""

    sentences: ClassVar = {"reason": "Skipping takes a reason of 1 to 500 characters."}

    reason: Reason


class Rollback(Camel):
    """Why a delivery is taken back; may be left out."""

    reason: Reason | None = None


class DeliveredItem(Camel):
    """Units of a product that were delivered to a cabinet, or into one slot of it."""

    product_id: Id | None = None
    slot_id: Id | None = None
    quantity: Count = Field(validation_alias=AliasChoices("quantityFilled", "quantity"))

    @field_validator("quantity", mode="before")
    @classmethod
    def _a_number_of_things(cls, value: object) -> object:
        if isinstance(value, bool):
            raise ValueError("a number of units")  # noqa: TRY004 - pydantic reports ValueErrors
        return value

    @model_validator(mode="after")
    def _of_something(self) -> "DeliveredItem":
        if self.product_id is None and self.slot_id is None:
            raise ValueError("productId or slotId is required")
        return self


Items = Annotated[list[DeliveredItem], Field(max_length=MOST_ITEMS)]


class DeliveryReport(Camel):
    """What was delivered to a cabinet. Who delivered is the caller; a `userId` in the body is ignored (BR-110)."""

    sentences: ClassVar = {"deliveredItems": "deliveredItems array is required"}

    delivered_items: Items
    notes: Notes | None = Field(default=None, validation_alias=AliasChoices("notes", "note", "reason"))
    service_type: ServiceType | None = None
    executed_at: PhoneTime = Field(
        default=None, validation_alias=AliasChoices("executedAt", "completedAt", "clientTime", "timestamp")
    )


class OrderDelivery(DeliveryReport):
    """The same, as the phone's queue names it: `cabinetId` is the cabinet's number in the order."""

    sentences: ClassVar = dict.fromkeys(("orderId", "cabinetId", "deliveredItems"), "Missing required fields")

    order_id: Id
    cabinet_id: Id


class NewVisit(Camel):
    """A visit without an order. The technician is the caller; a `technicianId` in the body is ignored (BR-120)."""

    sentences: ClassVar = {"serviceType": "serviceType must be one of: routine, emergency, maintenance"}

    device_id: Id
    service_type: ServiceType
    route_id: Id | None = None
    units_restocked: Annotated[
        Count, BeforeValidator(lambda count: 0 if count is None else count, json_schema_input_type=Count | None)
    ] = 0
    duration_minutes: Annotated[int, Field(ge=0, le=1440)] | None = None
    notes: Notes | None = None

    @model_validator(mode="before")
    @classmethod
    def _nulls_count_as_absent(cls, given: Any) -> Any:  # Any: whatever JSON came
        return {name: value for name, value in given.items() if value is not None} if isinstance(given, dict) else given
