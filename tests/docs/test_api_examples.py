"""The examples of docs/api.md, run as they stand against the system over HTTP."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import requests

from tests.support.factories import device
from tools.telemetry.storm.stand import Stand, standing

pytestmark = pytest.mark.slow

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text()

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not on this machine")
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")


def example(language: str) -> str:
    """The example of the documentation in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    """The API and the local pool as processes, with three machines."""
    with standing(workers=0, sender="demoadmin") as built:
        with built.database() as db:
            for number in range(3):
                device(db, f"EX-{number}")
        yield built


@pytest.fixture(scope="module")
def settings_of_a_program(stand: Stand) -> Mapping[str, str]:
    """What the examples want to know."""
    api = f"http://127.0.0.1:{stand.port}/api"
    wish = {
        "name": "Acme ERP",
        "owner": "Acme Ltd",
        "contact": "dev@acme.example",
        "scopes": ["devices:read", "locations:write"],
    }
    made = requests.post(
        f"{api}/partners/clients", json=wish, headers={"Authorization": f"Bearer {stand.token}"}, timeout=30
    )
    assert made.status_code == 201, made.text
    credential = made.json()["credential"]
    return {
        **os.environ,
        "API": api,
        "CLIENT_ID": credential["clientId"],
        "CLIENT_SECRET": credential["clientSecret"],
        "TOKEN_URL": credential["tokenUrl"],
    }


@pytest.mark.parametrize(
    ("language", "command", "site"),
    [
        pytest.param("sh", ["bash", "-eu", "-c"], "Site 4711", marks=needs_curl),
        pytest.param("python", [sys.executable, "-c"], "Site 4712"),
        pytest.param("javascript", ["node", "--input-type=module", "-e"], "Site 4713", marks=needs_node),
    ],
)
def test_an_example_does_what_it_says_and_twice_is_once(
    language: str, command: list[str], site: str, settings_of_a_program: Mapping[str, str], stand: Stand
) -> None:
    for _ in range(2):
        ran = subprocess.run(
            [*command, example(language)],
            env=dict(settings_of_a_program),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.split("\n") == ["EX-2", "EX-1", "EX-0", site, ""]
    with stand.database() as db:
        assert db.value("SELECT count(*) FROM locations WHERE name = %(name)s", name=site) == 1
