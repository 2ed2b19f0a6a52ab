"""What a view gives back: usually just a model; an `Answer` where a status, a header or a cookie goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any, Generic, TypeVar

from chalicelib.kit.values import value

Content = TypeVar("Content")
Shown = TypeVar("Shown", covariant=True)


@value
class Answer(Generic[Content]):
    """A model with what goes around it. `status` None means the one that the endpoint declares."""

    content: Content
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Sequence[str] = ()
    """Whole Set-Cookie values."""


@value
class Json(Generic[Shown]):
    """What PostgreSQL wrote as the wire has it (`Connection.fetch_json`), and how many rows it is, of a list."""

    text: str
    rows: int | None = None


@value
class Raw:
    """A text that is not JSON, as a page or a CSV file."""

    text: str
    content_type: str


@value
class Written:
    """An answer as it goes over the wire."""

    status: int
    body: str
    headers: dict[str, Any]  # Any: a text, or the several values of one header


def cookie(name: str, value: str, *, max_age: int, secure: bool) -> str:
    """A Set-Cookie value that scripts cannot read and other sites' writes do not carry (BR-013)."""
    parts = [f"{name}={value}", f"Max-Age={max_age}", "Path=/", "HttpOnly", "SameSite=Lax"]
    return "; ".join([*parts, "Secure"] if secure else parts)
