"""An admin's own SELECT: what it shows, and that nothing else can be done with it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from chalicelib.console.service import asking
from chalicelib.kit import reporting
from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.people import SignedIn


def ask(admin: SignedIn, statement: str) -> object:
    answer = admin.post("/api/query", json={"query": statement})
    return answer.json if answer.status == 200 else (answer.status, answer.json["error"])


@pytest.mark.parametrize("name", ["query", "sql"])
def test_a_select_is_answered_by_either_name(admin: SignedIn, db: Connection, name: str) -> None:
    factories.device(db, "111")

    answer = admin.post("/api/query", json={name: " SELECT asset, route FROM devices ; "})

    assert answer.json == {
        "columns": ["asset", "route"],
        "rows": [{"asset": "111", "route": None}],
        "count": 1,
        "truncated": False,
    }


def test_values_of_any_type_are_shown(admin: SignedIn) -> None:
    statement = (
        "SELECT 1.5::numeric AS a, date '2026-03-04' AS b, '{1,2}'::int[] AS c, '\\x0f'::bytea AS d,"
        " interval '1 day' AS e, true AS f, 1 AS a"
    )

    assert ask(admin, statement) == {
        "columns": ["a", "b", "c", "d", "e", "f", "a_2"],
        "rows": [{"a": 1.5, "b": "2026-03-04", "c": [1, 2], "d": "0f", "e": "1 day, 0:00:00", "f": True, "a_2": 1}],
        "count": 1,
        "truncated": False,
    }


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "DELETE FROM devices",
        "UPDATE devices SET asset = 'x'",
        "SET ROLE cvd_app",
        "DO $$ BEGIN END $$",
        "COPY x TO '/x'",
    ],
)
def test_only_a_select_is_run(admin: SignedIn, statement: str) -> None:
    assert ask(admin, statement) == (400, "Only SELECT queries are allowed")


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("SELECT 1; DELETE FROM devices", "cannot insert multiple commands into a prepared statement"),
        ("SELECT * FROM public.users", "permission denied for table users"),
        ("SELECT * FROM public.sessions", "permission denied for table sessions"),
        ("SELECT * FROM public.audit_events", "permission denied for table audit_events"),
        ("WITH gone AS (DELETE FROM devices RETURNING 1) SELECT * FROM gone", "cannot delete from view"),
        ("SELECT nothing FROM devices", 'column "nothing" does not exist'),
        ("SELECT set_config('role', 'cvd_app', false)", "permission denied to set role"),
        ("SELECT set_config('transaction_read_only', 'off', false)", "transaction read-write mode"),
        ("SELECT pg_read_file('/etc/passwd')", "permission denied for function pg_read_file"),
        ("SELECT lo_create(0)", "cannot execute lo_create() in a read-only transaction"),
        ("SELECT nextval('public.users_id_seq')", "permission denied"),
        ("SELECT * FROM devices FOR UPDATE", "permission denied"),
        ("SELEC", "Only SELECT"),
    ],
)
def test_what_the_role_may_not_do_is_told_in_the_databases_words(admin: SignedIn, statement: str, problem: str) -> None:
    status, error = ask(admin, statement)  # type: ignore[misc]  # a refusal

    assert status == 400
    assert problem in error


def test_rows_are_limited(admin: SignedIn) -> None:
    told = admin.post("/api/query", json={"query": "SELECT * FROM generate_series(1, 1001) n"}).json

    assert (told["count"], told["truncated"], told["rows"][-1]) == (1000, True, {"n": 1000})


def test_a_statement_without_end_is_ended(admin: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "SECONDS", 1)

    assert ask(admin, "SELECT pg_sleep(30)") == (400, "The query took longer than 1 seconds: narrow it.")


def test_an_answer_that_is_too_large_is_refused(admin: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LARGEST_ANSWER", 100)

    assert ask(admin, "SELECT repeat('x', 101)") == (
        400,
        "The answer is larger than 4 MB: select fewer columns or rows.",
    )


def test_every_statement_is_in_the_trail(admin: SignedIn, db: Connection) -> None:
    ask(admin, "SELECT 1 AS one")
    ask(admin, "SELECT * FROM public.users")

    trail = db.values(
        """
        SELECT jsonb_build_array(outcome, details ->> 'statement', details ->> 'rows')
          FROM audit_events
         WHERE action = 'query.run'
         ORDER BY id
        """
    )
    assert trail == [["success", "SELECT 1 AS one", "1"], ["failed", "SELECT * FROM public.users", "0"]]


def test_the_thirty_first_statement_of_a_minute_is_refused(
    admin: SignedIn, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2026, 3, 4, 17, 0, tzinfo=UTC))

    statuses = [admin.post("/api/query", json={"query": "SELECT 1"}).status for _ in range(31)]

    assert statuses == [200] * 30 + [429]
