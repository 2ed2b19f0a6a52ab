"""The bases of everything that crosses the border: what enters is validated, what leaves is typed."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic.alias_generators import to_camel


class Model(BaseModel):
    """A message whose fields have the same names here and on the wire. Unknown fields are ignored."""

    # Validators are built on first use: a function imports many models and uses few.
    model_config = ConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, from_attributes=True, defer_build=True
    )

    sentences: ClassVar[Mapping[str, str]] = {}
    """Sentences for a person, by field (or `*`), where the contract wants its own words for bad input."""


class Camel(Model):
    """A message in snake_case here and camelCase on the wire."""

    model_config = ConfigDict(alias_generator=to_camel)


_NUMBER = re.compile(r"\s*[-+]?[0-9.]+\s*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _instant_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _currency_units(cents: int) -> float:
    return cents / 100


Instant = Annotated[datetime, PlainSerializer(_instant_text, return_type=str, when_used="json")]
"""A moment; ISO-8601 in UTC with `Z` and milliseconds on the wire."""


def _text_of_a_moment(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and not _NUMBER.fullmatch(value)):
        return value
    raise ValueError("Give a moment as a text, as 2026-03-04T17:00:00Z.")


Moment = Annotated[AwareDatetime, BeforeValidator(_text_of_a_moment)]
"""A moment that comes in: ISO-8601 with a zone; never a number, which could be seconds or milliseconds."""


def _text_of_a_day(value: object) -> object:
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("Give a day as YYYY-MM-DD.")


Day = Annotated[date, BeforeValidator(_text_of_a_day)]
"""A day that comes in, written YYYY-MM-DD; never a number, which pydantic would take for seconds."""

Money = Annotated[int, PlainSerializer(_currency_units, return_type=float, when_used="json")]
"""An amount in cents here; a JSON number in currency units on the wire."""

Flag = Annotated[bool, PlainSerializer(int, return_type=int, when_used="json")]
"""A truth that the contract spells 0 or 1."""

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
"""The key of a row."""

Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""A number of things that a column of the database can hold."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that has to say something; surrounding blanks are dropped."""


def _cents(value: object) -> int:
    """Cents of an amount in currency units; anything that is not an amount of whole cents is refused."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("Give an amount of money as a number.")  # noqa: TRY004 - pydantic reports ValueErrors
    try:
        cents = Decimal(str(value)) * 100
    except ArithmeticError as error:
        raise ValueError("Give an amount of money as a number.") from error
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise ValueError("Give an amount of money with at most two decimals.")
    return int(cents)


PriceIn = Annotated[int, BeforeValidator(_cents)]
"""An amount that arrives in currency units and is cents from here on."""
