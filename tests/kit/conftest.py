"""A small app of probes: endpoints that exist only to see how the kit carries any request."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chalice.app import Blueprint

from chalicelib.kit import endpoint as declarations
from chalicelib.kit.app import App
from chalicelib.kit.db import Connection
from tests.kit.probes import declare
from tests.support.client import Client, gateway_of
from tests.support.people import Person, SignedIn


@pytest.fixture
def probe_gateway(database: dict[str, str]) -> Iterator[Any]:
    """The probes behind Chalice's local gateway; their declarations are forgotten afterwards."""
    before = list(declarations._declared)
    blueprint = Blueprint(__name__)
    declare(blueprint)
    app = App(app_name="probes")
    app.register_blueprint(blueprint)
    app.answer_preflights()
    app.answer_unknown_paths()
    yield gateway_of(app)
    declarations._declared[:] = before


@pytest.fixture
def anybody(probe_gateway: Any) -> Client:
    """A client of the probes without a token."""
    return Client(probe_gateway)


@pytest.fixture
def sign_in(probe_gateway: Any, db: Connection, _people: dict[str, Person]) -> Callable[[str], SignedIn]:
    """A signed-in client of the probes, by role."""
    return lambda role: SignedIn(probe_gateway, db, _people[role])
