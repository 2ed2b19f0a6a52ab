"""What admins can set, and the company's own facts."""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, field_validator

from chalicelib.kit.models import Model, Money, PriceIn

Prefix = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^/", min_length=2, max_length=200)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
Hour = Annotated[int, Field(ge=0, le=24)]


class SystemSettings(Model):
    """The settings of the system with their defaults (domain.md 8.7). A change names those that shall change."""

    sentences: ClassVar = {"session_idle_display_minutes": "session_idle_display_minutes must be three rising numbers"}

    activity_monitoring_enabled: bool = True
    activity_retention_days: Annotated[int, Field(ge=7, le=3650)] = 90
    activity_summary_retention_days: Annotated[int, Field(ge=30, le=3650)] = 730
    activity_excluded_prefixes: Annotated[list[Prefix], Field(max_length=50, default_factory=list)]
    session_idle_display_minutes: Annotated[
        list[Minutes], Field(min_length=3, max_length=3, default_factory=lambda: [5, 15, 25])
    ]
    alert_concurrent_sessions: Annotated[int, Field(ge=1, le=100)] = 2
    alert_rapid_navigation_per_minute: Annotated[int, Field(ge=1, le=1000)] = 20
    brute_force_max_attempts: Annotated[int, Field(ge=3, le=10)] = 5
    brute_force_window_minutes: Annotated[int, Field(ge=1, le=60)] = 10
    brute_force_lock_minutes: Annotated[int, Field(ge=15, le=120)] = 30
    account_lock_minutes: Annotated[int, Field(ge=15, le=120)] = 15
    export_max_per_hour: Annotated[int, Field(ge=1, le=30)] = 10
    export_max_rows_per_hour: Annotated[int, Field(ge=1, le=10_000_000)] = 10_000
    export_bulk_rows: Annotated[int, Field(ge=1, le=1_000_000)] = 1_000
    geo_enabled: bool = False
    business_hours: Annotated[list[Hour], Field(min_length=2, max_length=2, default_factory=lambda: [6, 20])]
    incident_auto_create: bool = True
    photos_required: bool = False
    sales_hot_months: Annotated[int, Field(ge=13, le=1200)] = 24

    @field_validator("session_idle_display_minutes")
    @classmethod
    def _rising(cls, given: list[int]) -> list[int]:
        if not given[0] < given[1] < given[2]:
            raise ValueError("the minutes must rise")
        return given

    @field_validator("business_hours")
    @classmethod
    def _a_day(cls, given: list[int]) -> list[int]:
        if not given[0] < given[1]:
            raise ValueError("the first hour must come before the last")
        return given

    @field_validator("geo_enabled")
    @classmethod
    def _off(cls, given: bool) -> bool:
        if given:
            raise ValueError("there is no source of locations, so sign-ins cannot be located (BR-164)")
        return given


class Company(Model):
    """The company's own facts. The first day of the week: 0 is Sunday."""

    company_name: str
    time_zone: str
    currency: str
    week_start: int
    monthly_revenue_target: Money
    milestone_month: Money
    default_par_percent: int
    minutes_per_cabinet: int


class CompanyChange(Model):
    """What shall change; what is left out stays."""

    company_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] | None = None
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = None
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    week_start: Annotated[int, Field(ge=0, le=6)] | None = None
    monthly_revenue_target: Annotated[PriceIn, Field(gt=0, le=2**31 - 1)] | None = None
    milestone_month: Annotated[PriceIn, Field(gt=0, le=2**31 - 1)] | None = None
    default_par_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    minutes_per_cabinet: Annotated[int, Field(ge=1, le=240)] | None = None
