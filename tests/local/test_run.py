"""`make run` as a person uses it: the whole thing, in real processes."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tools.local import processes
from tools.local.postgres import Postgres, chosen_version
from tools.local.stage import ROOT

STARTING_SECONDS = 120


def run(folder: Path, port: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tools.local", "run", "--port", str(port), *more]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CVD_", "AWS_"))}
    environment |= {"CVD_LOCAL": str(folder), "CVD_POSTGRES": chosen_version()}
    log = (folder.parent / f"{folder.name}-{port}.log").open("w+")
    with log:
        return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=log, stderr=subprocess.STDOUT)


def output(folder: Path, port: int) -> str:
    return (folder.parent / f"{folder.name}-{port}.log").read_text()


def wait_for_welcome(folder: Path, port: int, process: subprocess.Popen[str]) -> str:
    deadline = time.monotonic() + STARTING_SECONDS
    while "First calls" not in output(folder, port):
        assert process.poll() is None, output(folder, port)
        assert time.monotonic() < deadline, output(folder, port)
        time.sleep(0.1)
    return output(folder, port)


def health(port: int) -> object:
    """Ask until it answers: the API is started anew when a source file changes, as while somebody works on it."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=10) as answer:
                return json.load(answer)
        except OSError:
            time.sleep(0.1)
    return None


def stop(process: subprocess.Popen[str], number: int) -> int:
    process.send_signal(number)
    return process.wait(30)


def password_in(text: str) -> str:
    found = re.search(r"with the password (\S+) as", text)
    assert found
    return found.group(1)


@pytest.mark.slow
def test_run_serves_keeps_its_data_and_stops_all_it_started(folder: Path) -> None:
    place, port = folder / "local", processes.free_port()
    place.mkdir()
    first = run(place, port)
    try:
        welcome = wait_for_welcome(place, port, first)
        assert health(port) == {"status": "healthy"}

        second = run(place, processes.free_port())
        assert second.wait(60) == 1
        sentence = f"The local stage is already running (process {first.pid})"
        assert any(sentence in file.read_text() for file in folder.glob("local-*.log"))
    finally:
        code = stop(first, signal.SIGINT)
    assert code == 0
    assert not processes.listens(port)
    assert not Postgres(place / "postgres", chosen_version()).is_running()
    environment = json.loads((place / "environment.json").read_text())
    assert not processes.listens(int(environment["AWS_ENDPOINT_URL"].rpartition(":")[2]))
    assert (place / "environment.json").stat().st_mode & 0o077 == 0

    again = run(place, port)
    try:
        assert password_in(wait_for_welcome(place, port, again)) == password_in(welcome)
        assert "making the demo fleet" not in output(place, port)
    finally:
        assert stop(again, signal.SIGTERM) == 0


@pytest.mark.slow
def test_a_taken_port_is_said_in_one_sentence(folder: Path) -> None:
    place = folder / "local"
    place.mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert run(place, port).wait(60) == 1

    assert output(place, port).strip() == (
        f"Port {port} is taken by another program: stop that program, "
        f"or choose another port (make run PORT={port + 1})."
    )


@pytest.mark.slow
def test_a_legacy_file_that_is_not_there_is_said_in_one_sentence(folder: Path) -> None:
    place, port = folder / "local", processes.free_port()
    place.mkdir()

    assert run(place, port, "--legacy", str(folder / "none.db")).wait(120) == 1

    assert f"There is no file {folder / 'none.db'}" in output(place, port)
    assert not Postgres(place / "postgres", chosen_version()).is_running()
