"""What is known about a route: all that its request's course, its description and its function are derived from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kit.errors import Refusal
from chalicelib.kit.inputs import Inputs
from chalicelib.kit.roles import Role
from chalicelib.kit.scopes import Rows, Scope
from chalicelib.kit.sheet import Sheet
from chalicelib.kit.web import SAFE_METHODS

View = Callable[..., Any]


@dataclass(frozen=True, eq=False)
class Declaration:
    """Everything that is known about a route; OpenAPI, the Lambda, its role and the permission tests read it here."""

    method: str
    path: str
    view: View
    roles: tuple[Role, ...]
    refusals: tuple[type[Refusal], ...]
    status: int
    grants: tuple[str, ...]
    memory: int
    timeout: int
    concurrency: int | None
    layers: tuple[str, ...]
    ships: tuple[str, ...]
    largest_body: int
    own_transactions: bool
    keeps_answer: bool
    observed: bool
    media: str
    refused_as: type | None
    sheet: Sheet | None
    scope: Scope | None
    rows: Rows
    inputs: Inputs = field(repr=False)

    @property
    def is_public(self) -> bool:
        """Whether it needs no token."""
        return not self.roles

    @property
    def reads_only(self) -> bool:
        """Whether it runs in a read-only transaction."""
        return self.method in SAFE_METHODS

    @property
    def name(self) -> str:
        """The name of the view, which is the operation's id."""
        return self.view.__name__
