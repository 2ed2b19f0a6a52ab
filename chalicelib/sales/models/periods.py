"""Days, as parameters."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from chalicelib.kit.models import Model

NO_DAY = "Invalid date format. Use YYYY-MM-DD"


def _as_written(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError(NO_DAY)
    return value


Day = Annotated[date, BeforeValidator(_as_written), Field(ge=date(1970, 1, 2), le=date(9000, 1, 1))]
"""A day of the company, written YYYY-MM-DD."""


class Days(Model):
    """From a day to a day, both included (BR-150)."""

    sentences: ClassVar[Mapping[str, str]] = {"start_date": NO_DAY, "end_date": NO_DAY}

    start_date: Day | None = None
    end_date: Day | None = None


class SummaryAsked(Days):
    """By what to sum up: device, product, or else date."""

    group_by: str = Field(default="device", alias="groupBy")
