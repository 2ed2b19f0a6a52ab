"""Keeping the preferences of a user."""

import pytest

from chalicelib.kit.db import Connection
from tests.support.client import Client
from tests.support.people import SignedIn

PATH = "/api/user/preferences"
CHOSEN = {"ui": {"theme": "dark"}, "notifications": {"sound": False}, "data": {"pageSize": 50, "note": "Größe ✓"}}


def test_preferences_come_back_as_they_were_sent(viewer: SignedIn) -> None:
    assert viewer.get(PATH).json == {"preferences": {}}

    answer = viewer.put(PATH, json={"preferences": CHOSEN})

    assert (answer.status, answer.json["success"]) == (200, True)
    assert viewer.get(PATH).json == {"preferences": CHOSEN}


def test_the_next_preferences_take_the_place_of_the_earlier_ones(driver: SignedIn, db: Connection) -> None:
    driver.put(PATH, json={"preferences": CHOSEN})
    driver.put(PATH, json={"preferences": {"ui": {}}})

    assert driver.get(PATH).json == {"preferences": {"ui": {}}}
    assert db.value("SELECT count(*) FROM user_preferences") == 1


def test_everybody_has_their_own(admin: SignedIn, manager: SignedIn) -> None:
    admin.put(PATH, json={"preferences": {"ui": 1}})

    assert manager.get(PATH).json == {"preferences": {}}


def test_nobody_without_a_session_keeps_any(client: Client) -> None:
    assert client.put(PATH, json={"preferences": {}}).status == 401


@pytest.mark.parametrize("body", [{}, {"preferences": None}, {"preferences": []}, {"preferences": "dark"}])
def test_preferences_are_an_object(viewer: SignedIn, body: object) -> None:
    assert viewer.put(PATH, json=body).status == 400


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
def test_a_number_that_json_does_not_have_is_refused(viewer: SignedIn, number: bytes) -> None:
    body = b'{"preferences": {"size": ' + number + b"}}"

    assert viewer.put(PATH, body=body, headers={"content-type": "application/json"}).status == 400
    assert viewer.get(PATH).json == {"preferences": {}}


def test_more_than_64_kib_is_refused(viewer: SignedIn) -> None:
    answer = viewer.put(PATH, json={"preferences": {"x": "y" * 65_536}})

    assert (answer.status, answer.json["code"]) == (413, "PAYLOAD_TOO_LARGE")
