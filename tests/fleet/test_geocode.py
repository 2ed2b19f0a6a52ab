"""Looking up addresses, with a geocoder that answers what real ones answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.fleet import workers
from chalicelib.fleet.queries import locations as queries
from chalicelib.fleet.service import geocoding
from chalicelib.kit import job
from tests.support.geocoder import serving

TICK = {
    "version": "0",
    "account": "123456789012",
    "region": "us-east-1",
    "detail": {},
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "time": "2026-05-01T12:00:00Z",
    "resources": [],
    "id": "1",
}
"""What a schedule sends."""


@pytest.fixture
def geocoder(database: Any, monkeypatch: Any) -> Iterator[None]:
    """A geocoder on this machine, and the settings that point at it."""
    with serving(monkeypatch):
        yield


def locations(client: Any) -> dict[str, tuple[Any, ...]]:
    listed = client.get("/api/locations").json
    return {one["name"]: (one["geocode_status"], one["latitude"], one["longitude"]) for one in listed}


@pytest.mark.rule("US-044")
def test_a_person_looks_up_an_address(manager: Any, geocoder: None) -> None:
    answer = manager.post("/api/geocode", json={"address": " 9000 Middlebelt Rd, Romulus "})

    assert answer.json == {"address": "9000 Middlebelt Rd, Romulus", "latitude": 42.216205, "longitude": -83.3554}


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({}, 400, "Address is required"),
        ({"address": " "}, 400, "Address is required"),
        ({"address": "Nowhere"}, 400, "Failed to geocode address"),
        (
            {"address": "broken"},
            503,
            "Addresses cannot be looked up at the moment. Type the coordinates in, or try again later.",
        ),
    ],
)
def test_what_cannot_be_looked_up_is_refused(manager: Any, geocoder: None, body: Any, status: int, error: str) -> None:
    answer = manager.post("/api/geocode", json=body)

    assert (answer.status, answer.json["error"]) == (status, error)


def test_without_a_geocoder_nothing_is_looked_up(manager: Any) -> None:
    assert manager.post("/api/geocode", json={"address": "Nowhere"}).status == 503


def test_the_twenty_first_question_in_a_minute_is_refused(
    manager: Any, admin: Any, geocoder: None, clock_at: Any
) -> None:
    clock_at(datetime(2026, 5, 1, 12, 0, 30, tzinfo=UTC))
    answers = [manager.post("/api/geocode", json={"address": "Nowhere"}) for _ in range(21)]

    assert [answer.status for answer in answers] == [400] * 20 + [429]
    assert answers[-1].headers["retry-after"] == "30"
    assert admin.post("/api/geocode", json={"address": "Nowhere"}).status == 400


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_look_nothing_up(request: Any, role: str) -> None:
    assert request.getfixturevalue(role).post("/api/geocode", json={"address": "Nowhere"}).status == 403


@pytest.mark.rule("BR-060", "BR-061", "US-044")
def test_addresses_that_wait_are_looked_up_and_a_failure_keeps_the_old_coordinates(
    manager: Any, db: Any, geocoder: None
) -> None:
    manager.post("/api/locations", json={"name": "DTW", "address": "9000 Middlebelt Rd, Romulus"})
    here = {"latitude": 1.5, "longitude": 2.5}
    moved = manager.post("/api/locations", json={"name": "Moved", "address": "Old 1", **here}).json
    manager.put(f"/api/locations/{moved['id']}", json={"name": "Moved", "address": "Nowhere"})

    assert job.run(geocoding.GEOCODE) == {"found": 1, "failed": 1, "waiting": 0}

    assert locations(manager) == {
        "DTW": ("ok", 42.216205, -83.3554),
        "Moved": ("failed", 1.5, 2.5),
        "Warehouse": ("none", None, None),
    }
    assert db.values(
        "SELECT after->>'geocode_status' FROM audit_events WHERE actor_username = 'system' ORDER BY id"
    ) == [
        "ok",
        "failed",
    ]
    assert job.run(geocoding.GEOCODE) == {"found": 0, "failed": 0, "waiting": 0}


@pytest.mark.rule("BR-061")
def test_what_a_person_has_settled_meanwhile_is_left_alone(manager: Any, db: Any, geocoder: None) -> None:
    created = manager.post("/api/locations", json={"name": "DTW", "address": "Old 1"}).json
    (pending,) = queries.pending_addresses(db, 10)
    manager.put(f"/api/locations/{created['id']}", json={"name": "DTW", "address": "New 2"})

    assert queries.settle_address(db, pending, (1.0, 2.0)) is False
    assert locations(manager)["DTW"] == ("pending", None, None)


def test_a_geocoder_that_does_not_answer_lets_addresses_wait_on(manager: Any, db: Any, geocoder: None) -> None:
    manager.post("/api/locations", json={"name": "Broken", "address": "broken"})

    assert workers.geocode(TICK, None) == {"found": 0, "failed": 0, "waiting": 1}
    assert locations(manager)["Broken"][0] == "pending"
    assert db.values("SELECT status FROM job_runs WHERE job = 'geocode'") == ["succeeded"]
