"""Users of the legacy application sign in with their old password once; from then on the pool has it."""

import hashlib
from collections.abc import Callable

import pytest

from chalicelib.identity import legacy_hash
from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support.client import Client
from tests.support.people import SignedIn
from tests.support.services import TestCloud

GOOD = "Legacy7Horse"
WEAK = "admin"

_COST = "scrypt:32768:8:1"


def scrypt(password: str, salt: str = "Zb3kqf8Yw1") -> str:
    """A hash as werkzeug writes it."""
    derived = hashlib.scrypt(password.encode(), salt=salt.encode(), n=32768, r=8, p=1, maxmem=64 * 1024 * 1024)
    return f"{_COST}${salt}${derived.hex()}"


def pbkdf2(password: str, salt: str = "Zb3kqf8Yw1", rounds: int = 1000) -> str:
    """A hash as older werkzeugs wrote it."""
    return (
        f"pbkdf2:sha256:{rounds}${salt}${hashlib.pbkdf2_hmac('sha256', password.encode(), salt.encode(), rounds).hex()}"
    )


@pytest.fixture
def legacy(db: Connection, cloud: TestCloud) -> Callable[..., int]:
    def make(stored: str, username: str = "OldHand") -> int:
        return int(
            db.value(
                """
                INSERT INTO users (username, email, role, legacy_password_hash)
                VALUES (%(username)s, %(username)s || '@cvd.example', 'driver', %(stored)s)
                RETURNING id
                """,
                username=username,
                stored=stored,
            )
        )

    return make


@pytest.mark.rule("US-001")
@pytest.mark.parametrize("make", [scrypt, pbkdf2])
def test_the_old_password_works_and_moves_to_the_pool(
    sign_in: SignIn, legacy: Callable[..., int], db: Connection, make: Callable[[str], str]
) -> None:
    user_id = legacy(make(GOOD))

    answer = sign_in("oldhand", GOOD)

    assert answer.status == 200
    assert answer.json["user"]["must_change_password"] is False
    moved = db.value(
        "SELECT legacy_password_hash IS NULL AND identity_sub IS NOT NULL FROM users WHERE id = %(id)s", id=user_id
    )
    assert moved
    assert sign_in("OldHand", GOOD).status == 200
    assert sign_in("OldHand", "Wrong1Password").status == 401


def test_a_wrong_old_password_leaves_everything_as_it_was(
    sign_in: SignIn, legacy: Callable[..., int], db: Connection
) -> None:
    user_id = legacy(scrypt(GOOD))

    assert sign_in("OldHand", "Wrong1Password").status == 401
    row = db.value("SELECT legacy_password_hash FROM users WHERE id = %(id)s", id=user_id)
    assert row == scrypt(GOOD)
    assert db.value("SELECT failed_login_attempts FROM users WHERE id = %(id)s", id=user_id) == 1
    assert sign_in("OldHand", GOOD, at="192.0.2.2").status == 200


@pytest.mark.rule("BR-025", "BR-026")
def test_an_old_password_that_is_too_weak_lets_in_to_change_it(
    sign_in: SignIn, legacy: Callable[..., int], client: Client
) -> None:
    legacy(scrypt(WEAK))

    first = sign_in("OldHand", WEAK)
    second = sign_in("OldHand", WEAK)

    assert (first.status, second.status) == (200, 200)
    assert first.json["user"]["must_change_password"] is True
    me = client.with_headers({"Authorization": f"Bearer {second.json['tokens']['accessToken']}"})
    assert me.get("/api/auth/activity").status == 403
    body = {"currentPassword": WEAK, "newPassword": "Stronger5Horse"}
    assert me.post("/api/auth/change-password", json=body).status == 200
    assert me.get("/api/auth/activity").status == 200
    assert sign_in("OldHand", WEAK, at="192.0.2.2").status == 401
    assert sign_in("OldHand", "Stronger5Horse").status == 200


def test_a_half_done_move_is_finished_by_the_next_sign_in(
    sign_in: SignIn, legacy: Callable[..., int], db: Connection
) -> None:
    user_id = legacy(scrypt(GOOD))
    sign_in("OldHand", GOOD)
    db.execute(
        "UPDATE users SET identity_sub = NULL, legacy_password_hash = %(stored)s WHERE id = %(id)s",
        stored=scrypt(GOOD),
        id=user_id,
    )

    assert sign_in("OldHand", GOOD).status == 200


def test_an_admin_resets_the_password_of_a_legacy_user(
    admin: SignedIn, sign_in: SignIn, legacy: Callable[..., int], db: Connection
) -> None:
    user_id = legacy(scrypt(GOOD))

    given = admin.post(f"/api/users/{user_id}/reset-password").json["new_password"]

    assert db.value("SELECT legacy_password_hash IS NULL FROM users WHERE id = %(id)s", id=user_id)
    assert sign_in("OldHand", GOOD).status == 401
    assert sign_in("OldHand", given).status == 200


def test_asking_for_a_code_keeps_the_old_password_good(
    client: Client, sign_in: SignIn, legacy: Callable[..., int]
) -> None:
    legacy(scrypt(GOOD))

    assert client.post("/api/auth/forgot-password", json={"username": "OldHand"}).status == 200
    assert sign_in("OldHand", GOOD).status == 200


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "plain",
        "scrypt:32768:8:1$salt$",
        "scrypt:32768:8:1$$00",
        "scrypt:x:8:1$salt$00",
        "scrypt:1073741824:8:1$salt$00",
        "scrypt:3:8:1$salt$00",
        "scrypt:32768:8:1:9$salt$00",
        "pbkdf2:md5:1000$salt$00",
        "pbkdf2:sha256:0$salt$00",
        "pbkdf2:sha256:999999999$salt$00",
        "argon2id$salt$00",
    ],
)
def test_a_hash_that_is_none_fits_no_password(stored: str) -> None:
    assert not legacy_hash.is_right(GOOD, stored)


def test_a_hash_fits_its_own_password_only() -> None:
    assert legacy_hash.is_right(GOOD, scrypt(GOOD))
    assert legacy_hash.is_right("pässwörd", scrypt("pässwörd"))
    assert not legacy_hash.is_right(GOOD + "x", scrypt(GOOD))
    assert not legacy_hash.is_right("", scrypt(GOOD))
