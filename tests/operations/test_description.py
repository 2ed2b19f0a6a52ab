"""The description of the API: complete, current, and shown without asking other hosts."""

import json
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from chalicelib.kit.endpoint import declared
from chalicelib.kit.settings import Settings
from chalicelib.operations.openapi import document
from tests.support.client import Client

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_document_is_valid_openapi(client: Client) -> None:
    validate(client.get("/api/openapi.json").json)


def test_the_committed_document_is_the_current_one_and_the_one_that_is_served(client: Client) -> None:
    current = document(declared(), str(Settings.model_fields["version"].default))

    assert json.loads(COMMITTED.read_text()) == current, "run `make openapi`"
    assert client.get("/api/openapi.json").json == current


def test_every_route_is_described_with_its_roles_and_refusals(client: Client) -> None:
    paths = client.get("/api/openapi.json").json["paths"]

    for route in declared():
        operation = paths[route.path][route.method.lower()]
        assert operation["x-roles"] == (list(route.roles) or ["public"])
        assert {str(refusal.status) for refusal in route.refusals} <= set(operation["responses"])
        assert (operation["security"] == []) == route.is_public


def test_refusals_come_with_examples(client: Client) -> None:
    description = client.get("/api/openapi.json").json

    login = description["paths"]["/api/auth/login"]["post"]["responses"]["401"]["content"]["application/json"]
    assert login["examples"]["InvalidCredentials"] == {"$ref": "#/components/examples/InvalidCredentials"}
    assert description["components"]["examples"]["InvalidCredentials"]["value"]["error"] == "Invalid credentials"


def test_refusals_of_one_name_are_one_class() -> None:
    names = {refusal.__name__: refusal for route in declared() for refusal in route.refusals}

    assert {refusal for route in declared() for refusal in route.refusals} == set(names.values())


def test_the_page_and_its_files_come_from_us(client: Client) -> None:
    page = client.get("/api/docs")

    assert page.headers["content-type"].startswith("text/html")
    assert "http" not in page.text
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"):
        assert client.get(f"/api/docs/{name}").status == 200


@pytest.mark.parametrize("name", ["..%2Fapp.py", "index.html", "swagger-ui-bundle.js.map"])
def test_the_page_serves_nothing_else(client: Client, name: str) -> None:
    assert client.get(f"/api/docs/{name}").status == 404


def test_the_document_says_its_version() -> None:
    assert document([], Settings.model_fields["version"].default)["info"]["version"] == "0.1.0"
