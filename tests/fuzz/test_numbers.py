"""No number is so large that it fails here: whatever stands for it in a body, the answer is one that is meant."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.contract.requests import REQUESTS
from tests.contract.world import NOON, World
from tests.support import geocoder
from tests.support.client import Client
from tests.support.people import SignedIn

HUGE = (2**31, -(2**31) - 1, 2**53 + 1, 2**63, 2**70, 1e300)
READS_ONLY = {"GET", "DELETE"}


@dataclass
class Recorder:
    """Passes requests on to a gateway, and remembers them."""

    gateway: Any
    sent: list[tuple[str, str, Mapping[str, str], bytes]] = field(default_factory=list)

    @property
    def caller(self) -> Any:
        return self.gateway.caller

    def handle_request(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Any:
        self.sent.append((method, path, headers, body))
        return self.gateway.handle_request(method, path, headers, body)


@pytest.fixture
def recorder(client: Client, admin: SignedIn, manager: SignedIn, driver: SignedIn, viewer: SignedIn) -> Recorder:
    """What all clients go through."""
    recorder = Recorder(client._gateway)
    for one in (client, admin, manager, driver, viewer):
        one._gateway = recorder  # type: ignore[assignment] # the same to a client
    return recorder


@pytest.fixture
def world(
    db: Connection,
    recorder: Recorder,
    client: Client,
    admin: SignedIn,
    manager: SignedIn,
    driver: SignedIn,
    viewer: SignedIn,
    clock_at: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    """A small fleet at noon, with a geocoder that answers."""
    clock_at(NOON)
    with geocoder.serving(monkeypatch):
        yield World(db, client, admin, manager, driver, viewer)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every number of a body, and to every text that is one."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from places(inner, (*way, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value[:2]):
            yield from places(inner, (*way, number))
    elif (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isdigit()
    ):
        yield way


def changed(body: Any, way: tuple[Any, ...], number: float) -> Any:
    """The body with a number in a place."""
    whole = copy.deepcopy(body)
    inner = whole
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = number
    return whole


@pytest.mark.parametrize("name", REQUESTS)
def test_a_number_beyond_all_bounds_is_answered_like_any_other(name: str, world: World, recorder: Recorder) -> None:
    assert REQUESTS[name].send(world).status < 500
    method, path, headers, content = recorder.sent[-1]
    if method in READS_ONLY or not headers.get("content-type", "").startswith("application/json"):
        return
    body = json.loads(content)

    answers = {
        (way, number): recorder.gateway.handle_request(
            method, path, {**headers, "content-length": ""}, json.dumps(changed(body, way, number)).encode()
        )["statusCode"]
        for way in places(body)
        for number in HUGE
    }

    assert {asked: status for asked, status in answers.items() if status >= 500} == {}
