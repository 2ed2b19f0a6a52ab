"""How many requests a user may make in a minute, whatever they are (domain.md §8.6)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from chalicelib.kit.db import Connection
from chalicelib.kit.settings import Settings, settings
from tests.support.people import SignedIn

NOON = datetime(2026, 3, 4, 17, 0, 20, tzinfo=UTC)


@pytest.fixture
def three_a_minute(database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CVD_REQUESTS_A_MINUTE", "3")
    settings.cache_clear()


def test_one_more_than_the_limit_is_refused_until_the_minute_is_over(
    viewer: SignedIn, manager: SignedIn, clock_at: Callable[[datetime], None], three_a_minute: None
) -> None:
    clock_at(NOON)
    assert [viewer.get("/api/products").status for _ in range(3)] == [200, 200, 200]

    refused = viewer.get("/api/products")

    assert (refused.status, refused.json["code"], refused.headers["retry-after"]) == (429, "RATE_LIMITED", "40")
    assert viewer.post("/api/service-orders", json={}).status == 429
    assert manager.get("/api/products").status == 200
    clock_at(NOON.replace(minute=1, second=0))
    assert viewer.get("/api/products").status == 200


def test_what_is_refused_is_not_counted_and_what_fails_is(
    viewer: SignedIn, db: Connection, clock_at: Callable[[datetime], None], three_a_minute: None
) -> None:
    clock_at(NOON)
    statuses = [viewer.get(path).status for path in ("/api/users", "/api/products/999", *["/api/products"] * 3)]

    assert statuses == [403, 404, 200, 429, 429]
    assert db.values("SELECT hits FROM rate_limits WHERE scope = 'requests'") == [3]


def test_where_it_is_deployed_the_limit_is_three_hundred_and_on_a_laptop_none() -> None:
    needed = {"DATABASE_URL": "x", "CVD_USER_POOL_ID": "x", "CVD_USER_POOL_CLIENT_ID": "x"}

    def limit(**more: str) -> int | None:
        return Settings.model_validate({**needed, **more}).most_requests_a_minute

    assert [limit(CVD_STAGE=stage) for stage in ("prod", "dev", "local", "test")] == [300, 300, None, None]
    assert limit(CVD_STAGE="prod", CVD_REQUESTS_A_MINUTE="500") == 500
