"""How any request goes: who, may they, with what, in one transaction, and how it is answered."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.kit.db import Connection
from tests.support.client import Client
from tests.support.people import SignedIn

SignIn = Callable[[str], SignedIn]


def test_a_public_route_needs_no_token(anybody: Client) -> None:
    assert anybody.get("/api/probe/open").json == {"number": 1}


@pytest.mark.rule("US-113", "BR-015")
def test_a_route_refuses_whoever_has_no_token(anybody: Client) -> None:
    answer = anybody.get("/api/probe/seen")

    assert answer.status == 401
    assert answer.json["error"] == "Authentication required"
    assert answer.json["code"] == "UNAUTHENTICATED"
    assert answer.json["requestId"] == answer.headers["x-request-id"]


def test_a_bearer_token_of_nothing_counts_as_none(anybody: Client) -> None:
    answer = anybody.get("/api/probe/seen", headers={"Authorization": "Bearer null"})

    assert (answer.status, answer.json["error"]) == (401, "Authentication required")


@pytest.mark.rule("BR-016")
def test_the_role_is_the_one_in_the_database_now(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("manager")
    assert person.post("/api/probe/things", json={"thingName": "one"}).status == 201

    db.execute("UPDATE users SET role = 'viewer' WHERE id = %(id)s", id=person.user_id)

    assert person.post("/api/probe/things", json={"thingName": "two"}).status == 403


@pytest.mark.rule("BR-163", "US-101")
def test_a_refused_role_leaves_a_row_in_the_audit_trail(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("viewer")

    answer = person.post("/api/probe/things", json={"thingName": "one"})

    assert (answer.status, answer.json["error"]) == (403, "Insufficient permissions")
    found = db.value(
        "SELECT jsonb_build_array(action, outcome, actor_username, resource_id, details->>'method') FROM audit_events"
    )
    assert found == ["access.denied", "denied", person.username, "/api/probe/things", "POST"]


def test_a_refusal_of_rights_by_the_service_is_recorded_too(sign_in: SignIn, db: Connection) -> None:
    answer = sign_in("viewer").post("/api/probe/forbids")

    assert (answer.status, answer.json["error"]) == (403, "Not this one.")
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'access.denied'") == 1


def test_success_commits_the_row_its_audit_and_its_outbox_event_together(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("admin")

    answer = person.post("/api/probe/things", json={"thingName": "  shelf ", "units": 3})

    assert answer.status == 201
    assert answer.json["thingName"] == "shelf"
    trail = db.value("SELECT to_jsonb(event) FROM audit_events event WHERE action = 'thing.made'")
    assert trail["actor_id"] == person.user_id
    assert trail["resource_id"] == str(answer.json["thingId"])
    assert trail["after"] == {"name": "shelf"}
    assert trail["details"] == {"units": 3}
    assert trail["request_id"] == answer.headers["x-request-id"]
    sent = db.value("SELECT to_jsonb(event) FROM outbox event")
    assert (sent["topic"], sent["resource_id"]) == ("thing.made", str(answer.json["thingId"]))
    assert sent["payload"] == {"units": 3, "changed": {"name": "shelf"}}


def test_a_bug_answers_500_without_internals_and_leaves_nothing(sign_in: SignIn, db: Connection) -> None:
    answer = sign_in("admin").post("/api/probe/fails", json={"thingName": "half"})

    assert answer.status == 500
    assert answer.json["error"] == "Internal server error"
    assert "secret" not in answer.text
    assert db.value("SELECT count(*) FROM product_categories WHERE name = 'half'") == 0


def test_a_violated_constraint_becomes_the_refusal_that_names_it(sign_in: SignIn) -> None:
    person = sign_in("admin")
    person.post("/api/probe/things", json={"thingName": "twice"})

    answer = person.post("/api/probe/things", json={"thingName": "TWICE"})

    assert (answer.status, answer.json["code"]) == (409, "DUPLICATE")
    assert answer.json["error"] == "A thing of this name exists already."


def test_a_get_cannot_write(sign_in: SignIn) -> None:
    assert sign_in("admin").get("/api/probe/writes-in-get").status == 500


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "thingName is required"),
        ({"thingName": ""}, "thingName: String should have at least 1 character"),
        ({"thingName": "a", "units": -1}, "units: Input should be greater than or equal to 0"),
        ({"thingName": "a", "units": "many"}, "units: Input should be a valid integer"),
        ({"thingName": "a\0b"}, "Text must not contain NUL characters."),
        ([], "Input should be an object"),
    ],
)
def test_bad_input_is_told_field_by_field(sign_in: SignIn, body: object, sentence: str) -> None:
    answer = sign_in("admin").post("/api/probe/things", json=body)

    assert (answer.status, answer.json["code"]) == (400, "VALIDATION")
    assert answer.json["error"].startswith(sentence)


def test_a_body_that_is_no_json_is_refused(sign_in: SignIn) -> None:
    person = sign_in("admin")
    as_json = {"Content-Type": "application/json"}

    assert person.post("/api/probe/things", body=b"{", headers=as_json).json["error"] == "The body is not valid JSON."
    assert person.post("/api/probe/things", body=b"\xff", headers=as_json).status == 400
    assert person.post("/api/probe/things", body=b"a=b", headers={"Content-Type": "text/plain"}).status == 415


def test_a_body_that_is_too_large_is_refused(sign_in: SignIn) -> None:
    answer = sign_in("admin").post("/api/probe/things", json={"thingName": "x" * 1024 * 1024})

    assert (answer.status, answer.json["code"]) == (413, "PAYLOAD_TOO_LARGE")


def test_an_empty_body_with_a_json_content_type_is_no_error_where_none_is_read(sign_in: SignIn) -> None:
    answer = sign_in("viewer").post("/api/probe/forbids", headers={"Content-Type": "application/json"})

    assert answer.status == 403


@pytest.mark.parametrize("path", ["abc", "-1", "1.5", "9" * 30, "%00", "%31%"])
def test_a_path_parameter_of_the_wrong_kind_means_no_such_path(sign_in: SignIn, path: str) -> None:
    assert sign_in("viewer").get(f"/api/probe/number/{path}").status in (400, 404)


def test_query_parameters_are_typed_and_empty_ones_absent(sign_in: SignIn) -> None:
    person = sign_in("viewer")

    assert person.get("/api/probe/seen?limit=&names=a&names=b").json["names"] == ["a", "b"]
    assert person.get("/api/probe/seen?limit=7").json["limit"] == 7
    assert person.get("/api/probe/seen?limit=x").status == 400


def test_unknown_paths_and_methods_are_told_as_json(anybody: Client) -> None:
    assert anybody.get("/api/nothing/here").json["error"] == "API endpoint not found"
    assert anybody.post("/api/nothing/here", json={}).status == 404
    assert anybody.delete("/api/probe/open").status == 405


def test_two_requests_that_deadlock_are_both_answered(sign_in: SignIn) -> None:
    person = sign_in("admin")
    person.get("/api/probe/seen")
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(lambda path: person.post(path), ["/api/probe/crossing/11/12", "/api/probe/crossing/12/11"])
        )

    assert [answer.status for answer in answers] == [200, 200]


def test_each_request_leaves_one_line_with_its_figures(sign_in: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    person = sign_in("viewer")
    person.get("/api/probe/seen")
    caplog.clear()

    answer = person.get("/api/probe/seen")

    (line,) = [vars(record) for record in caplog.records]
    assert line["request_id"] == answer.headers["x-request-id"]
    assert (line["route"], line["status"], line["user_id"]) == ("GET /api/probe/seen", 200, person.user_id)
    assert line["statements"] == 1
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "CVD"


def test_a_request_in_another_thread_has_its_own_caller(sign_in: SignIn) -> None:
    admin, viewer = sign_in("admin"), sign_in("viewer")
    found: dict[str, set[str]] = {"admin": set(), "viewer": set()}

    def ask(person: SignedIn, name: str) -> None:
        for _ in range(15):
            found[name].add(person.get("/api/probe/seen").json["who"])

    threads = [threading.Thread(target=ask, args=pair) for pair in ((admin, "admin"), (viewer, "viewer"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {"admin": {admin.username}, "viewer": {viewer.username}}
