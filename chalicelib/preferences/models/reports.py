"""What browsers report about themselves."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.kit.models import Camel, Moment
from chalicelib.preferences.models.kept import storable

Kind = Literal["event", "error"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Anything = Annotated[Any, AfterValidator(storable)]  # Any: the browser's own, free in form


class Report(Camel):
    """What goes with every report. Whom it names as the user is not looked at: nobody has signed it."""

    data: Anything = None
    timestamp: Moment | None = None
    session: Annotated[str, StringConstraints(max_length=100)] | None = None


class EventReport(Report):
    """Something happened in the driver app."""

    name: Name


class ErrorReport(Report):
    """Something went wrong in a page."""

    type: Name
    user_agent: Annotated[str, StringConstraints(max_length=2000)] | None = None
    url: Annotated[str, StringConstraints(max_length=2000)] | None = Field(default=None)
