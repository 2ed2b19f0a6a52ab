"""What keeps a browser's user safe: origins, CORS, the security headers, and compression for them."""

from collections.abc import Callable

import pytest

from chalicelib.kit.db import Connection
from tests.support.client import Client
from tests.support.people import SignedIn

SignIn = Callable[[str], SignedIn]
OURS = "https://app.cvd.example"


@pytest.fixture
def by_cookie(sign_in: SignIn, anybody: Client) -> Callable[..., Client]:
    """A browser that carries a manager's session cookie, on a page of the given origin."""
    person = sign_in("manager")
    person.get("/api/probe/seen")

    def browser(**headers: str) -> Client:
        return anybody.with_headers({"Cookie": f"other=1; session={person.person.token}", **headers})

    return browser


def test_the_cookie_alone_reads(by_cookie: Callable[..., Client]) -> None:
    assert by_cookie().get("/api/probe/seen").status == 200


@pytest.mark.parametrize("headers", [{"Origin": OURS}, {"Origin": "http://testserver"}, {"Referer": f"{OURS}/pages/x"}])
def test_a_page_of_ours_may_write_with_the_cookie(by_cookie: Callable[..., Client], headers: dict[str, str]) -> None:
    assert by_cookie(**headers).post("/api/probe/things", json={"thingName": "x"}).status == 201


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Referer": "https://evil.example/app.cvd.example"}],
)
def test_a_strange_page_may_not_write_with_the_cookie(
    by_cookie: Callable[..., Client], db: Connection, headers: dict[str, str]
) -> None:
    answer = by_cookie(**headers).post("/api/probe/things", json={"thingName": "forged"})

    assert (answer.status, answer.json["code"]) == (403, "ORIGIN_NOT_ALLOWED")
    assert db.value("SELECT count(*) FROM product_categories WHERE name = 'forged'") == 0


def test_a_client_that_is_no_browser_writes_with_its_token_and_no_origin(sign_in: SignIn) -> None:
    assert sign_in("manager").post("/api/probe/things", json={"thingName": "x"}).status == 201


def test_cors_answers_allowed_origins_with_credentials_and_nobody_else(anybody: Client) -> None:
    ours = anybody.get("/api/probe/open", headers={"Origin": OURS}).headers
    theirs = anybody.get("/api/probe/open", headers={"Origin": "https://evil.example"}).headers

    assert ours["access-control-allow-origin"] == OURS
    assert ours["access-control-allow-credentials"] == "true"
    assert ours["vary"] == "Origin"
    assert "access-control-allow-origin" not in theirs


def test_refusals_carry_cors_headers_too(anybody: Client) -> None:
    assert anybody.get("/api/probe/seen", headers={"Origin": OURS}).headers["access-control-allow-origin"] == OURS
    assert anybody.get("/api/none", headers={"Origin": OURS}).headers["access-control-allow-origin"] == OURS


def test_a_preflight_is_answered_for_the_methods_of_the_path(anybody: Client) -> None:
    answer = anybody.options("/api/probe/things", headers={"Origin": OURS, "Access-Control-Request-Method": "POST"})

    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == OURS
    assert answer.headers["access-control-allow-methods"] == "OPTIONS, POST"
    assert "Idempotency-Key" in answer.headers["access-control-allow-headers"]


def test_every_answer_carries_the_security_headers(anybody: Client) -> None:
    for path in ("/api/probe/open", "/api/probe/seen", "/api/none"):
        headers = anybody.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'self' https://shell.cvd.example" in headers["content-security-policy"]


def test_a_large_answer_is_compressed_for_whoever_takes_it(sign_in: SignIn) -> None:
    person = sign_in("viewer")

    packed = person.get("/api/probe/large", headers={"Accept-Encoding": "gzip, br"})
    plain = person.get("/api/probe/large")

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["x-long"] == "yes"
    assert "content-encoding" not in plain.headers
    assert packed.json == plain.json
