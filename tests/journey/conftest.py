"""The real thing in processes of its own, spoken to over HTTP: `chalice local`, or the packaged functions."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from chalicelib.kit.db import Connection
from tests.support import packaged
from tests.support.people import PASSWORD, Person
from tests.support.services import TestCloud
from tools.gateway.system import running

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0


@dataclass
class Browserless:
    """A client over real HTTP, with a bearer token once it has signed in."""

    address: str
    token: str | None = None
    http: requests.Session = field(default_factory=requests.Session)

    def sign_in(self, username: str, password: str) -> dict[str, Any]:
        """Sign in and keep the token; the whole answer."""
        answer = self.post("/api/auth/login", json={"username": username, "password": password})
        assert answer.status_code == 200, answer.text
        self.http.cookies.clear()
        self.token = answer.json()["tokens"]["accessToken"]
        body: dict[str, Any] = answer.json()
        return body

    def get(self, path: str, **given: Any) -> requests.Response:
        return self._send("GET", path, **given)

    def post(self, path: str, **given: Any) -> requests.Response:
        return self._send("POST", path, **given)

    def put(self, path: str, **given: Any) -> requests.Response:
        return self._send("PUT", path, **given)

    def _send(self, method: str, path: str, headers: dict[str, str] | None = None, **given: Any) -> requests.Response:
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.http.request(method, self.address + path, headers={**own, **(headers or {})}, timeout=60, **given)


@contextmanager
def chalice_local(environment: dict[str, str], log: Path) -> Iterator[str]:
    """Serve the app as a developer does; the address that it answers on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        str(Path(sys.executable).parent / "chalice"),
        "local",
        "--stage",
        "test",
        "--no-autoreload",
        "--port",
        str(port),
    ]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(address, server, log)
            yield address
        finally:
            server.terminate()
            server.wait(10)


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"chalice local ended: {log.read_text()[-2000:]}")
        try:
            requests.get(f"{address}/api/health", timeout=5).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"chalice local does not answer: {log.read_text()[-2000:]}")


@contextmanager
def packaged_functions(build: Path, environment: dict[str, str], log: Path) -> Iterator[str]:
    """Serve a build's functions, each from its own archive; the address that they answer on."""
    with log.open("wb") as output, running(build, {**os.environ, **environment}, log=output) as system:
        yield system.address


Serve = Callable[[dict[str, str]], AbstractContextManager[str]]


@pytest.fixture
def serve(request: pytest.FixtureRequest, tmp_path: Path) -> Serve:
    """Serve the system with some settings, as a developer does, or as it is packaged (`--packaged`): `serve({...})`."""
    build, log = packaged.build_of(request.config), tmp_path / "server.log"
    if build is None:
        return lambda environment: chalice_local(environment, log)
    return lambda environment: packaged_functions(build, environment, log)


@pytest.fixture
def served(database: dict[str, str], cloud: TestCloud, serve: Serve) -> Iterator[Callable[[], Browserless]]:
    """Clients of the system on this test's database: `served()` gives a new one."""
    with serve({"CVD_STAGE": "test", "CVD_DATABASE_CONNECTIONS": "16"}) as address:
        yield lambda: Browserless(address)


def enrol(db: Connection, person: Person) -> int:
    """Write the row of somebody whom the pool knows; their id."""
    return int(
        db.value(
            """
            INSERT INTO users (username, email, identity_sub, role)
            VALUES (%(username)s, %(email)s, %(subject)s, %(role)s)
            RETURNING id
            """,
            username=person.username,
            email=person.email,
            subject=person.subject,
            role=person.role,
        )
    )


@pytest.fixture
def enter(
    served: Callable[[], Browserless], db: Connection, _people: dict[str, Person]
) -> Callable[[str], tuple[Browserless, int]]:
    """Sign in over HTTP, by role: the client and the user's id."""

    def make(role: str) -> tuple[Browserless, int]:
        user_id, client = enrol(db, _people[role]), served()
        client.sign_in(_people[role].username, PASSWORD)
        return client, user_id

    return make
