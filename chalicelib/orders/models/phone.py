"""What a driver's phone brings after a dead zone, and what it takes along (domain.md 12.5)."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AliasChoices, Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant
from chalicelib.orders.models.incoming import PhoneTime
from chalicelib.orders.models.outgoing import OrderDetail

MOST_ACTIONS = 200
LONGEST_KEY = 180

ActionType = Literal[
    "START_ORDER",
    "START_CABINET",
    "EXECUTE_CABINET",
    "SKIP_CABINET",
    "ADD_NOTE",
    "UPLOAD_PHOTO_META",
    "UPDATE_ORDER_STATUS",
    "COMPLETE_ORDER",
    "EXECUTE_DELIVERY",
    "UPLOAD_PHOTO",
]
"""The last four are the names of the legacy phone's queue."""

Outcome = Literal["applied", "duplicate", "conflict", "rejected"]


class Action(Camel):
    """One thing that a driver did. `baseVersion`: the order's `syncVersion` that the phone had when it was done."""

    sentences: ClassVar = {"type": "type: this is no action that a phone can bring"}

    key: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_KEY)]
    type: ActionType
    order_id: Id
    order_cabinet_id: Id | None = None
    client_time: PhoneTime = Field(default=None, validation_alias=AliasChoices("clientTime", "timestamp"))
    base_version: int | None = None
    payload: dict[str, Any] = Field(  # Any: each type has a payload of its own
        default_factory=dict, validation_alias=AliasChoices("payload", "data")
    )

    @model_validator(mode="before")
    @classmethod
    def _named_in_the_payload(cls, given: Any) -> Any:  # Any: whatever JSON came
        return located(given) if isinstance(given, Mapping) else given


def located(given: Mapping[str, Any]) -> Mapping[str, Any]:  # Any: whatever JSON came
    """An action that names its order; the legacy queue has it, and the cabinet as `cabinetId`, in the payload."""
    payload = given.get("payload", given.get("data"))
    inside = payload if isinstance(payload, Mapping) else {}
    found = {
        "orderId": inside.get("orderId"),
        "orderCabinetId": inside.get("orderCabinetId", inside.get("cabinetId")),
    }
    return {**given, **{name: value for name, value in found.items() if given.get(name) is None}}


class Push(Camel):
    """A phone's queue, in the order in which things were done."""

    sentences: ClassVar = {"actions": f"actions: a list of at most {MOST_ACTIONS} actions is needed"}

    actions: Annotated[list[Any], Field(max_length=MOST_ACTIONS)]  # Any: an unfit action is answered by itself


class Note(Camel):
    """A note to an order or to one of its cabinets."""

    sentences: ClassVar = {"note": "A note needs a text of 1 to 4000 characters."}

    note: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] = Field(
        validation_alias=AliasChoices("note", "notes", "text")
    )


class ActionResult(Camel):
    """What became of one action. After `applied` and `duplicate`, `syncVersion` is the base of the next one."""

    key: str | None
    type: str | None
    order_id: int | None
    outcome: Outcome
    code: str | None = None
    error: str | None = None
    details: dict[str, Any] = Field(default_factory=dict)  # Any: a refusal's facts
    sync_version: int | None = None
    photo_id: int | None = None
    warnings: list[str] = Field(default_factory=list)
    server_version: OrderDetail | None = None


class Pushed(Camel):
    """What became of each action, in their order."""

    results: list[ActionResult]
    server_time: Instant


class PullQuery(Camel):
    """Since when; the `serverTime` of the last answer."""

    since: PhoneTime = None


class Tombstone(Camel):
    """An order that the phone drops, and why."""

    id: int
    reason: Literal["cancelled", "reassigned"]
    cancel_reason: str | None
    at: Instant


class Pulled(Camel):
    """The caller's orders. With `full`, the phone drops whatever is not among them."""

    orders: list[OrderDetail]
    tombstones: list[Tombstone]
    full: bool
    server_time: Instant
