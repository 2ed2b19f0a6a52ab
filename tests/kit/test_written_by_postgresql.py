"""What PostgreSQL writes for the wire is what the models say, for every route that answers so."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter, computed_field

from chalicelib import registry
from chalicelib.fleet.queries import devices, locations
from chalicelib.kit import shown
from chalicelib.kit.answer import Json
from chalicelib.kit.db import Connection
from chalicelib.kit.endpoint import declared
from chalicelib.kit.models import Camel, Flag, Instant, Model, Money
from chalicelib.kit.paging import Paged
from chalicelib.sales.models.reports import AssetReport, Number
from chalicelib.sales.queries import reports
from tests.planning.sold import sell
from tests.support import factories

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.

WHOLE_FLEET: Any = SimpleNamespace(sight={"devices": None})
AUGUST = date(2025, 8, 1), date(2025, 8, 31)

LISTS: dict[str, Callable[[Connection], Json[Any]]] = {
    "devices": lambda db: devices.all_devices(db, Paged(), seen_by=WHOLE_FLEET),
    "a page of devices": lambda db: devices.all_devices(db, Paged(page=2, per_page=1), seen_by=WHOLE_FLEET),
    "locations": lambda db: locations.all_locations(db, Paged(), seen_by=WHOLE_FLEET),
    "sales by device": lambda db: reports.by_device(db, None, None, Paged()),
    "sales by product": lambda db: reports.by_product(db, *AUGUST, Paged()),
    "sales by day": lambda db: reports.by_day(db, None, None, Paged()),
    "nothing": lambda db: reports.by_day(db, date(2001, 1, 1), date(2001, 1, 1), Paged()),
}
PROVEN = {"list_devices", "list_locations", "sales_summary"} | {"asset_report"}
"""The last by tests/sales/test_asset_report.py."""


class ByPython(Connection):
    """Answers as the rest of the lists do: rows by their columns, written by the model."""

    def fetch_json(self, model: type[Any], sql: str, **params: Any) -> Json[Any]:
        rows = self.fetch(model, sql, **params)
        return Json(TypeAdapter(list[model]).dump_json(rows, by_alias=True).decode(), len(rows))


@pytest.fixture
def fleet(db: Connection) -> None:
    """Names that have to be escaped, instants between milliseconds, cents, and nulls."""
    cola = factories.product(db, 'Cola "zero" \\ 50%')
    places = [factories.location(db, name) for name in ("Zoë's <Bar> \u2028 \U0001f964", "Plain\tTab", "NUL-less \x7f")]
    for number, place in enumerate(places):
        route = factories.route(db, f"Route {number}") if number else None
        device = factories.device(db, f"A{number}", cabinets=("Cooler", "Ambient"), route_id=route, location_id=place)
        for day in range(1, 4):
            sold_at = datetime(2025, 8, day, 12, tzinfo=UTC)
            sell(db, device.id, cola, units=number + 1, revenue_cents=number * 1001 + day, sold_at=sold_at)
    db.execute(
        """
        UPDATE locations
           SET created_at = '2025-08-01 23:59:59.999999+00', updated_at = '2025-12-31 23:59:60+00',
               latitude = 42.300001, longitude = -83.1, geocode_status = 'ok'
         WHERE id = %(id)s
        """,
        id=places[0],
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_the_same_written_by_postgresql_as_by_its_model(name, db, fleet):
    by_postgresql, by_python = LISTS[name](db), LISTS[name](ByPython(db.raw))

    # Pairs keep the order of the fields, and types are told apart where JSON has two: a number and a truth.
    assert _pairs(by_postgresql.text) == _pairs(by_python.text)
    assert by_postgresql.rows == by_python.rows
    assert (by_postgresql.rows == 0) == (name == "nothing")


def _pairs(text: str) -> Any:
    found = json.loads(
        text, object_pairs_hook=lambda pairs: [(key, type(value) is bool, value) for key, value in pairs]
    )
    assert isinstance(found, list)
    return found


def test_every_route_that_answers_so_is_proven():
    answering = {route.name for route in declared() if _gives_json(get_type_hints(route.view)["return"])}

    assert answering == PROVEN


def _gives_json(hint: Any) -> bool:
    return get_origin(hint) is Json or any(_gives_json(part) for part in get_args(hint))


class Everything(Camel):
    """A field of each form on the wire."""

    happened_at: Instant
    maybe_at: Instant | None
    price: Money
    maybe_price: Money | None
    share_percent: Number
    is_new: Flag
    on_day: date
    some_text: str | None


def test_every_form_on_the_wire_is_known(db):
    one = """
        SELECT '2025-03-04 05:06:07.0089+00'::timestamptz AS happened_at, NULL::timestamptz AS maybe_at, 1995 AS price,
               NULL::bigint AS maybe_price, 33.3 AS share_percent, true AS is_new, '2025-03-04'::date AS on_day,
               NULL::text AS some_text
    """

    assert db.fetch_json_one(Everything, one).text == (
        '{"happenedAt":"2025-03-04T05:06:07.008Z","maybeAt":null,"price":19.95,"maybePrice":null,'
        '"sharePercent":33.3,"isNew":1,"onDay":"2025-03-04","someText":null}'
    )
    assert _pairs(db.fetch_json(Everything, one).text) == _pairs(ByPython(db.raw).fetch_json(Everything, one).text)


def test_a_form_that_only_python_knows_is_refused():
    class Computed(Model):
        name: str

        @computed_field
        def loud(self) -> str:
            return self.name.upper()

    with pytest.raises(TypeError, match="computed"):
        shown.columns(Computed, "one")


def test_the_fields_of_a_report_are_those_of_its_model():
    assert shown.columns(AssetReport, "one").count(" AS ") == len(AssetReport.model_fields)
