"""The browser client against the contract and the API's description, without a browser."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from chalicelib import registry
from chalicelib.kit.endpoint import declared
from chalicelib.operations.openapi import document
from tests.browser.source import FRONTEND, Method, methods, sent_once
from tools.frontend.__main__ import made
from tools.frontend.types import operations, type_name

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.

CONTRACT = Path(__file__).parents[2] / "docs" / "spec" / "contract.yaml"

NAMED_BY_THE_CONTRACT = {
    "batchDeactivateUsers",
    "changePassword",
    "createSale",
    "deleteDevice",
    "executeQuery",
    "getAIRecommendations",
    "getCurrentUserActivity",
    "getSales",
    "getUserActivity",
    "getUserAuditTrail",
    "getUserLifecycleMetrics",
    "getUserServiceOrders",
    "login",
    "logout",
    "migrateData",
    "parseDexFile",
    "updateDevice",
}
"""`makeRequest` beside them; docs/spec/contract.yaml names no others."""

WITHOUT_A_METHOD = {"GET /api/planograms/stream-analysis"}
"""A stream of events, which no page opens; browsers read such by `EventSource`."""

BEYOND_THE_CONTRACT = {
    "POST /api/service-orders/{}/photos/confirm",
    "POST /api/service-orders/{}/photos/uploads",
}


def plain(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def described() -> Mapping[str, Mapping[str, Any]]:
    """Every operation of the API's description, by method and path without names."""
    found = operations(document(declared(), "0"))
    return {f"{method} {plain(path)}": operation for (method, path), operation in found.items()}


@pytest.mark.parametrize("file", ["api.js", "types.mjs"])
def test_the_made_files_are_current(file: str) -> None:
    assert made()[FRONTEND / file] == (FRONTEND / file).read_text(), "run `make openapi`"


def test_the_client_has_the_methods_that_the_contract_names() -> None:
    assert methods().keys() >= NAMED_BY_THE_CONTRACT


def test_every_endpoint_of_the_contract_has_exactly_one_method() -> None:
    wanted = {plain(one["endpoint"]) for one in yaml.safe_load(CONTRACT.read_text())["endpoints"]}
    calls = [method.call for method in methods().values()]

    assert set(calls) == wanted - WITHOUT_A_METHOD | BEYOND_THE_CONTRACT
    assert len(calls) == len(set(calls))


@pytest.mark.parametrize("method", methods().values(), ids=methods())
def test_the_comment_of_a_method_names_the_types_of_its_operation(
    method: Method, described: Mapping[str, Mapping[str, Any]]
) -> None:
    name = type_name(described[method.call])

    assert method.returns in {f"types.{name}Answer", "{name: string, content: Blob}"}
    assert set(re.findall(r"types\.(\w+?)(?:Answer|Body|Query)\b", method.comment)) <= {name}


@pytest.mark.parametrize("method", methods().values(), ids=methods())
def test_every_argument_of_a_method_has_a_type(method: Method) -> None:
    named = re.findall(r"@param \{.+\} \[?(\w+)\]?", method.comment)

    assert tuple(named) == tuple(filter(None, method.arguments))


def test_every_type_has_a_name_of_its_own_that_a_script_can_say() -> None:
    names = re.findall(r"@typedef \{.*\} (.+?)(?: \*/)?\n", (FRONTEND / "types.mjs").read_text())

    assert [name for name in names if not name.isidentifier()] == []
    assert len(names) == len(set(names))


def test_every_type_that_is_named_is_there() -> None:
    there = set(re.findall(r"@typedef \{.*\} (\w+)", (FRONTEND / "types.mjs").read_text()))
    named = {name for method in methods().values() for name in re.findall(r"types\.(\w+)", method.comment)}

    assert named <= there


def test_the_writes_that_are_never_repeated_are_those_of_which_the_server_keeps_no_answer(
    described: Mapping[str, Mapping[str, Any]],
) -> None:
    keyless = {
        call.replace(" /api/", " /")
        for call, operation in described.items()
        if not call.startswith("GET ")
        and not any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"])
    }

    assert sent_once() == keyless
