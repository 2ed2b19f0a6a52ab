"""Page by page: the calls of the existing frontend, in its order, answered as its scripts need."""

from collections.abc import Mapping

import pytest

from chalicelib.kit.db import Connection
from tests.pages.conftest import Begin
from tests.pages.script import scripts

SCRIPTS = scripts()
VISITS = [(name, role) for name, script in SCRIPTS.items() for role in script.roles]

COUNTED_EACH_TIME = {
    "POST /analytics/event",
    "POST /auth/login",
    "POST /chat",
    "POST /errors/track",
    "POST /sales/generate-demo-data",
}
"""Each is an event of its own: a report, a sign-in, a question, sales to try things with."""

TRACES = {"activity_events", "audit_events", "idempotency_keys", "outbox", "rate_limits"}
"""Tables that tell of requests, not of what they did."""


@pytest.mark.parametrize(("name", "role"), VISITS)
def test_a_page_gets_what_its_script_reads(name: str, role: str, visit: Begin) -> None:
    page = visit(SCRIPTS[name], role)

    assert page.steps
    for step in page.steps:
        page.read(step, page.send(step))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_write_that_the_frontend_repeats_does_nothing_more(name: str, visit: Begin, db: Connection) -> None:
    """Its client repeats a call whose answer was lost, without a key."""
    page = visit(SCRIPTS[name], SCRIPTS[name].roles[0])

    for step in page.steps:
        page.read(step, page.send(step))
        if step.method == "GET" or step.status >= 300 or step.call in COUNTED_EACH_TIME:
            continue
        before = rows(db)
        again = page.send(step)
        assert again.status < 500, f"{step.call}: {again.text}"
        assert rows(db) == before, step.call


def rows(db: Connection) -> Mapping[str, int]:
    """How many rows each table holds."""
    tables = db.values(
        """
        SELECT relname::text
          FROM pg_class
         WHERE relkind IN ('r', 'p')
           AND relnamespace = 'public'::regnamespace
           AND NOT relispartition
        """
    )
    return {table: db.value(f"SELECT count(*) FROM {table}") for table in tables if table not in TRACES}  # noqa: S608
