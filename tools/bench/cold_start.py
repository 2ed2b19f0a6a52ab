"""`make coldstart`: what a cold start of each packaged function takes, beside a floor and beside all routes in one.

Each measurement is a fresh process with AWS's runtime interface client, from its start to its first answer, on the
function's own archive and layers, with a signed-in admin's request. The floor is an empty Chalice route that imports
psycopg and pydantic, on the same layer; it is measured again and again in between, and each ratio is to the floors
around it, so that a busy machine spoils the seconds but hardly the ratios.
"""

import argparse
import json
import os
import re
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tools.gateway.built import Built, NotBuilt, Packaged
from tools.gateway.events import Request, event_of
from tools.gateway.sandbox import Place, Sandbox
from tools.local import contents, stage
from tools.package import archive
from tools.package.build import WHOLE_APP

ROUNDS: Final = 5
FUNCTIONS_BETWEEN_FLOORS: Final = 4
SECONDS: Final = 60.0
NOTHING_HAS_IT: Final = "999999"
AIM: Final = 1.5
ENDS_THE_SESSION: Final = "auth-logout"

FLOOR: Final = '''"""The least that a route of ours could be, imported as all are: without the garbage collector."""
import gc

gc.disable()

import psycopg
from chalice.app import Chalice
from pydantic import BaseModel

__all__ = ["handle", "psycopg"]


class Least(BaseModel):
    status: str


handle = Chalice("floor")


@handle.route("/api/floor")
def floor():
    return Least(status="ok").model_dump()


gc.freeze()
gc.enable()
'''


@dataclass(frozen=True)
class Start:
    """One cold start: seconds to the answer, seconds of processor time, peak memory in MiB, the answer's status."""

    seconds: float
    processor: float
    mebibytes: float
    status: int | None


@dataclass(frozen=True)
class Line:
    """A function's medians, and their ratios to the floors around each measurement."""

    name: str
    seconds: float
    processor: float
    mebibytes: float
    ratio: float
    processor_ratio: float
    statuses: frozenset[int | None]


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.cold_start", description=__doc__)
    parser.add_argument("--stage", choices=["dev", "prod"], default="dev")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", default="", help="a regular expression of the functions' names")
    arguments = parser.parse_args()
    built = Built((stage.ROOT / "build" / arguments.stage).resolve())
    wanted = [one for one in built.functions.values() if one.kind == "route" and re.search(arguments.only, one.name)]
    try:
        with signed_in(built) as bench:
            lines, floor, whole = measured(bench, wanted, arguments.rounds)
    except NotBuilt as reason:
        print(reason, file=sys.stderr)
        return 1
    print(table(lines, floor, whole, arguments.rounds))
    return 0


@dataclass(frozen=True)
class Bench:
    """Where functions are started, and who asks them."""

    place: Place
    token: str

    def start(self, function: Packaged, method: str, task: Path | None = None) -> Start:
        """Start a function, ask once, end it. Raises `Failed`, `TimedOut`."""
        event = json.dumps(self._event(function, method)).encode()
        began = time.monotonic()
        sandbox = Sandbox(function, self.place, task=task)
        try:
            answer: dict[str, Any] = json.loads(sandbox.invoke(event, seconds=SECONDS))  # Any: a proxy result
            seconds = time.monotonic() - began
            return Start(seconds, sandbox.processor_seconds, sandbox.peak_kibibytes / 1024, answer.get("statusCode"))
        finally:
            sandbox.end()

    def _event(self, function: Packaged, method: str) -> dict[str, Any]:  # Any: JSON
        path = str(function.path)
        values = dict.fromkeys(re.findall(r"{(\w+)}", path), NOTHING_HAS_IT)
        headers = [("Host", "localhost"), ("Content-Type", "application/json")]
        if function.name != ENDS_THE_SESSION:  # Or every function after it would be turned away at the door.
            headers.append(("Authorization", f"Bearer {self.token}"))
        body = b"" if method == "GET" else b"{}"
        filled = re.sub(r"{\w+}", NOTHING_HAS_IT, path)
        return event_of(Request(method, filled, "", headers, body, "127.0.0.1"), path, values)


@contextmanager
def signed_in(built: Built) -> Iterator[Bench]:
    """The services with the demo fleet, in a folder of their own, and an admin's token."""
    os.environ.setdefault("CVD_LOCAL", str(stage.ROOT / "build" / "coldstart"))
    stage.folder().mkdir(parents=True, exist_ok=True)
    with stage.services(origins="http://localhost:8000") as services:
        people = contents.fill(services.environment, legacy=None)
        settings = {**services.environment, "CVD_STAGE": "local", "CVD_DATABASE_CONNECTIONS": "2"}
        bench = Bench(Place(built, settings), "")
        yield replace(bench, token=_token(bench, built, people.usernames[0], people.password))


def _token(bench: Bench, built: Built, username: str, password: str) -> str:
    login = built.functions["auth-login"]
    body = json.dumps({"username": username, "password": password}).encode()
    headers = [("Host", "localhost"), ("Content-Type", "application/json")]
    event = event_of(Request("POST", str(login.path), "", headers, body, "127.0.0.1"), str(login.path), {})
    sandbox = Sandbox(login, bench.place)
    try:
        told = json.loads(sandbox.invoke(json.dumps(event).encode(), seconds=SECONDS))
    finally:
        sandbox.end()
    return str(json.loads(told["body"])["tokens"]["accessToken"])


def measured(bench: Bench, wanted: Sequence[Packaged], rounds: int) -> tuple[list[Line], Start, Start]:
    """Measure all functions in rounds, the floor and the whole app in between: lines, floor, whole app."""
    floor_task, whole_task = _task_of_floor(bench), _task_of_whole_app(bench)
    floors: list[Start] = []
    wholes: list[Start] = []
    starts: dict[str, list[tuple[Start, int]]] = {function.name: [] for function in wanted}
    least = replace(bench.place.built.functions["health"], name="floor", path="/api/floor")
    for turn in range(rounds):
        for number, function in enumerate(wanted):
            if number % FUNCTIONS_BETWEEN_FLOORS == 0:
                floors.append(bench.start(least, "GET", floor_task))
            starts[function.name].append((bench.start(function, _method(function)), len(floors) - 1))
            if number % (FUNCTIONS_BETWEEN_FLOORS * 4) == turn:
                wholes.append(bench.start(function, _method(function), whole_task))
        floors.append(bench.start(least, "GET", floor_task))
        print(f"round {turn + 1} of {rounds}", file=sys.stderr, flush=True)
    return [_line(name, taken, floors) for name, taken in starts.items()], _median(floors), _median(wholes)


def _method(function: Packaged) -> str:
    return "GET" if "GET" in function.methods else function.methods[0]


def _line(name: str, taken: Sequence[tuple[Start, int]], floors: Sequence[Start]) -> Line:
    middle = _median([start for start, _ in taken])
    around = [_median(floors[max(0, at - 1) : at + 2]) for _, at in taken]
    ratios = [start.seconds / floor.seconds for (start, _), floor in zip(taken, around, strict=True)]
    processor = [start.processor / floor.processor for (start, _), floor in zip(taken, around, strict=True)]
    statuses = frozenset(start.status for start, _ in taken)
    return Line(
        name,
        middle.seconds,
        middle.processor,
        middle.mebibytes,
        statistics.median(ratios),
        statistics.median(processor),
        statuses,
    )


def _median(starts: Sequence[Start]) -> Start:
    return Start(
        statistics.median(start.seconds for start in starts),
        statistics.median(start.processor for start in starts),
        statistics.median(start.mebibytes for start in starts),
        None,
    )


def _task_of_floor(bench: Bench) -> Path:
    contents = archive.with_bytecode({"handler.py": FLOOR.encode()}, under="/var/task")
    return _laid_out(bench.place.built.folder / "unpacked" / "floor", contents)


def _task_of_whole_app(bench: Bench) -> Path:
    folder = bench.place.built.folder
    return _laid_out(folder / "unpacked" / "whole-app", archive.read(folder / WHOLE_APP))


def _laid_out(folder: Path, contents: Mapping[str, bytes]) -> Path:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def table(lines: Sequence[Line], floor: Start, whole: Start, rounds: int) -> str:
    """The table, dearest first."""
    whole_line = Line(
        "all routes in one function",
        *(whole.seconds, whole.processor, whole.mebibytes),
        *(whole.seconds / floor.seconds, whole.processor / floor.processor, frozenset()),
    )
    floor_line = Line("floor", floor.seconds, floor.processor, floor.mebibytes, 1.0, 1.0, frozenset())
    dearest_first = sorted(lines, key=lambda line: -line.ratio)
    return "\n".join(
        [
            f"cold start to first answer, medians of {rounds}; ratios to the floors around each measurement",
            f"{'':52} seconds  ratio  cpu s  ratio  MiB  to all in one",
            *(_told(line, whole) for line in (floor_line, whole_line, *dearest_first)),
            _summed_up(lines),
        ]
    )


def _summed_up(lines: Sequence[Line]) -> str:
    told = [f"{len(lines)} routes, to the floor:"]
    for words, ratios in (
        ("by the clock", sorted(line.ratio for line in lines)),
        ("by processor time", sorted(line.processor_ratio for line in lines)),
    ):
        above = sum(ratio > AIM for ratio in ratios)
        told.append(f"  {words}: median {statistics.median(ratios):.2f}, largest {ratios[-1]:.2f}, {above} above {AIM}")
    return "\n".join(told)


def _told(line: Line, whole: Start) -> str:
    figures = f"{line.seconds:7.3f}  {line.ratio:5.2f}  {line.processor:5.2f}  {line.processor_ratio:5.2f}"
    return f"{line.name:52} {figures} {line.mebibytes:4.0f}  {line.processor / whole.processor:5.2f}  {_statuses(line)}"


def _statuses(line: Line) -> str:
    return " ".join(sorted(str(status) for status in line.statuses))


if __name__ == "__main__":
    sys.exit(main())
