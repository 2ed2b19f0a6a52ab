"""What every route costs the database: as many statements for many rows as for few, and no large table for little."""

from collections.abc import Mapping

import psycopg
import pytest

from chalicelib import registry
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.endpoint import declared
from tests.contract.world import World
from tests.cost import plans
from tests.cost.conftest import FLEET, Worlds
from tests.cost.requests import LARGER, REFUSED, Send, plain, requests

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.

ROUTES: Mapping[str, Declaration] = {f"{route.method} {plain(route.path)}": route for route in declared()}
REQUESTS = requests()

OF_THE_FLEET = frozenset(
    {
        "devices",
        "device_cabinets",
        "planograms",
        "slots_of_planograms",
        "locations",
        "routes",
        "users",
        "device_metrics",
        "dex_machines",
    }
)
"""Tables that are as large as the fleet and do not grow with time: a request for the whole fleet reads them whole."""


IN_BATCHES = {"POST /api/metrics/calculate": 500}
"""Routes that do the whole fleet, so many devices at a time: each batch says the same."""


def sent(name: str, send: Send, world: World) -> None:
    answer = send(world)
    assert answer.status == REFUSED[name][1] if name in REFUSED else answer.status < 400, answer.text


def test_every_route_is_asked() -> None:
    assert ROUTES.keys() == REQUESTS.keys()
    assert LARGER.keys() <= REQUESTS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(REQUESTS.keys() & ROUTES.keys()))
def test_many_rows_cost_as_many_statements_as_few_and_no_scan(name: str, worlds: Worlds) -> None:
    few, heard = worlds.alone()
    sent(name, REQUESTS[name], few)
    for_few = heard.said

    many, heard = worlds.among_many(only_looking=name.startswith("GET"))
    sent(name, LARGER.get(name, REQUESTS[name]), many)
    for_many = heard.said

    said_for_many, said_for_few = [str(one.query) for one in for_many], [str(one.query) for one in for_few]
    if name in IN_BATCHES:
        batches = -(-(FLEET.devices + 10) // IN_BATCHES[name])
        assert set(said_for_many) == set(said_for_few)
        assert len(said_for_many) <= batches * len(said_for_few)
    else:
        assert said_for_many == said_for_few
    with psycopg.connect(_as_the_application(many), autocommit=True) as connection:
        scans = list(plans.explained(connection, for_many))
    whole = scans if name in IN_BATCHES else [scan for scan in scans if scan.table in OF_THE_FLEET]
    assert [scan for scan in scans if not (scan in whole and scan.part > plans.MOST_OF_IT)] == []


def _as_the_application(world: World) -> str:
    info = world.db.raw.info
    return f"postgresql://cvd_app@/{info.dbname}?host={info.host}&options=-ctimezone%3DUTC"
