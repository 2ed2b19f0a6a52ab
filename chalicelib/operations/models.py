"""What the operations endpoints answer."""

from typing import Literal

from chalicelib.kit.models import Model

State = Literal["ok", "failing"]


class Health(Model):
    """Liveness."""

    status: Literal["healthy"]


class Readiness(Model):
    """Readiness, part by part; no addresses, no versions of libraries, no secrets."""

    status: Literal["ready", "not_ready"]
    version: str
    database: State
    schema_revision: str | None
    schema_expected: str
    identity: State
    outbox_waiting: int | None
