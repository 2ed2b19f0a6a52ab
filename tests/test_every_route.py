"""What holds for every route that is declared: nobody gets in without a token, and each role only where it may."""

import re

import pytest

from chalicelib import registry
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.endpoint import declared
from chalicelib.kit.roles import EVERYONE
from tests.support.client import Answer, Client
from tests.support.people import SignedIn

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.

ROUTES = sorted(declared(), key=lambda d: (d.path == "/api/auth/logout", d.path, d.method))
"""Every route, the one that ends the session last."""

BEYOND = "999999"
"""An id that nothing has."""


def call(client: Client, route: Declaration) -> Answer:
    path = re.sub(r"\{[^}]+\}", BEYOND, route.path)
    return client.request(route.method, path, **({} if route.reads_only else {"json": {}}))


def named(route: Declaration) -> str:
    return f"{route.method} {route.path}"


@pytest.mark.rule("US-113", "BR-015")
def test_without_a_token_no_route_but_the_public_ones_answers(client: Client) -> None:
    open_doors = {named(route) for route in ROUTES if call(client, route).status != 401 and not route.is_public}

    assert open_doors == set()


def test_the_public_routes_are_these(client: Client) -> None:
    assert {named(route) for route in ROUTES if route.is_public} == {
        "GET /api/health",
        "GET /api/health/ready",
        "GET /api/openapi.json",
        "GET /api/docs",
        "GET /api/docs/{asset}",
        "POST /api/auth/login",
        "POST /api/auth/login/mfa",
        "POST /api/auth/logout",
        "POST /api/auth/refresh",
        "POST /api/auth/forgot-password",
        "POST /api/auth/forgot-password/confirm",
        "POST /api/telemetry/webhooks/{partner}",
        "POST /api/analytics/event",
        "POST /api/errors/track",
    }


def test_a_token_of_nobody_opens_no_route(client: Client) -> None:
    forger = client.with_headers({"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."})

    assert {named(r) for r in ROUTES if not r.is_public and call(forger, r).status != 401} == set()


@pytest.fixture(params=EVERYONE)
def person(request: pytest.FixtureRequest) -> SignedIn:
    """A signed-in user of each role."""
    signed_in: SignedIn = request.getfixturevalue(request.param)
    return signed_in


@pytest.mark.rule("BR-163")
def test_each_role_reaches_exactly_the_routes_that_declare_it(person: SignedIn) -> None:
    wrongly: list[str] = []
    for route in ROUTES:
        if route.is_public:
            continue
        status = call(person, route).status
        refused = status == 403
        if refused == (person.role in route.roles) or status >= 500 or status == 401:
            wrongly.append(f"{named(route)} answered {status} to {person.role}")

    assert wrongly == []


def test_every_route_is_documented() -> None:
    assert [named(route) for route in ROUTES if not (route.view.__doc__ or "").strip()] == []


def test_operation_names_are_unique() -> None:
    names = [route.name for route in ROUTES]

    assert sorted(names) == sorted(set(names))
