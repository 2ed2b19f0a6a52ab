"""Reporting what happened in a browser, and forgetting it."""

from typing import Any

import pytest

from chalicelib.kit import job
from chalicelib.kit.db import Connection
from chalicelib.preferences.service import reporting
from tests.support.client import Client
from tests.support.people import SignedIn

EVENT = {
    "name": "sync-success",
    "data": {"orders": 3},
    "timestamp": "2025-08-06T11:59:00.000Z",
    "session": "s-1",
    "user": 4711,
}
ERROR = {
    "type": "javascript-error",
    "data": {"message": "x is undefined", "line": 12},
    "timestamp": "2025-08-06T11:59:00.000Z",
    "session": "s-1",
    "userAgent": "Phone",
    "url": "https://app.cvd.example/pages/driver-app/",
}


def test_an_event_is_taken_down_without_a_session(client: Client, db: Connection) -> None:
    answer = client.post("/api/analytics/event", json=EVENT)

    assert (answer.status, answer.json) == (200, {"success": True})
    assert db.values("SELECT row(kind, name, content, client_session, host(ip))::text FROM client_reports") == [
        '(event,sync-success,"{""orders"": 3}",s-1,198.51.100.7)'
    ]


def test_an_error_is_taken_down_without_a_session(client: Client, db: Connection) -> None:
    assert client.post("/api/errors/track", json=ERROR).status == 200
    assert db.values("SELECT kind || ' ' || name || ' ' || user_agent || ' ' || page_url FROM client_reports") == [
        "error javascript-error Phone https://app.cvd.example/pages/driver-app/"
    ]


@pytest.mark.parametrize("token", ["Bearer null", "Bearer not.a.token"])
def test_a_dead_session_is_never_told_so_here(client: Client, token: str) -> None:
    stale = client.with_headers({"Authorization": token})

    assert stale.post("/api/analytics/event", json=EVENT).status == 200
    assert stale.post("/api/errors/track", json=ERROR).status == 200


def test_a_driver_signed_in_by_cookie_reports_from_our_own_page(driver: SignedIn, gateway: Any) -> None:
    browser = Client(gateway, headers={"cookie": "session=anything", "origin": "https://app.cvd.example"})

    assert browser.post("/api/analytics/event", json=EVENT).status == 200


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 81}, EVENT | {"timestamp": "noon"}, []])
def test_a_report_without_a_name_is_refused(client: Client, body: object) -> None:
    assert client.post("/api/analytics/event", json=body).status == 400


def test_more_than_16_kib_is_refused(client: Client) -> None:
    assert client.post("/api/errors/track", json=ERROR | {"data": "x" * 17_000}).status == 413


@pytest.mark.parametrize("data", [b"NaN", b"1e999", b'{"a": [Infinity]}'])
def test_what_cannot_be_stored_is_refused(client: Client, data: bytes) -> None:
    body = b'{"name": "x", "data": ' + data + b"}"

    answer = client.post("/api/analytics/event", body=body, headers={"content-type": "application/json"})
    assert answer.status == 400


def test_an_address_gets_so_much_room_and_no_more(client: Client, clock_at, db: Connection) -> None:  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    clock_at(datetime(2025, 8, 6, 12, tzinfo=UTC))
    statuses = {client.post("/api/analytics/event", json=EVENT).status for _ in range(reporting.REPORTS_A_MINUTE)}

    assert statuses == {200}
    assert client.post("/api/errors/track", json=ERROR).status == 429
    assert client.at("203.0.113.9").post("/api/errors/track", json=ERROR).status == 200


def test_reports_are_forgotten_after_thirty_days(client: Client, db: Connection) -> None:
    for days in (1, 29, 31, 400):
        client.post("/api/analytics/event", json=EVENT | {"name": f"{days} days"})
        db.execute(
            "UPDATE client_reports SET created_at = now() - make_interval(days => %(days)s) WHERE name = %(name)s",
            days=days,
            name=f"{days} days",
        )

    assert job.run(reporting.FORGET) == {"reports": 2, "places": 0}
    assert db.values("SELECT name FROM client_reports ORDER BY id") == ["1 days", "29 days"]
