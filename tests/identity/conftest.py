"""What the tests of identity share: users who sign in with a password, and a look at what they left behind."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support.client import Answer, Client

SignIn = Callable[..., Answer]


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    """Send a sign-in: `sign_in("name", "password", at="192.0.2.1")`."""

    def send(username: str, password: str, *, at: str = "192.0.2.1", headers: dict[str, str] | None = None) -> Answer:
        body = {"username": username, "password": password}
        return client.at(at).post("/api/auth/login", json=body, headers=headers or {})

    return send


@pytest.fixture
def audited(db: Connection) -> Callable[..., list[Any]]:
    """Look into the audit trail: the rows of an action, as `[(actor_username, resource_id, outcome, details)]`."""

    def look(action: str) -> list[Any]:
        return db.values(
            """
            SELECT jsonb_build_object('actor', actor_username, 'actor_id', actor_id, 'resource_id', resource_id,
                                      'outcome', outcome, 'details', details, 'before', before, 'after', after,
                                      'ip', host(ip))
              FROM audit_events
             WHERE action = %(action)s
             ORDER BY id
            """,
            action=action,
        )

    return look
