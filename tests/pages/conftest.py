"""Playing a page through: the calls of its script, one after the other, as a role."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.pages import fleet
from tests.pages.reading import complaints
from tests.pages.script import Names, Script, Step
from tests.support import geocoder
from tests.support.client import Answer, Client
from tests.support.people import SignedIn

Play = Callable[[Script, str], None]
BOUNDARY = "----pageform"
NOBODY = "nobody"


@pytest.fixture
def people(admin: SignedIn, manager: SignedIn, driver: SignedIn, viewer: SignedIn) -> Mapping[str, SignedIn]:
    """Everybody, by role."""
    return {person.role: person for person in (admin, manager, driver, viewer)}


@pytest.fixture
def play(
    db: Connection,
    client: Client,
    people: Mapping[str, SignedIn],
    clock_at: Callable[[datetime], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Play]:
    """Play a page as a role; whatever its script would stumble over fails the test."""
    clock_at(fleet.NOON)
    names = fleet.build(db, people)

    def as_role(script: Script, role: str) -> None:
        if role == NOBODY:
            _play(script, role, client, Names(names))
            return
        mine = {"me": people[role].user_id, "username": people[role].username, "role": role}
        _play(script, role, people[role], Names({**names, **mine}))

    with geocoder.serving(monkeypatch):
        yield as_role


def _play(script: Script, role: str, client: Client, names: Names) -> None:
    steps = list(script.of(role))
    assert steps, f"{script.page} has nothing for {role}"
    for step in steps:
        answer = _send(step, client, names)
        assert answer.status == step.status, f"{step.call}: {answer.status} {answer.text}"
        if step.file:
            assert answer.headers["content-type"].startswith(step.file), step.call
            assert answer.headers["content-disposition"].startswith("attachment"), step.call
            continue
        told = answer.json if answer.body else None
        stumbles = list(complaints(told, names.filled(dict(step.reads))))
        assert stumbles == [], f"{step.call}: {stumbles}"
        names.keep(step.keep, told)


def _send(step: Step, client: Client, names: Names) -> Answer:
    """Send as the frontend's client does: the type of the body is said to be JSON even where there is no body."""
    path = names.filled(f"/api{step.path}").replace(" ", "%20")
    if step.form is not None:
        return client.request(step.method, path, **_form(names.filled(dict(step.form))))
    if step.body is None:
        return client.request(step.method, path, headers={"content-type": "application/json"})
    return client.request(step.method, path, json=names.filled(step.body))


def _form(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """A form as a browser sends it; a field named `file` is a file called read.txt."""
    parts = []
    for name, value in fields.items():
        filename = '; filename="read.txt"' if name == "file" else ""
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n\r\n{value}\r\n')
    content = "".join([*parts, f"--{BOUNDARY}--\r\n"]).encode()
    return {"body": content, "headers": {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}}
