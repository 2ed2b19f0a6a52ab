"""A repeated write is answered as the first time, and moves nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn

SignIn = Callable[[str], SignedIn]
KEY = {"Idempotency-Key": "key-1"}


def things(db: Connection) -> int:
    return int(db.value("SELECT count(*) FROM audit_events WHERE action = 'thing.made'"))


@pytest.mark.rule("BR-117", "BR-128")
@pytest.mark.parametrize("path", ["/api/probe/things", "/api/probe/around"])
def test_the_same_key_gives_the_first_answer_again(sign_in: SignIn, db: Connection, path: str) -> None:
    person = sign_in("admin")

    first = person.post(path, json={"thingName": "once"}, headers=KEY)
    second = person.post(path, json={"thingName": "once"}, headers=KEY)

    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers["idempotency-replayed"] == "true"
    assert things(db) == 1


def test_the_same_key_with_another_request_is_refused(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("admin")
    person.post("/api/probe/things", json={"thingName": "once"}, headers=KEY)

    answer = person.post("/api/probe/things", json={"thingName": "other"}, headers=KEY)

    assert (answer.status, answer.json["code"]) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert things(db) == 1


def test_keys_belong_to_one_user(sign_in: SignIn, db: Connection) -> None:
    sign_in("admin").post("/api/probe/things", json={"thingName": "one"}, headers=KEY)

    assert sign_in("manager").post("/api/probe/things", json={"thingName": "two"}, headers=KEY).status == 201
    assert things(db) == 2


@pytest.mark.parametrize("path", ["/api/probe/things", "/api/probe/around"])
def test_a_refused_request_does_not_use_up_its_key(sign_in: SignIn, path: str) -> None:
    person = sign_in("admin")
    person.post("/api/probe/things", json={"thingName": "taken"})

    assert person.post("/api/probe/fails", json={"thingName": "x"}, headers=KEY).status == 500
    assert person.post(path, json={"thingName": "free"}, headers=KEY).status in (200, 201)


@pytest.mark.parametrize("path", ["/api/probe/things", "/api/probe/around"])
def test_many_at_once_with_one_key_have_one_effect(sign_in: SignIn, db: Connection, path: str) -> None:
    person = sign_in("admin")
    person.get("/api/probe/seen")

    def send(_: int) -> int:
        return person.post(path, json={"thingName": "raced"}, headers=KEY).status

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(send, range(16)))

    assert statuses <= {200, 201, 409}
    assert statuses & {200, 201}
    assert things(db) == 1


def test_an_answer_that_holds_a_secret_is_not_stored(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("admin")

    first = person.post("/api/probe/secret", headers={**KEY, "X-Secret": "1"})
    second = person.post("/api/probe/secret", headers={**KEY, "X-Secret": "2"})

    assert (first.json, second.json) == ({"number": 1}, {"number": 2})
    assert db.value("SELECT count(*) FROM idempotency_keys") == 0


def test_a_key_that_is_too_long_is_refused(sign_in: SignIn) -> None:
    answer = sign_in("admin").post("/api/probe/things", json={"thingName": "x"}, headers={"Idempotency-Key": "k" * 201})

    assert answer.status == 400
