"""Counting what wants attention."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.costs import statements_of
from tests.support.factories import Fill
from tests.support.people import SignedIn

BADGES = (
    "/api/devices/alert-count",
    "/api/inventory/low-stock-count",
    "/api/maintenance/due-count",
    "/api/notifications/unread-count",
)


def metrics(db: Connection, device_id: int, dri_days: int) -> None:
    db.execute(
        """
        INSERT INTO device_metrics (device_id, sold_out_count, dri_days, units_to_par, calculated_at)
        VALUES (%(id)s, 0, %(days)s, 0, now())
        """,
        id=device_id,
        days=dri_days,
    )


@pytest.mark.parametrize("path", BADGES)
def test_a_quiet_fleet_wants_nothing(viewer: SignedIn, path: str) -> None:
    assert viewer.get(path).json == {"count": 0, "notifications": []}


def test_critical_and_silent_machines_are_counted(manager: SignedIn, db: Connection) -> None:
    critical, fine, silent, gone = (factories.device(db, f"M{n}") for n in range(4))
    for device, days in ((critical, 1), (fine, 2), (gone, 0)):
        metrics(db, device.id, days)
    db.execute("INSERT INTO dex_machines (device_id, silent_since) VALUES (%(id)s, '2025-08-01')", id=silent.id)
    factories.delete_device(db, gone.id)

    badge = manager.get("/api/devices/alert-count").json

    assert badge["count"] == 2
    assert [(line["id"], line["title"], line["message"]) for line in badge["notifications"]] == [
        (critical.id, "Machine M0", "runs out in 1 day(s)"),
        (silent.id, "Machine M2", "has not been read for longer than usual"),
    ]
    assert badge["notifications"][1]["timestamp"] == 1754006400000
    assert badge["notifications"][1]["data"] == {"deviceId": silent.id, "asset": "M2", "soldOutCount": None}
    assert badge["notifications"][1]["read"] is False


def test_the_threshold_is_that_of_route_planning(manager: SignedIn, db: Connection) -> None:
    metrics(db, factories.device(db).id, 2)
    manager.put("/api/route-planning/config", json={"criticalDriThreshold": 2})

    assert manager.get("/api/devices/alert-count").json["count"] == 1


def test_slots_with_a_quarter_of_par_or_less_are_low(viewer: SignedIn, db: Connection) -> None:
    cabinet = factories.device(db, "M1").cabinets[0]
    cola = factories.product(db, "Cola")
    factories.fill(db, cabinet, {"A1": Fill(cola, 0), "A2": Fill(cola, 2), "A3": Fill(cola, 3), "A4": Fill(cola, 8)})

    badge = viewer.get("/api/inventory/low-stock-count").json

    assert badge["count"] == 2
    assert [(line["title"], line["message"]) for line in badge["notifications"]] == [
        ("Cola in A1 of machine M1", "0 left, par is 8"),
        ("Cola in A2 of machine M1", "2 left, par is 8"),
    ]


def test_machines_without_a_visit_for_thirty_days_are_due(viewer: SignedIn, db: Connection) -> None:
    old, visited, fresh = (factories.device(db, f"M{n}") for n in range(3))
    for device in (old, visited):
        db.execute("UPDATE devices SET created_at = now() - interval '90 days' WHERE id = %(id)s", id=device.id)
    for device, days, voided in ((old, 31, False), (old, 1, True), (visited, 29, False)):
        db.execute(
            """
            INSERT INTO service_visits (device_id, visited_at, service_type, technician_id, units_restocked, voided_at,
                                        void_reason)
            SELECT %(id)s, now() - make_interval(days => %(days)s), 'routine', min(id), 0,
                   CASE WHEN %(voided)s THEN now() END, CASE WHEN %(voided)s THEN 'wrong' END
              FROM users
            """,
            id=device.id,
            days=days,
            voided=voided,
        )

    badge = viewer.get("/api/maintenance/due-count").json

    assert [line["id"] for line in badge["notifications"]] == [old.id]
    day = (datetime.now(UTC) - timedelta(days=31)).date()
    assert badge["notifications"][0]["message"] == f"was last visited on {day}"
    assert fresh.id not in [line["id"] for line in badge["notifications"]]


@pytest.mark.rule("BR-095")
def test_drivers_count_the_machines_of_their_own_routes(driver: SignedIn, db: Connection) -> None:
    own = factories.device(db, route_id=factories.route(db, driver_id=driver.user_id))
    foreign = factories.device(db, route_id=factories.route(db))
    for device in (own, foreign):
        metrics(db, device.id, 0)
        factories.fill(db, device.cabinets[0], {"A1": Fill(factories.product(db))})
        db.execute("UPDATE devices SET created_at = now() - interval '90 days' WHERE id = %(id)s", id=device.id)

    counts = [driver.get(path).json["count"] for path in BADGES]

    assert counts == [1, 1, 1, 3]


def test_notifications_are_all_that_waits_newest_first(admin: SignedIn, manager: SignedIn, db: Connection) -> None:
    device = factories.device(db, "M1", route_id=factories.route(db, "North"))
    metrics(db, device.id, 0)
    factories.order(db, db.value("SELECT route_id FROM devices"), device.cabinets[0])
    db.execute(
        """
        INSERT INTO security_alerts (alert_type, severity, description, created_at)
        VALUES ('brute_force', 'warning', 'Many failures', now() + interval '1 minute')
        """
    )

    seen = {person.role: person.get("/api/notifications/unread-count").json for person in (admin, manager)}

    assert (seen["admin"]["count"], seen["manager"]["count"]) == (3, 2)
    first = seen["admin"]["notifications"][0]
    assert (first["type"], first["title"], first["message"]) == ("security_alert", "Brute Force", "Many failures")
    assert {line["type"] for line in seen["manager"]["notifications"]} == {"service_order", "device_alert"}


@pytest.mark.rule("US-043")
@pytest.mark.parametrize("path", BADGES)
def test_the_number_of_statements_does_not_grow_with_the_fleet(
    manager: SignedIn, db: Connection, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    one = statements_of(caplog, lambda: manager.get(path))
    for _ in range(15):
        device = factories.device(db)
        metrics(db, device.id, 0)
        factories.fill(db, device.cabinets[0], {"A1": Fill(factories.product(db))})

    assert statements_of(caplog, lambda: manager.get(path)) == one
    badge = manager.get(path).json
    assert len(badge["notifications"]) <= 10
