"""The services that everything else is tested on."""

from chalicelib.kit.db import Connection
from tests.support.client import Client
from tests.support.people import SignedIn


def test_every_test_gets_a_migrated_database(db: Connection) -> None:
    assert db.value("SELECT version_num FROM alembic_version") is not None


def test_the_liveness_answer_comes_through_the_gateway(client: Client) -> None:
    answer = client.get("/api/health")

    assert answer.status == 200
    assert answer.json == {"status": "healthy"}


def test_a_signed_in_client_has_a_session(driver: SignedIn) -> None:
    assert driver.session_id
