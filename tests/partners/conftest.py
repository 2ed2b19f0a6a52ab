"""What the tests of partners ask for: API clients, a receiver on this machine, a way to let everything be delivered."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.kit import outbox
from chalicelib.kit.db import Connection
from chalicelib.partners.service import delivering
from tests.partners.programs import Programs
from tests.support.people import SignedIn
from tests.support.services import TestCloud
from tools.local import feeding
from tools.webhooks.receiver import Receiver


@pytest.fixture
def programs(admin: SignedIn, gateway: Any, cloud: TestCloud) -> Programs:
    """Makes API clients as an admin does, and calls as they do."""
    return Programs(admin, gateway, cloud.environment["CVD_TOKEN_URL"])


@pytest.fixture
def program(programs: Programs) -> Callable[..., Any]:
    """Make an API client and get a token: `program(scopes=["devices:read"], rows={"deviceIds": [1]})`."""
    return programs.join


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that notes what arrives."""
    with Receiver() as server:
        yield server


@pytest.fixture
def subscribe(admin: SignedIn) -> Callable[..., dict[str, Any]]:
    """Subscribe a URL: `subscribe(receiver.url("/a"), ["device.*"])`; the answer with its secret."""

    def make(url: str, event_types: list[str] | None = None, **more: Any) -> dict[str, Any]:
        answer = admin.post("/api/webhooks", json={"url": url, "eventTypes": event_types or ["*"], **more})
        assert answer.status == 201, answer.text
        made: dict[str, Any] = answer.json
        return made

    return make


def hand_on() -> None:
    """Relay what waits in the outbox and make the deliveries of it, through the queue."""
    while outbox.relay():
        pass
    (fan_out,) = [one for one in feeding.fed() if one.name == "webhooks_fan_out"]
    while feeding.feed(fan_out, feeding.take(fan_out)):
        pass


def deliver(db: Connection) -> None:
    """Hand on what waits, and work once on every webhook."""
    hand_on()
    for webhook_id in db.values("SELECT id FROM webhook_endpoints ORDER BY id"):
        delivering.work(webhook_id)
