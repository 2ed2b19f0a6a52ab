"""Tokens that are not ours, and pages that are not ours."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from moto.utilities.utils import load_resource

from chalicelib.kit.settings import settings
from tests.identity.conftest import SignIn
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn
from tests.support.services import TestCloud

ME = "/api/auth/current-user"


@pytest.fixture
def claims(driver: SignedIn) -> dict[str, Any]:
    """The claims of a token whose session is alive, so that nothing but the token itself can be refused."""
    assert driver.get(ME).status == 200
    return jwt.decode(driver.person.token, options={"verify_signature": False})


def _keys(kind: str) -> Any:
    """The local cloud's keys, as they lie in moto's package."""
    return load_resource(f"cognitoidp/resources/jwks-{kind}.json")


def _pool_key() -> Any:
    return jwt.PyJWK(_keys("private")).key


def _public_pem() -> bytes:
    pem: bytes = (
        _pool_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return pem


Use = Callable[[str], int]


@pytest.fixture
def use(client: Client) -> Use:
    return lambda token: client.get(ME, headers={"Authorization": f"Bearer {token}"}).status


def _signed(claims: dict[str, Any], **other: Any) -> str:
    return jwt.encode({**claims, **other}, _pool_key(), algorithm="RS256", headers={"kid": "dummy"})


def test_the_same_claims_signed_by_the_pool_are_taken(claims: dict[str, Any], use: Use) -> None:
    assert use(_signed(claims)) == 200


@pytest.mark.rule("BR-015")
@pytest.mark.parametrize(
    "other",
    [
        {"exp": int(time.time()) - 1},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other"},
        {"client_id": "anotherclient"},
        {"token_use": "id"},
        {"origin_jti": "never-signed-in"},
        {"origin_jti": None},
        {"sub": "somebody-else"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_a_token_with_one_claim_wrong_is_refused(claims: dict[str, Any], use: Use, other: dict[str, Any]) -> None:
    assert use(_signed(claims, **other)) == 401


@pytest.mark.parametrize("missing", ["exp", "iss", "sub", "client_id", "token_use", "origin_jti"])
def test_a_token_without_a_claim_is_refused(claims: dict[str, Any], use: Use, missing: str) -> None:
    del claims[missing]

    assert use(_signed(claims)) == 401


def test_a_token_signed_by_another_key_is_refused(claims: dict[str, Any], use: Use) -> None:
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for key_id in ("dummy", "unknown"):
        assert use(jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": key_id})) == 401


def test_an_unsigned_token_is_refused(claims: dict[str, Any], use: Use) -> None:
    assert use(jwt.encode(claims, None, algorithm="none", headers={"kid": "dummy"})) == 401


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(claims: dict[str, Any], use: Use) -> None:
    # By hand, since PyJWT makes no such token.
    head = jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "dummy"}).rpartition(".")[0]
    for secret in (_public_pem(), json.dumps(_keys("public")).encode()):
        seal = urlsafe_b64encode(hmac.digest(secret, head.encode(), "sha256")).rstrip(b"=").decode()
        assert use(f"{head}.{seal}") == 401


@pytest.mark.parametrize("token", ["x", "a.b.c", "null", "undefined", ""])
def test_what_is_no_token_is_refused(use: Use, token: str) -> None:
    assert use(token) == 401


def test_the_id_token_of_the_same_sign_in_is_refused(driver: SignedIn, use: Use, cloud: TestCloud) -> None:
    answer = cloud.place.client("cognito-idp").admin_initiate_auth(
        UserPoolId=settings().user_pool_id,
        ClientId=settings().user_pool_client_id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": driver.username, "PASSWORD": PASSWORD},
    )["AuthenticationResult"]

    assert use(answer["IdToken"]) == 401
    assert use(answer["AccessToken"]) == 401  # It is a good one, but nobody signed in with it here.


def test_a_write_by_cookie_from_a_strange_page_is_refused(sign_in: SignIn, driver: SignedIn, client: Client) -> None:
    token = sign_in(driver.username, PASSWORD).cookies["session"].value
    change = {"email": "stolen@evil.example"}

    for headers in ({"Origin": "https://evil.example"}, {}, {"Referer": "https://evil.example/page"}):
        answer = client.put("/api/auth/update-profile", json=change, headers={"Cookie": f"session={token}", **headers})
        assert answer.status == 403
    assert driver.get(ME).json["user"]["email"] == driver.email


@pytest.mark.parametrize("origin", ["http://testserver", "https://app.cvd.example"])
def test_a_write_by_cookie_from_our_pages_is_taken(
    sign_in: SignIn, driver: SignedIn, client: Client, origin: str
) -> None:
    token = sign_in(driver.username, PASSWORD).cookies["session"].value

    answer = client.put(
        "/api/auth/update-profile",
        json={"email": "new@cvd.example"},
        headers={"Cookie": f"session={token}", "Origin": origin},
    )

    assert answer.status == 200
