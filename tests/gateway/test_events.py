"""API Gateway's side: the events it makes, the answers it makes of results, and which function a path leads to."""

import base64
import gzip
import json

import pytest

from tests.gateway.conftest import FACTS
from tools.gateway.built import Packaged
from tools.gateway.events import Malformed, Request, event_of, response_of
from tools.gateway.routes import Routes
from tools.package.functions import functions

ASKED = Request(
    "POST",
    "/api/probe/a%20b",
    "x=1&x=2&y=",
    [("Host", "api.example"), ("Cookie", "a=1"), ("Cookie", "b=2")],
    b"\x00\xff",
    "192.0.2.7",
)


def test_an_event_is_what_a_rest_api_sends() -> None:
    event = event_of(ASKED, "/api/probe/{thing}", {"thing": "a%20b"})

    assert event["resource"] == event["requestContext"]["resourcePath"] == "/api/probe/{thing}"
    assert event["path"] == "/api/probe/a%20b"
    assert event["requestContext"]["path"] == "/api/api/probe/a%20b"
    assert event["requestContext"]["identity"]["sourceIp"] == "192.0.2.7"
    assert event["pathParameters"] == {"thing": "a%20b"}
    assert event["queryStringParameters"] == {"x": "2", "y": ""}
    assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"], "y": [""]}
    assert event["headers"]["Cookie"] == "b=2"
    assert event["multiValueHeaders"]["Cookie"] == ["a=1", "b=2"]
    assert event["isBase64Encoded"] is True
    assert base64.b64decode(event["body"]) == b"\x00\xff"


def test_what_is_not_there_is_null() -> None:
    event = event_of(Request("GET", "/api/health", "", [], b"", "192.0.2.7"), "/api/health", {})

    nothing = ("headers", "queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "body")
    assert [event[name] for name in nothing] == [None] * len(nothing)
    assert event["isBase64Encoded"] is False


def test_several_values_of_a_header_stay_several() -> None:
    result = {"statusCode": 201, "headers": {"A": "1"}, "multiValueHeaders": {"Set-Cookie": ["x", "y"]}, "body": "hi"}

    response = response_of(json.dumps(result).encode(), ASKED)

    assert (response.status, response.body) == (201, b"hi")
    assert list(response.headers) == [("A", "1"), ("Set-Cookie", "x"), ("Set-Cookie", "y")]


def test_a_body_in_base64_is_unpacked_and_a_long_one_compressed_for_who_takes_it() -> None:
    packed = base64.b64encode(b"x" * 5000).decode()
    result = json.dumps({"statusCode": 200, "headers": {}, "body": packed, "isBase64Encoded": True}).encode()
    takes_gzip = Request("GET", "/", "", [("Accept-Encoding", "gzip, br")], b"", "192.0.2.7")

    assert response_of(result, ASKED).body == b"x" * 5000
    response = response_of(result, takes_gzip)
    assert ("Content-Encoding", "gzip") in response.headers
    assert gzip.decompress(response.body) == b"x" * 5000


@pytest.mark.parametrize("result", [b"", b"null", b"[]", b"{}", b'"text"', b'{"statusCode": "many"}', b"not json"])
def test_a_result_that_is_no_proxy_answer_is_an_error(result: bytes) -> None:
    with pytest.raises(Malformed):
        response_of(result, ASKED)


def _function(path: str) -> Packaged:
    line = {**FACTS, "name": path, "path": path, "code": {"file": "x.zip", "sha256": "0"}}
    return Packaged.of(line)


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/api/devices", "/api/devices"),
        ("/api/devices/7", "/api/devices/{id}"),
        ("/api/devices/page", "/api/devices/page"),
        ("/api/devices/7/cabinets", "/api/devices/{id}/cabinets"),
        ("/api/devices/page/cabinets", None),
        ("/api/devices/7/nothing", None),
        ("/api/devices//cabinets", None),
        ("/api", None),
        ("/", None),
    ],
)
def test_a_literal_part_of_a_path_wins_over_a_parameter(path: str, resource: str | None) -> None:
    paths = ("/api/devices", "/api/devices/{id}", "/api/devices/page", "/api/devices/{id}/cabinets")
    match = Routes([_function(one) for one in paths]).match(path)

    assert (match.function.path if match else None) == resource


def test_two_names_for_a_parameter_at_one_place_are_refused_as_the_gateway_refuses_them() -> None:
    with pytest.raises(ValueError, match="one name"):
        Routes([_function("/api/devices/{id}"), _function("/api/devices/{device_id}/cabinets")])


def test_every_route_of_ours_is_led_to_its_own_function() -> None:
    paths = [str(function.path) for function in functions() if function.path]
    routes = Routes([_function(path) for path in paths])

    for path in paths:
        match = routes.match(path.replace("{", "").replace("}", "-value"))
        assert match is not None
        assert match.function.path == path
