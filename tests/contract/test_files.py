"""Every list and report as a file: the same rows as on the screen, in no wrong hands, limited and written down."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from chalicelib import registry
from chalicelib.kit.db import Connection
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.endpoint import declared
from chalicelib.kit.paging import Paged
from chalicelib.kit.sheet import Sheet
from chalicelib.monitoring.service import raising
from tests.contract.world import NOON, TODAY, World
from tests.orders import pictures
from tests.support import factories
from tests.support.client import Answer, Client
from tests.support.factories import Fill
from tests.support.people import PASSWORD, SignedIn

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.


NOT_LISTS = {
    "/api/admin/activity/health": "tells how the monitor does",
    "/api/admin/activity/trends": "is exported at /api/admin/activity/export",
    "/api/auth/current-user": "is one person",
    "/api/devices/alert-count": "is a badge",
    "/api/devices/{device_id}": "is one device, a row of the list",
    "/api/dex/grid-info/{read_id}": "tells how a read was understood",
    "/api/dex/grid-layout/{read_id}": "draws the rows of pa-records",
    "/api/dex/reads/{read_id}": "is one read, whose records are a list",
    "/api/driver/sync": "is what the driver's phone keeps, with a time to go on from",
    "/api/inventory/low-stock-count": "is a badge",
    "/api/knowledge-base/articles/{article_id}": "is one article",
    "/api/knowledge-base/stats": "counts the articles, which are a list",
    "/api/maintenance/due-count": "is a badge",
    "/api/notifications/unread-count": "is a badge",
    "/api/planograms/optimize/heat-zones": "is advice, drawn over a planogram",
    "/api/security/dashboard": "shows beginnings of lists that are exported whole",
    "/api/service-orders/pending-count": "is a badge",
    "/api/system-config": "are settings",
    "/api/telemetry/files/{file_id}": "tells what became of a partner's file",
    "/api/user/preferences": "are one's own settings",
}
"""What holds an array or an object of its own keys and is no list or report."""

OF_PARTNERS = ("/api/exchange", "/api/partners", "/api/webhook")
"""What connects partners is set up by admins; their own way to take much out is /api/exchange."""


def read() -> Sequence[Declaration]:
    """The routes that read, without those of partners."""
    return [one for one in declared() if one.method == "GET" and not one.path.startswith(OF_PARTNERS)]


FILES = {route.path: route for route in read() if route.sheet}

ASKED: Mapping[str, Mapping[str, str]] = {
    "/api/sales/asset-report": {"start_date": "2026-02-01", "end_date": TODAY},
    "/api/sales/product-report": {"start_date": "2026-02-01", "end_date": TODAY},
    "/api/reports/route-performance": {"start_date": "2026-02-01", "end_date": TODAY},
    "/api/knowledge-base/search": {"q": "planogram"},
}
MAY_BE_EMPTY = {
    "/api/driver/locations",
    "/api/dex/unlinked",
    "/api/devices/{device_id}/dex-mappings",
    "/api/devices/{device_id}/telemetry",
    "/api/telemetry/silent",
}
LOOK_AT_THEMSELVES = {
    "/api/admin/activity/current",
    "/api/admin/activity/history/{user_id}",
    "/api/admin/activity/summary",
    "/api/audit-log",
    "/api/users/{user_id}/activity",
}
"""The look leaves traces in what is looked at, so that the second one shows more."""


@pytest.fixture
def world(
    db: Connection,
    client: Client,
    admin: SignedIn,
    manager: SignedIn,
    driver: SignedIn,
    viewer: SignedIn,
    clock_at: Callable[[datetime], None],
) -> Iterator[World]:
    """A small fleet at noon, of which every list has something to tell."""
    clock_at(NOON)
    world = World(db, client, admin, manager, driver, viewer)
    assert all([world.device, world.deleted_device, world.driven_stop, world.read, world.alert, world.blocked_address])
    assert world.articles is None
    assert world.admin.put(f"/api/users/{world.person}/deactivate").status == 200
    factories.fill(db, world.device.cabinets[0], {"A2": Fill(world.cola)})
    cleared = {"planogramKey": world.planogram, "planogramData": {"A2": None}}
    assert world.manager.post("/api/planograms", json=cleared).status == 200
    assert client.post("/api/auth/login", json={"username": manager.username, "password": PASSWORD}).status == 200
    photo = pictures.form(pictures.png(), orderId=world.order)
    assert world.driver.post("/api/service-orders/photos", **photo).status == 200
    return world


def path(route: Declaration, world: World) -> str:
    known: Mapping[str, Callable[[], Any]] = {
        "device_id": lambda: world.device.id,
        "order_id": lambda: world.order,
        "planogram_key": lambda: world.planogram,
        "position": lambda: "A2",
        "read_id": lambda: world.read,
        "route_id": lambda: world.route,
        "user_id": lambda: world.person if "audit-trail" in route.path else world.admin.user_id,
    }
    if route.path.endswith("/service-orders") and "users" in route.path:
        known = {**known, "user_id": lambda: world.driver.user_id}
    return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]()), route.path)


def reader(route: Declaration, world: World) -> SignedIn:
    return world.manager if "manager" in route.roles else world.admin


def table(answer: Answer) -> list[dict[str, str]]:
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def as_cell(value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        value = "; ".join(str(one) for one in value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@") else text


@pytest.mark.rule("BR-154", "US-057", "US-100")
@pytest.mark.parametrize("name", FILES)
def test_a_file_has_the_rows_of_the_screen(name: str, world: World) -> None:
    route, sheet = FILES[name], FILES[name].sheet
    assert sheet
    who, where, asked = reader(route, world), path(route, world), ASKED.get(name, {})
    shown = who.get(where, params=asked)
    assert shown.status == 200, shown.text

    answer = who.get(where, params={**asked, "format": "csv"})

    rows = sheet.rows_of(shown.json)
    got = table(answer)
    assert rows or name in MAY_BE_EMPTY
    if name in LOOK_AT_THEMSELVES:
        assert len(got) >= len(rows)
    else:
        assert got == [{column: as_cell(row.get(column)) for column in got[0]} for row in rows]
        assert {column for row in rows for column in row} == (set(got[0]) if got else set())
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    logged = world.db.raw.execute(
        "SELECT endpoint, row_count, bytes, user_id, host(ip) FROM data_export_log WHERE format = 'csv'"
    )
    assert list(logged) == [(where, len(got), len(answer.body), who.user_id, "198.51.100.7")]
    noted = "SELECT details ->> 'rows' FROM audit_events WHERE action = 'export.run' AND resource_id = %(where)s"
    assert world.db.values(noted, where=where) == [str(len(got))]


def test_every_list_and_report_can_be_taken_away() -> None:
    lists = {route.path for route in read() if holds_rows(route.inputs.answer)}

    assert lists - set(FILES) == set(NOT_LISTS)
    assert set(NOT_LISTS) & set(FILES) == set()


def holds_rows(hint: Any) -> bool:
    """Whether an answer is or has an array of objects, or an object with keys of its own."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return any(holds_rows(field.annotation) for field in hint.model_fields.values())
    origin = get_origin(hint)
    is_many = isinstance(origin, type) and issubclass(origin, Sequence | Mapping)
    return is_many or any(holds_rows(one) for one in get_args(hint))


def test_a_driver_reads_lists_and_takes_none_away(world: World) -> None:
    assert world.driver.get("/api/devices").status == 200

    answer = world.driver.get("/api/devices", params={"format": "csv"})

    assert answer.status == 403
    assert world.db.value("SELECT count(*) FROM data_export_log") == 0


def test_whom_the_list_is_closed_to_gets_no_file(world: World) -> None:
    assert world.viewer.get("/api/users", params={"format": "csv"}).status == 403
    assert world.nobody.get("/api/devices", params={"format": "csv"}).status == 401


def test_a_format_that_there_is_not_is_refused(viewer: SignedIn) -> None:
    answer = viewer.get("/api/products", params={"format": "xlsx"})

    assert (answer.status, answer.json["error"]) == (400, "format: json or csv")
    assert viewer.get("/api/products", params={"format": ""}).headers["content-type"] == "application/json"


@pytest.mark.rule("BR-154")
def test_a_file_holds_all_pages(viewer: SignedIn, db: Connection) -> None:
    for number in range(7):
        factories.product(db, f"Product {number}", category="soda", price_cents=100)

    whole = table(viewer.get("/api/products", params={"format": "csv"}))
    second = viewer.get("/api/products", params={"format": "csv", "page": 2, "per_page": 3})

    names = [f"Product {number}" for number in range(7)]
    assert [row["name"] for row in whole if row["name"] in names] == names
    assert [row["name"] for row in table(second)] == [row["name"] for row in whole][3:6]


@pytest.mark.rule("BR-154")
def test_sales_beyond_the_largest_page_are_all_in_the_file(world: World) -> None:
    world.db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, 1, 100, %(now)s - number * interval '1 second', 'manual'
          FROM generate_series(1, 6000) number
        """,
        device=world.device.id,
        product=world.cola,
        now=NOON,
    )

    rows = table(world.viewer.get("/api/sales", params={"format": "csv", "device_id": world.device.id}))

    assert len(rows) == len({row["id"] for row in rows}) == 6041
    assert [row["createdAt"] for row in rows] == sorted((row["createdAt"] for row in rows), reverse=True)


@pytest.mark.rule("BR-154")
def test_more_rows_than_a_file_holds_are_refused_with_the_way_to_them(viewer: SignedIn, db: Connection) -> None:
    factories.product(db, "Cola", category="soda", price_cents=200)
    db.execute(
        """
        INSERT INTO products (name, category_id, price_cents)
        SELECT 'Product ' || number, (SELECT min(id) FROM product_categories), 100 FROM generate_series(1, 10001) number
        """
    )

    answer = viewer.get("/api/products", params={"format": "csv"})

    assert (answer.status, answer.json["code"]) == (400, "TOO_MANY_ROWS")
    assert "page=1" in answer.json["error"]
    assert len(table(viewer.get("/api/products", params={"format": "csv", "page": 21, "per_page": 500}))) >= 1
    assert db.values("SELECT row_count FROM data_export_log WHERE row_count > 500") == []


@pytest.mark.rule("BR-155", "US-100")
def test_the_thirty_first_file_of_an_hour_is_refused(
    viewer: SignedIn, db: Connection, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(NOON)
    for _ in range(30):
        assert viewer.get("/api/products", params={"format": "csv"}).status == 200

    answer = viewer.get("/api/products", params={"format": "csv"})

    assert (answer.status, answer.headers["retry-after"]) == (429, "3600")
    assert viewer.get("/api/products").status == 200
    clock_at(NOON + timedelta(hours=1))
    assert viewer.get("/api/products", params={"format": "csv"}).status == 200
    assert db.value("SELECT count(*) FROM data_export_log") == 31


@pytest.mark.rule("US-112")
def test_an_array_can_be_read_page_by_page_and_names_its_neighbours(viewer: SignedIn, db: Connection) -> None:
    for number in range(5):
        factories.product(db, f"Product {number}", category="soda", price_cents=100)
    whole = [row["id"] for row in viewer.get("/api/products?category=soda").json]

    first = viewer.get("/api/products?category=soda&page=1&per_page=2")
    last = viewer.get("/api/products?category=soda&page=3&per_page=2")

    assert [row["id"] for row in first.json] == whole[:2]
    assert first.headers["link"] == '<?page=2&per_page=2&category=soda>; rel="next"'
    assert [row["id"] for row in last.json] == whole[4:]
    assert last.headers["link"] == '<?page=2&per_page=2&category=soda>; rel="prev"'
    assert "link" not in viewer.get("/api/products?category=soda").headers


PAGED = {route.path for route in read() if route.inputs.query and issubclass(route.inputs.query, Paged)}

BOUND_BY_WHAT_THEY_ARE = {
    "/api/cabinet-types": "as many as there are kinds of cabinets",
    "/api/device-types": "as many as there are kinds of devices",
    "/api/driver/locations": "one place a driver",
    "/api/metrics/timeline": "six months",
    "/api/metrics/top-performers": "three",
    "/api/products/categories": "as many as there are categories",
    "/api/service-orders/{order_id}/pick-list": "the products of one order",
}


@pytest.mark.rule("US-112")
def test_every_array_is_bound_by_what_it_is_or_has_pages() -> None:
    arrays = {route.path for route in read() if is_array(route.inputs.answer)}

    assert arrays - PAGED == set(BOUND_BY_WHAT_THEY_ARE)
    assert {"/api/devices", "/api/sales", "/api/routes"} <= PAGED


def is_array(hint: Any) -> bool:
    return get_origin(hint) is list or any(get_origin(one) is list for one in get_args(hint))


@pytest.mark.rule("US-112")
@pytest.mark.parametrize("name", sorted(PAGED))
def test_pages_together_are_the_whole_list(name: str, world: World) -> None:
    route = next(one for one in declared() if (one.method, one.path) == ("GET", name))
    who, where = reader(route, world), path(route, world)
    whole = rows(route, who.get(where))
    pages: list[Any] = []
    for number in range(1, len(whole) + 2):
        pages += rows(route, who.get(where, params={"page": number, "per_page": 1}))

    assert len(whole) > 0
    assert pages == whole
    assert isinstance(route.sheet, Sheet)
    assert 'rel="next"' in who.get(where, params={"page": 1, "per_page": 1}).headers["link"]


def rows(route: Declaration, answer: Answer) -> list[Any]:
    """The rows of an answer, as its sheet finds them."""
    assert answer.status == 200, answer.text
    assert route.sheet
    return [row["value"] if set(row) == {"value"} else row for row in route.sheet.rows_of(answer.json)]


@pytest.mark.rule("US-100", "BR-155")
def test_the_eleventh_file_of_an_hour_raises_an_alert(
    viewer: SignedIn, admin: SignedIn, clock_at: Callable[[datetime], None]
) -> None:
    def alerts() -> list[tuple[str, str]]:
        raising.raise_alerts()
        told = admin.get("/api/admin/activity/alerts").json["data"]["alerts"]
        return [(alert["alert_type"], alert["username"]) for alert in told]

    clock_at(NOON)
    for _ in range(10):
        assert viewer.get("/api/products", params={"format": "csv"}).status == 200
    assert alerts() == []

    assert viewer.get("/api/products", params={"format": "csv"}).status == 200

    assert alerts() == [("data_export", viewer.username)]
