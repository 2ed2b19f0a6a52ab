"""The first admin, made from the secret of the stage."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.identity.service.bootstrap import FirstAdmin, bootstrap_admin, first_admin
from chalicelib.kit.db import Connection
from chalicelib.kit.errors import BadRequest, Conflict
from chalicelib.kit.settings import settings
from tests.identity.conftest import SignIn
from tests.support.client import Client
from tests.support.services import TestCloud
from tools.bootstrap.__main__ import main


@pytest.fixture
def stored(database: dict[str, str], cloud: TestCloud) -> dict[str, str]:
    """What the stage's secret holds."""
    secret = cloud.place.client("secretsmanager").get_secret_value(SecretId=settings().bootstrap_secret)
    content: dict[str, str] = json.loads(secret["SecretString"])
    return content


@pytest.mark.rule("BR-025", "BR-032")
def test_the_first_admin_signs_in_and_has_to_change_the_password(
    stored: dict[str, str], sign_in: SignIn, client: Client, db: Connection, audited: Callable[[str], list[Any]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert main() == 0
    assert stored["password"] not in capsys.readouterr().out

    answer = sign_in(stored["username"], stored["password"])

    assert answer.status == 200
    assert (answer.json["user"]["role"], answer.json["user"]["must_change_password"]) == ("admin", True)
    me = client.with_headers({"Authorization": f"Bearer {answer.json['tokens']['accessToken']}"})
    assert me.get("/api/users").json["code"] == "PASSWORD_CHANGE_REQUIRED"
    body = {"currentPassword": stored["password"], "newPassword": "Another5Horse"}
    assert me.post("/api/auth/change-password", json=body).status == 200
    assert me.get("/api/users").json["users"] == []
    assert db.value("SELECT is_protected FROM users")
    [event] = audited("user.created")
    assert (event["actor"], event["actor_id"]) == ("system", None)


def test_it_may_be_repeated(stored: dict[str, str], sign_in: SignIn, db: Connection) -> None:
    assert [bootstrap_admin(first_admin()) for _ in range(3)] == ["created", "there already", "there already"]
    assert db.value("SELECT count(*) FROM users") == 1
    assert sign_in(stored["username"], stored["password"]).status == 200


def test_after_half_of_it_the_rest_follows(stored: dict[str, str], sign_in: SignIn, db: Connection) -> None:
    bootstrap_admin(first_admin())
    db.execute("DELETE FROM users")

    assert bootstrap_admin(first_admin()) == "created"
    assert sign_in(stored["username"], stored["password"]).status == 200


def test_an_imported_admin_of_that_name_is_protected_and_keeps_the_password(
    stored: dict[str, str], db: Connection
) -> None:
    db.execute(
        """
        INSERT INTO users (username, email, role, legacy_password_hash)
        VALUES (%(name)s, 'a@b.example', 'admin', 'x')
        """,
        name=stored["username"].upper(),
    )

    assert bootstrap_admin(first_admin()) == "protected"
    assert db.value("SELECT is_protected AND legacy_password_hash = 'x' FROM users")


def test_the_name_of_somebody_else_is_not_taken_over(stored: dict[str, str], db: Connection) -> None:
    db.execute(
        "INSERT INTO users (username, email, role) VALUES (%(name)s, 'a@b.example', 'viewer')", name=stored["username"]
    )

    with pytest.raises(Conflict):
        bootstrap_admin(first_admin())


@pytest.mark.parametrize(
    "other", [{"password": "weak"}, {"username": "with space"}, {"email": "plain"}], ids=lambda other: next(iter(other))
)
def test_a_secret_that_makes_no_good_admin_is_refused(
    stored: dict[str, str], db: Connection, other: dict[str, str]
) -> None:
    with pytest.raises(BadRequest):
        bootstrap_admin(FirstAdmin.model_validate({**stored, **other}))
    assert db.value("SELECT count(*) FROM users") == 0
