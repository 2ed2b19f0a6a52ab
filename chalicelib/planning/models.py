"""What planning knows and what its endpoints say."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainSerializer, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Model
from chalicelib.kit.values import value
from chalicelib.planning.rules import Health, Priority, SlotFigures, Source, Thresholds

Number = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""An exact decimal here; a JSON number on the wire."""

MOST_DEVICES = 1000


@value
class ProductSales:
    """What a device sold of a product that it holds now."""

    device_id: int
    product_id: int
    units_28d: int
    units_all_time: int
    days_with_sales: int
    first_sold_at: datetime | None


@value
class SlotStock:
    """An occupied slot of a live cabinet; `product_capacity` is that of all the device's slots of its product."""

    slot_id: int
    device_id: int
    cabinet_id: int
    position: str
    product_id: int
    product_name: str
    quantity: int
    capacity: int
    par_level: int
    product_capacity: int


@value
class PlannedSlot:
    """A slot with what its product sold and the figures that follow."""

    stock: SlotStock
    sales: ProductSales
    figures: SlotFigures


@value
class RoutePlanning:
    """The settings of route planning."""

    critical_dri_days: int
    warning_dri_days: int
    ok_dri_days: int
    auto_select_critical: bool
    metrics_ttl_minutes: int
    preview_horizon_days: int

    @property
    def thresholds(self) -> Thresholds:
        """The bounds of the health classes."""
        return Thresholds(self.critical_dri_days, self.warning_dri_days, self.ok_dri_days)


@value
class DeviceState:
    """A live device: its last visit, the days of the last 28 on which it reported sales, and its stored figures."""

    device_id: int
    last_visit_at: datetime | None
    days_collected: int
    sold_out_count: int | None
    dri_days: int | None
    daily_velocity: Decimal | None
    product_level_pct: Decimal | None
    units_to_par: int | None
    calculated_at: datetime | None


class DeviceMetrics(Camel):
    """How a device is stocked. `data_collection_rate` is the share of the last 28 days with reported sales."""

    device_id: int
    sold_out_count: int
    days_remaining_inventory: int
    data_collection_rate: Number
    product_level_percent: Number | None
    units_to_par: int
    daily_consumption_rate: Number
    days_since_service: Number | None
    health_class: Health
    last_calculated: Instant
    cached: bool


class DeviceSelection(Camel):
    """Which devices are asked about."""

    device_ids: Annotated[list[Id], Field(max_length=MOST_DEVICES)]

    @model_validator(mode="before")
    @classmethod
    def _in_the_contracts_words(cls, given: Any) -> Any:  # Any: whatever JSON came
        asked = given.get("deviceIds", given.get("device_ids")) if isinstance(given, dict) else None
        if asked is None:
            raise ValueError("Device IDs array is required")
        if not isinstance(asked, list):
            raise ValueError("deviceIds must be an array")  # noqa: TRY004 - pydantic reports ValueErrors
        return given


class SlotMetrics(Camel):
    """How a slot is stocked, how long that lasts, and what par would suit it."""

    slot_id: int
    cabinet_id: int
    position: str
    product_id: int
    product_name: str
    quantity: int
    capacity: int
    par_level: int
    is_sold_out: bool
    days_remaining_inventory: int
    product_level_percent: int
    units_to_par: int
    units_to_capacity: int
    units_28d: int = Field(alias="units28d")
    units_all_time: int
    days_with_sales: int
    daily_velocity: Number
    velocity_source: Source
    priority: Priority
    suggested_par: int


class ProductOutlook(Camel):
    """How long a product lasts in a device, over all of its slots."""

    product_id: int
    product_name: str
    quantity: int
    slots: int
    daily_velocity: Number
    days_remaining_inventory: int


class DeviceOutlook(Camel):
    """The slots of a device, and its products with what runs out first at the front."""

    device_id: int
    slots: Sequence[SlotMetrics]
    products: Sequence[ProductOutlook]


class Season(Camel):
    """By how many percent the season raises or lowers what is suggested."""

    season_percent: Annotated[int, Field(ge=-15, le=20)] = 0


class Recalculation(Model):
    """How many slots were calculated, as of when, and whether those are all."""

    success: bool
    processed: int
    timestamp: Instant
    complete: bool


class PlanningConfig(Camel):
    """The settings of route planning, by the names of the contract."""

    critical_dri_threshold: int
    warning_dri_threshold: int
    ok_dri_threshold: int
    auto_select_critical: bool
    metrics_cache_ttl_minutes: int
    preview_horizon_days: int


class PlanningConfigChange(Camel):
    """The settings to change; what is left out stays as it is."""

    critical_dri_threshold: int | None = None
    warning_dri_threshold: int | None = None
    ok_dri_threshold: int | None = None
    auto_select_critical: bool | None = None
    metrics_cache_ttl_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    preview_horizon_days: Annotated[int, Field(ge=0, le=60)] | None = None


class Done(Model):
    """A sentence that says what was done."""

    message: str


class StockFigures(Camel):
    """How a cabinet, or all cabinets of a device, is stocked, as the route planner reads it."""

    sold_out_count: int
    days_remaining_inventory: int
    daily_consumption_rate: Number
    product_level_percent: Number
    units_to_pick: int
    total_slots: int
    fill_rate_percent: Number
    health_class: Health
    preselected: bool


@value
class Stop:
    """A device as a stop of a trip; `rank` is its place when the neediest machines come first."""

    rank: int
    metrics: DeviceMetrics
    whole: StockFigures
    cabinets: Mapping[int, StockFigures]
