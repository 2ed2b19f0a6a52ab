"""Made-up sales for trying the system out."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from chalicelib.kit.models import Camel, Model
from chalicelib.sales.models.periods import NO_DAY, Day

LONGEST_DAYS = 365


class DemoAsked(Model):
    """For which days, or for how many up to today, and for what share of the devices each day."""

    sentences: ClassVar[Mapping[str, str]] = {"date_from": NO_DAY, "date_to": NO_DAY}

    date_from: Day | None = None
    date_to: Day | None = None
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = 30
    devices_per_day: Annotated[float, Field(ge=0, le=1)] = Field(default=1.0, alias="devicesPerDay")
    clear_existing: bool = Field(default=False, alias="clearExisting")


class DemoMade(Camel):
    """How many sales were made up and for which days, and how many earlier made-up ones were taken away."""

    success: bool
    count: int
    sales_created: int
    sales_removed: int
    days_of_data: int
    date_from: date
    date_to: date
    start_date: date
    end_date: date
