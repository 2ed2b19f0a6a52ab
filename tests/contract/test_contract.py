"""The contract of the existing frontend, endpoint by endpoint: docs/spec/contract.yaml held to the real answers."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib import registry
from chalicelib.kit.db import Connection
from chalicelib.kit.endpoint import declared
from tests.contract.requests import REQUESTS
from tests.contract.shape import SHAPES, differences, empty_places
from tests.contract.world import NOON, World
from tests.support import geocoder
from tests.support.client import Client
from tests.support.people import SignedIn

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.

CONTRACT = yaml.safe_load((Path(__file__).parents[2] / "docs" / "spec" / "contract.yaml").read_text())
ENDPOINTS: Mapping[str, Mapping[str, Any]] = {one["id"]: one for one in CONTRACT["endpoints"]}


def plain(path: str) -> str:
    """Return a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


ROUTES = {f"{route.method} {plain(route.path)}": route for route in declared()}


@pytest.fixture
def world(
    db: Connection,
    client: Client,
    admin: SignedIn,
    manager: SignedIn,
    driver: SignedIn,
    viewer: SignedIn,
    clock_at: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """A small fleet at noon."""
    clock_at(NOON)
    with geocoder.serving(monkeypatch):
        yield World(db, client, admin, manager, driver, viewer)


def test_every_endpoint_of_the_contract_is_asked_and_has_a_shape() -> None:
    assert set(REQUESTS) == set(ENDPOINTS)
    assert {name for name in SHAPES if not name.startswith("_")} == set(ENDPOINTS)


def test_every_field_that_the_contract_lists_is_in_the_shape() -> None:
    gaps = [f"{name}: {gap}" for name in ENDPOINTS for gap in _forgotten(_body(name), SHAPES[name], "")]

    assert set(gaps) == LEFT_OUT


@pytest.mark.parametrize("name", ENDPOINTS)
def test_the_answer_has_the_fields_and_types_of_the_contract(name: str, world: World) -> None:
    answer = REQUESTS[name].send(world)

    assert answer.status == REQUESTS[name].status, answer.text
    value = answer.json if answer.headers["content-type"] == "application/json" else answer.text
    assert list(differences(value, SHAPES[name])) == []
    assert set(empty_places(value, SHAPES[name])) <= MAY_BE_EMPTY.get(name, set())


@pytest.mark.parametrize("name", ENDPOINTS)
def test_the_roles_are_those_of_the_permission_table(name: str) -> None:
    route = ROUTES[plain(ENDPOINTS[name]["endpoint"])]

    assert frozenset(route.roles) == REQUESTS[name].roles


MAY_BE_EMPTY: Mapping[str, set[str]] = {
    "badge-device-alerts": {".notifications"},
    "badge-maintenance": {".notifications"},
    "badge-notifications": {".notifications"},
    "dex-grid-info": {".errors"},
    "security-dashboard": {".suspicious_activities", ".blocked_ips"},
}
"""Arrays that nothing in the small fleet fills; what they hold is proven elsewhere."""

LEFT_OUT = {
    "activity-health: .checks.database.error",
    "auth-login: .session_id",
    "health: .database",
    "kb-articles: .articles[].content",
    "kb-articles: .articles[].search_content",
    "kb-articles: .articles[].file_path",
    "kb-articles: .articles[].content_hash",
    "kb-articles: .articles[].file_modified_time",
}
"""Fields that the contract itself says to leave out, as they leak; and the error of a check, which is a 503 here."""


def _body(name: str) -> Any:
    return (ENDPOINTS[name].get("response") or {}).get("body")


def _forgotten(listed: Any, shape: Any, path: str) -> Iterator[str]:
    """Yield the fields of the contract that the shape leaves out."""
    if isinstance(listed, list) and isinstance(shape, list):
        yield from _forgotten(listed[0], shape[0], f"{path}[]")
    if not isinstance(listed, dict) or not isinstance(shape, dict):
        return
    known = {key.removeprefix("maybe "): inner for key, inner in shape.items()}
    for key, inner in listed.items():
        if key in known:
            yield from _forgotten(inner, known[key], f"{path}.{key}")
        else:
            yield f"{path}.{key}"
