"""The audit trail as admins read it."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from chalicelib.kit.models import Instant, Model, Moment

LARGEST_PAGE = 200

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


class AuditQuery(Model):
    """Which rows: by actor's name, action or its first part (`device`), resource, outcome, and time.

    `before` is the `next` of the page before.
    """

    sentences: ClassVar = {"before": "before must be the `next` of the page before"}

    actor: Word = ""
    action: Word = ""
    resource: Word = ""
    resource_id: Word = ""
    outcome: Word = ""
    since: Moment | None = None
    until: Moment | None = None
    before: Annotated[str, StringConstraints(pattern=r"^\d{1,17}-\d{1,18}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 50


class AuditRow(Model):
    """Who did what to what, with the fields that changed."""

    id: int
    at: Instant
    actor_id: int | None
    actor_username: str
    actor_role: str | None
    action: str
    resource_type: str
    resource_id: str | None
    outcome: str
    before: Mapping[str, Any] | None  # Any: the fields of any resource
    after: Mapping[str, Any] | None
    details: Mapping[str, Any] | None
    ip_address: str | None
    user_agent: str | None
    request_id: str | None


class AuditPage(Model):
    """Rows, newest first; `next` asks for those before them, and is null at the end."""

    events: list[AuditRow]
    next: str | None
