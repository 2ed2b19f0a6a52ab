"""Receivers as the documentation writes them, on the published packages: they take what is ours and nothing else."""

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from chalicelib.kit.db import Connection
from chalicelib.partners.rules.catalogue import CATALOGUE
from chalicelib.partners.service import secrets
from tests.partners.conftest import deliver
from tests.support.people import SignedIn
from tools.local.processes import free_port
from tools.webhooks import javascript
from tools.webhooks.receiver import Receiver

DOCUMENT = Path("docs/webhooks.md").read_text()
SECRET = secrets.fresh()
BODY = '{"id": "m1", "type": "device.created", "data": {"asset": "Ä-1"}}'

needs_node = pytest.mark.skipif(javascript.missing() is not None, reason=str(javascript.missing()))
needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")


def example(language: str) -> str:
    """The example of the documentation in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(found)


def signed(body: str = BODY, *, secret: str = SECRET, age: int = 0, name: str = "m1") -> dict[str, str]:
    moment = datetime.now(UTC) - timedelta(seconds=age)
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, moment, body),
    }


KINDS = ("tampered", "stale", "from the future", "of another secret", "under another id", "unsigned")


def forgeries() -> Mapping[str, tuple[dict[str, str], str]]:
    """Messages that must be refused, of this moment: a signature is old after five minutes."""
    return {
        "tampered": (signed(), BODY.replace("created", "deleted")),
        "stale": (signed(age=301), BODY),
        "from the future": (signed(age=-310), BODY),
        "of another secret": (signed(secret=secrets.fresh()), BODY),
        "under another id": ({**signed(), "webhook-id": "m2"}, BODY),
        "unsigned": ({"webhook-id": "m1", "webhook-timestamp": "1"}, BODY),
    }


@pytest.fixture(scope="module")
def take() -> Callable[..., int]:
    """The receiver in Python."""
    module: dict[str, Any] = {}
    exec(example("python"), module)  # noqa: S102 - our own documentation
    function: Callable[..., int] = module["take"]
    return function


def test_python_takes_what_is_signed_once(take: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    seen: set[str] = set()

    assert [take(SECRET, signed(), BODY.encode(), seen) for _ in range(2)] == [204, 204]
    assert capsys.readouterr().out.count("device.created") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_python_refuses_forgeries(take: Callable[..., int], kind: str) -> None:
    headers, body = forgeries()[kind]

    assert take(SECRET, headers, body.encode(), set()) == 400


@needs_node
def test_javascript_takes_what_is_signed_once_and_refuses_forgeries(tmp_path: Path) -> None:
    cases = [(signed(), BODY), (signed(), BODY), *forgeries().values()]
    (tmp_path / "node_modules").symlink_to(javascript.PACKAGES / "node_modules")
    (tmp_path / "take.mjs").write_text(example("javascript"))
    (tmp_path / "run.mjs").write_text(
        'import { take } from "./take.mjs"; const seen = new Set();'
        f"const cases = {json.dumps(cases)}; console.log = () => {{}};"
        f"process.stdout.write(JSON.stringify(cases.map(([h, b]) => take({json.dumps(SECRET)}, h, b, seen))));"
    )

    ran = subprocess.run(["node", "run.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)

    assert json.loads(ran.stdout) == [204, 204] + [400] * len(KINDS)


@needs_openssl
@pytest.mark.parametrize(("body", "words"), [(BODY, "genuine"), (BODY + " ", "forged")])
def test_the_shell_tells_what_is_genuine(tmp_path: Path, body: str, words: str) -> None:
    headers = signed()
    (tmp_path / "body").write_text(body)
    told = {
        "SECRET": SECRET,
        "ID": headers["webhook-id"],
        "TIMESTAMP": headers["webhook-timestamp"],
        "SIGNATURE": "v1,AAAA " + headers["webhook-signature"],
        "BODY": str(tmp_path / "body"),
    }

    ran = subprocess.run(
        ["bash", "-c", example("bash")], env={**os.environ, **told}, capture_output=True, text=True, check=False
    )

    assert ran.stdout.strip() == words, ran.stderr


@needs_node
def test_the_measuring_receiver_in_javascript_counts_what_it_verifies() -> None:
    port = free_port()
    with javascript.receiver(SECRET, port) as url:
        statuses = [post(port, *message) for message in ((signed(), BODY), (signed(), BODY), *forgeries().values())]

        assert statuses == [204, 409] + [400] * len(KINDS)
        assert javascript.counts(url) == {"verified": 1, "refused": len(KINDS), "repeated": 1}


def post(port: int, headers: Mapping[str, str], body: str) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/", body.encode(), dict(headers))
        return connection.getresponse().status


@pytest.fixture
def listening() -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """`make listen` with a secret; its port and process."""
    port = free_port()
    command = [sys.executable, "-m", "tools.webhooks", "listen", "--port", str(port), "--secret", SECRET]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert str(port) in process.stdout.readline()
        yield port, process
        process.terminate()


def test_listening_prints_what_arrives_and_whether_it_verifies(
    listening: tuple[int, "subprocess.Popen[str]"],
) -> None:
    port, process = listening
    assert process.stdout is not None

    assert post(port, signed(), BODY) == 204
    assert '"verified": true' in process.stdout.readline()
    assert "".join(process.stdout.readline() for _ in range(7)).count("device.created") == 1
    assert post(port, *forgeries()["tampered"]) == 400
    assert "No matching signature found" in process.stdout.readline()


@needs_node
def test_both_languages_verify_what_is_really_delivered(
    admin: SignedIn, manager: SignedIn, receiver: Receiver, db: Connection
) -> None:
    port = free_port()
    made = admin.post("/api/webhooks", json={"url": f"http://127.0.0.1:{port}/js", "eventTypes": ["*"]}).json
    for number in range(20):
        manager.post("/api/locations", json={"name": f"Depot {number} ü"})

    with javascript.receiver(made["secret"], port) as url:
        deliver(db)
        assert javascript.counts(url) == {"verified": 20, "refused": 0, "repeated": 0}

    assert db.value("SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered'") == 20


def test_the_documentation_names_every_event() -> None:
    assert [event.name for event in CATALOGUE if f"`{event.name}`" not in DOCUMENT] == []


def test_the_example_of_a_delivery_is_one() -> None:
    shown = json.loads(example("json"))
    schema = json.loads(Path("docs/events/stock.low.v1.json").read_text())

    assert set(shown) == set(schema["properties"])
    assert set(shown["data"]) == set(schema["$defs"]["Slot"]["properties"])
