"""Healthy endpoints beside sick ones: they get everything at once, and the sick get it when they are well again."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.kit.settings import settings
from chalicelib.partners.service import delivering
from tests.partners.conftest import hand_on
from tests.support.people import SignedIn
from tools.webhooks.receiver import Receiver, Reply

EVENTS = 12
SICK = {"hangs": Reply(after_seconds=30), "fails": Reply(500), "gone": Reply(410)}


def test_the_healthy_get_all_at_once_and_the_sick_when_they_have_recovered(
    monkeypatch: pytest.MonkeyPatch,
    subscribe: Callable[..., dict[str, Any]],
    receiver: Receiver,
    admin: SignedIn,
    manager: SignedIn,
    db: Connection,
) -> None:
    monkeypatch.setenv("CVD_WEBHOOKS_TIMEOUT_SECONDS", "2")
    settings.cache_clear()
    paths = [f"/{kind}/{number}" for kind in (*SICK, "well") for number in (1, 2)]
    webhooks = {path: subscribe(receiver.url(path), ["location.*"])["id"] for path in paths}
    receiver.replies.update({path: SICK[path.split("/")[1]] for path in paths if not path.startswith("/well")})
    for number in range(EVENTS):
        assert manager.post("/api/locations", json={"name": f"Depot {number}"}).status in (200, 201)
    hand_on()

    with ThreadPoolExecutor(len(webhooks)) as workers:
        list(workers.map(delivering.work, webhooks.values()))

    for path in ("/well/1", "/well/2"):
        assert len(receiver.at(path)) == len({arrival.id for arrival in receiver.at(path)}) == EVENTS
    hung = [one.at for one in receiver.arrivals if one.path.startswith("/hangs")]
    assert len(hung) == 2 * delivering.WAVE, "one wave each, then a rest"
    states = db.values("SELECT jsonb_build_array(status, count(*)) FROM webhook_deliveries GROUP BY status")
    assert sorted(states) == [["delivered", 2 * EVENTS], ["pending", 6 * EVENTS]]

    receiver.replies.clear()
    receiver.closing.set()
    for webhook_id in webhooks.values():
        path = f"/api/webhooks/{webhook_id}"
        assert admin.patch(path, json={"enabled": True}).status == 200
        assert admin.post(f"{path}/replay", json={"since": "2020-01-01T00:00:00Z"}).status == 202
        delivering.work(webhook_id)

    arrived = Counter((one.path, one.id) for one in receiver.arrivals)
    assert len(arrived) == len(paths) * EVENTS
    assert db.value("SELECT count(*) FROM webhook_deliveries WHERE status <> 'delivered'") == 0
