"""Visiting a page: the calls of its script, one after the other, as a role."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from tests.pages import fleet
from tests.pages.reading import complaints
from tests.pages.script import Names, Script, Step
from tests.support import geocoder
from tests.support.client import Answer, Client
from tests.support.people import SignedIn
from tools.gateway.system import System

BOUNDARY = "----pageform"
NOBODY = "nobody"
PAGES = "https://app.cvd.example"
"""Where the pages are; the tests' settings allow it."""


@dataclass(frozen=True)
class Visit:
    """A role on a page; `steps` are the calls that the page makes for it."""

    steps: tuple[Step, ...]
    client: Client
    names: Names
    cookies: dict[str, str] = field(default_factory=dict)
    """What the browser keeps; it matters where a page begins with nobody signed in."""

    def send(self, step: Step) -> Answer:
        """Send as the frontend's client does: the body's type is said to be JSON even where there is no body."""
        path = self.names.filled(f"/api{step.path}").replace(" ", "%20")
        client = self.client.with_headers({"content-type": "application/json", **self._of_the_browser()})
        if step.form is not None:
            answer = client.request(step.method, path, **_form(self.names.filled(dict(step.form))))
        elif step.body is None:
            answer = client.request(step.method, path)
        else:
            answer = client.request(step.method, path, json=self.names.filled(step.body))
        self.cookies.update({name: morsel.value for name, morsel in answer.cookies.items()})
        return answer

    def _of_the_browser(self) -> Mapping[str, str]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"origin": PAGES, "cookie": kept} if kept else {"origin": PAGES}

    def read(self, step: Step, answer: Answer) -> None:
        """Read what the page's script reads; whatever it would stumble over fails."""
        assert answer.status == step.status, f"{step.call}: {answer.status} {answer.text}"
        if step.file:
            assert answer.headers["content-type"].startswith(step.file), step.call
            assert answer.headers["content-disposition"].startswith("attachment"), step.call
            return
        told = answer.json if answer.body else None
        stumbles = list(complaints(told, self.names.filled(dict(step.reads))))
        assert stumbles == [], f"{step.call}: {stumbles}"
        self.names.keep(step.keep, told)


Begin = Callable[[Script, str], Visit]


@pytest.fixture
def people(admin: SignedIn, manager: SignedIn, driver: SignedIn, viewer: SignedIn) -> Mapping[str, SignedIn]:
    """Everybody, by role."""
    return {person.role: person for person in (admin, manager, driver, viewer)}


@pytest.fixture
def visit(
    db: Connection,
    client: Client,
    people: Mapping[str, SignedIn],
    clock_at: Callable[[datetime], None],
    packaged_system: System | None,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Begin]:
    """Begin a visit: `visit(script, "viewer")`. It is noon, but behind the packaged functions, whose clock runs."""
    if packaged_system is None:
        clock_at(fleet.NOON)
    names = fleet.build(db, people, clock.now())

    def begin(script: Script, role: str) -> Visit:
        if role == NOBODY:
            return Visit(tuple(script.of(role)), client, Names(names))
        mine = {"me": people[role].user_id, "username": people[role].username, "role": role}
        return Visit(tuple(script.of(role)), people[role], Names({**names, **mine}))

    with geocoder.serving(monkeypatch):
        yield begin


def _form(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """A form as a browser sends it; a field named `file` is a file called read.txt, bytes are a picture."""
    parts = []
    for name, value in fields.items():
        filename = {"file": '; filename="read.txt"', "avatar": '; filename="me.png"'}.get(name, "")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{filename}\r\n\r\n'.encode()
        parts.append(head + (value if isinstance(value, bytes) else str(value).encode()) + b"\r\n")
    content = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
    return {"body": content, "headers": {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}}
