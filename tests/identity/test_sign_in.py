"""Signing in by name and password."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn

IPAD = "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


@pytest.mark.rule("US-001", "BR-007", "BR-013")
def test_right_credentials_give_a_cookie_a_session_and_tokens(
    sign_in: SignIn, driver: SignedIn, db: Connection
) -> None:
    answer = sign_in(driver.username, PASSWORD, headers={"User-Agent": IPAD})

    assert answer.status == 200
    user = answer.json["user"]
    assert {name: user[name] for name in ("id", "username", "email", "role")} == {
        "id": driver.user_id,
        "username": driver.username,
        "email": driver.email,
        "role": "driver",
    }
    assert "orders.execute" in user["permissions"]
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie.value == answer.json["tokens"]["accessToken"]
    assert answer.json["tokens"]["tokenType"] == "Bearer"
    device = db.value("SELECT device_type FROM sessions WHERE id::text = %(id)s", id=answer.json["session_id"])
    assert device == "tablet"
    assert answer.json["session_id"] not in answer.json["tokens"]["accessToken"]
