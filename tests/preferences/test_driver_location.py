"""Telling where a driver is."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn

NOW = datetime(2025, 8, 6, 12, tzinfo=UTC)
HERE = {
    "latitude": 42.331427,
    "longitude": -83.045754,
    "accuracy": 12.5,
    "speed": None,
    "heading": 270,
    "timestamp": "2025-08-06T11:59:00.000Z",
    "driverId": 4711,
    "driverName": "somebody else",
    "deviceId": "driver_1_x",
}


def tell(driver: SignedIn, **facts: Any) -> int:
    return driver.post("/api/driver/location", json=HERE | facts).status


def test_the_dispatcher_sees_where_the_driver_of_the_session_is(driver: SignedIn, manager: SignedIn, clock_at) -> None:  # type: ignore[no-untyped-def]
    clock_at(NOW)

    assert tell(driver) == 200
    assert manager.get("/api/driver/locations").json == [
        {
            "driverId": driver.user_id,
            "driverName": driver.username,
            "latitude": 42.331427,
            "longitude": -83.045754,
            "accuracy": 12.5,
            "speed": None,
            "heading": 270,
            "timestamp": "2025-08-06T11:59:00.000Z",
        }
    ]


def test_only_the_latest_place_is_kept_whatever_the_order(driver: SignedIn, db: Connection, clock_at) -> None:  # type: ignore[no-untyped-def]
    clock_at(NOW)
    for minute, latitude in ((10, 1), (30, 3), (20, 2)):
        tell(driver, latitude=latitude, timestamp=f"2025-08-06T11:{minute}:00Z")

    assert db.values("SELECT latitude::int FROM driver_locations") == [3]


def test_a_phone_whose_clock_is_ahead_does_not_keep_later_places_out(  # type: ignore[no-untyped-def]
    driver: SignedIn, db: Connection, clock_at, advance
) -> None:
    clock_at(NOW)
    tell(driver, latitude=1, timestamp="2031-01-01T00:00:00Z")
    advance(minutes=1)
    tell(driver, latitude=2, timestamp=None)

    assert db.values("SELECT latitude::int FROM driver_locations") == [2]


def test_where_somebody_was_a_day_ago_is_not_told(driver: SignedIn, manager: SignedIn, clock_at, advance) -> None:  # type: ignore[no-untyped-def]
    clock_at(NOW)
    tell(driver)
    advance(hours=7)
    assert len(manager.get("/api/driver/locations").json) == 1
    advance(hours=7)
    manager.get("/api/driver/locations")
    advance(hours=7)
    manager.get("/api/driver/locations")
    advance(hours=3)

    assert manager.get("/api/driver/locations").json == []


def test_minus_one_stands_for_unknown(driver: SignedIn, db: Connection) -> None:
    assert tell(driver, speed=-1, heading=-1) == 200
    assert db.values("SELECT coalesce(speed_mps, heading_degrees) FROM driver_locations") == [None]


@pytest.mark.rule("US-113")
def test_only_drivers_tell_and_only_dispatchers_see(driver: SignedIn, manager: SignedIn, viewer: SignedIn) -> None:
    assert tell(manager) == 403
    assert (viewer.get("/api/driver/locations").status, driver.get("/api/driver/locations").status) == (403, 403)


@pytest.mark.parametrize(
    "facts",
    [
        {"latitude": 91},
        {"longitude": -181},
        {"latitude": None},
        {"accuracy": -1},
        {"heading": 361},
        {"timestamp": "noon"},
    ],
)
def test_what_is_no_place_is_refused(driver: SignedIn, facts: dict[str, Any]) -> None:
    assert tell(driver, **facts) == 400
