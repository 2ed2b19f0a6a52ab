"""The counts that the menu shows."""

from collections.abc import Mapping, Sequence

from chalicelib.kit.models import Camel


class Notice(Camel):
    """One line of a badge; `timestamp` in milliseconds since 1970."""

    id: int
    type: str
    title: str
    message: str
    timestamp: int
    data: Mapping[str, int | str | None]
    read: bool = False


class Badge(Camel):
    """How many there are, and the first of them."""

    count: int
    notifications: Sequence[Notice]
