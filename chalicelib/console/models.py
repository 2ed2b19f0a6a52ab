"""What the console is asked, and what it answers."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field

from chalicelib.kit.models import Camel, Model

LONGEST_STATEMENT = 20_000
MOST_ITEMS = 500


class Query(Model):
    """A SELECT over the reporting views; the shipped page sends it as `sql`."""

    sentences: ClassVar = {"query": "The query is too long.", "sql": "The query is too long."}

    query: Annotated[str, Field(max_length=LONGEST_STATEMENT)] = ""
    sql: Annotated[str, Field(max_length=LONGEST_STATEMENT)] = ""

    @property
    def statement(self) -> str:
        """The statement, by whichever name it came."""
        return (self.query or self.sql).strip().rstrip(";").strip()


class QueryAnswer(Model):
    """The rows by column; `truncated` says that there are more than are shown."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]  # Any: values of any type
    count: int
    truncated: bool


class Storage(Model):
    """What a browser had stored: devices as the old application's, and planograms by key."""

    devices: Annotated[
        list[dict[str, Any]], Field(max_length=MOST_ITEMS, default_factory=list)
    ]  # Any: checked one by one
    planograms: Annotated[dict[str, dict[str, Any]], Field(max_length=MOST_ITEMS, default_factory=dict)]


class Migrated(Camel):
    """How much was brought in, and why the rest was not."""

    success: bool = True
    migrated_devices: int
    migrated_planograms: int
    errors: Sequence[str]
