"""Days, as parameters."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from chalicelib.kit import models
from chalicelib.kit.models import Model
from chalicelib.kit.paging import Paged

NO_DAY = "Invalid date format. Use YYYY-MM-DD"


Day = Annotated[models.Day, Field(ge=date(1970, 1, 2), le=date(9000, 1, 1))]
"""A day of the company, written YYYY-MM-DD."""


class Days(Model):
    """From a day to a day, both included (BR-150)."""

    sentences: ClassVar[Mapping[str, str]] = {"start_date": NO_DAY, "end_date": NO_DAY}

    start_date: Day | None = None
    end_date: Day | None = None


class SummaryAsked(Days, Paged):
    """By what to sum up: device, product, or else date."""

    group_by: str = Field(default="device", alias="groupBy")
