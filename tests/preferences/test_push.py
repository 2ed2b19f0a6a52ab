"""Keeping and forgetting push subscriptions."""

from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn

ENDPOINT = "https://push.example.com/send/abc"
KEYS = {"p256dh": "B" * 87, "auth": "A" * 22}


def subscription(endpoint: str = ENDPOINT, **keys: str) -> dict[str, Any]:
    return {
        "subscription": {"endpoint": endpoint, "expirationTime": None, "keys": KEYS | keys},
        "deviceInfo": {"userAgent": "Phone", "platform": "Android", "language": "en"},
    }


def kept(db: Connection) -> list[tuple[int, str]]:
    users = db.values("SELECT user_id FROM push_subscriptions ORDER BY id")
    return list(zip(users, db.values("SELECT endpoint FROM push_subscriptions ORDER BY id"), strict=True))


def test_the_same_browser_again_is_kept_once(driver: SignedIn, db: Connection) -> None:
    answers = [driver.post("/api/push/subscribe", json=subscription(auth=key * 22)) for key in "AAB"]

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert answers[0].json == {"success": True}
    assert kept(db) == [(driver.user_id, ENDPOINT)]
    assert db.value("SELECT auth FROM push_subscriptions") == "B" * 22


def test_a_browser_belongs_to_whoever_signed_in_last(driver: SignedIn, manager: SignedIn, db: Connection) -> None:
    driver.post("/api/push/subscribe", json=subscription())
    manager.post("/api/push/subscribe", json=subscription())

    assert kept(db) == [(manager.user_id, ENDPOINT)]


def test_only_the_newest_twenty_of_a_user_are_kept(driver: SignedIn, db: Connection) -> None:
    for number in range(22):
        driver.post("/api/push/subscribe", json=subscription(f"https://push.example.com/{number}"))

    assert [endpoint for _, endpoint in kept(db)] == [f"https://push.example.com/{n}" for n in range(2, 22)]


def test_a_browser_is_forgotten_by_its_own_user_only(driver: SignedIn, viewer: SignedIn, db: Connection) -> None:
    driver.post("/api/push/subscribe", json=subscription())

    assert viewer.post("/api/push/unsubscribe", json={"endpoint": ENDPOINT}).status == 200
    assert len(kept(db)) == 1
    assert [driver.post("/api/push/unsubscribe", json={"endpoint": ENDPOINT}).status for _ in range(2)] == [200, 200]
    assert kept(db) == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.com/1",
        "https://localhost/1",
        "https://10.0.0.1/1",
        "https://[::1]/1",
        "https://metadata.google.internal/",
        "javascript:alert(1)",
        "https://push.example.com/" + "x" * 2000,
        "https://[broken",
    ],
)
def test_what_is_no_push_service_of_the_open_internet_is_refused(driver: SignedIn, endpoint: str) -> None:
    assert driver.post("/api/push/subscribe", json=subscription(endpoint)).status == 400


@pytest.mark.parametrize("body", [{}, {"subscription": {"endpoint": ENDPOINT}}, subscription(auth="with blanks")])
def test_a_subscription_has_an_endpoint_and_keys(driver: SignedIn, body: dict[str, Any]) -> None:
    assert driver.post("/api/push/subscribe", json=body).status == 400
