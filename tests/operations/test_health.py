"""Whether the service answers, and whether it can serve requests; neither tells a secret."""

import pytest

from chalicelib.kit import db as kit_db
from chalicelib.kit import schema
from chalicelib.kit.db import Connection
from chalicelib.kit.settings import settings
from tests.support.client import Client


@pytest.mark.rule("US-111")
def test_liveness_is_what_the_pages_expect(client: Client) -> None:
    assert client.get("/api/health").json == {"status": "healthy"}


@pytest.mark.rule("US-111")
def test_readiness_tells_the_state_of_each_part(client: Client) -> None:
    answer = client.get("/api/health/ready")

    assert answer.status == 200
    assert answer.json == {
        "status": "ready",
        "version": "0.1.0",
        "database": "ok",
        "schema_revision": schema.REVISION,
        "schema_expected": schema.REVISION,
        "identity": "ok",
        "outbox_waiting": 0,
    }


def test_a_schema_that_is_behind_is_not_ready(client: Client, db: Connection) -> None:
    db.execute("UPDATE alembic_version SET version_num = '0001'")

    answer = client.get("/api/health/ready")

    assert (answer.status, answer.json["status"], answer.json["schema_revision"]) == (503, "not_ready", "0001")


def test_a_database_that_is_away_is_told_and_nothing_else(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://cvd_app:hidden@127.0.0.1:9/cvd")
    settings.cache_clear()
    kit_db.close_all()

    answer = client.get("/api/health/ready")

    assert (answer.status, answer.json["database"]) == (503, "failing")
    assert "hidden" not in answer.text
    assert client.get("/api/health").status == 200
