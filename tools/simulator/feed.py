"""Writes a simulated fleet to disk: DEX files by machine, one feed of webhooks in order of arrival, and the truth."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tools.simulator.delivery import Arrival, deliver
from tools.simulator.life import Course, Life, live
from tools.simulator.truth import truth_rows

Row = dict[str, object]
Spool = list[tuple[datetime, int, int]]


def write_fleet(course: Course, machines: int, out: Path) -> int:
    """Files under `<asset>/<received>.dex`, `webhooks.jsonl` and `truth.jsonl`; gives the number of DEX files."""
    out.mkdir(parents=True, exist_ok=True)
    spool: Spool = []
    written = 0
    with (out / "truth.jsonl").open("wb") as truth, (out / "webhooks.spool").open("w+b") as webhooks:
        for number in range(1, machines + 1):
            life = live(course, number)
            arrivals = deliver(course, life)
            written += _write_files(life, arrivals, out)
            truth.writelines(_line(row) for row in truth_rows(life, arrivals))
            for at, row in _messages(course, life, arrivals):
                line = _line(row)
                spool.append((at, webhooks.tell(), len(line)))
                webhooks.write(line)
        with (out / "webhooks.jsonl").open("wb") as feed:
            _in_order(spool, webhooks, feed)
    (out / "webhooks.spool").unlink()
    return written


def _write_files(life: Life, arrivals: list[Arrival], out: Path) -> int:
    folder = out / life.machine.asset
    folder.mkdir(exist_ok=True)
    for arrival in arrivals:
        (folder / f"{arrival.received_at:%Y%m%dT%H%M%S}.dex").write_bytes(arrival.content)
    return len(arrivals)


def _messages(course: Course, life: Life, arrivals: list[Arrival]) -> Iterator[tuple[datetime, Row]]:
    """The webhooks of one machine: its reads as they arrive, its events and, if it is online, its card vends."""
    machine = {"serial": life.machine.serial, "asset": life.machine.asset}
    for number, arrival in enumerate(arrivals):
        received = {"receivedAt": arrival.received_at.isoformat()}
        row = _envelope(course, life, f"read/{number}", "read", machine) | received
        yield arrival.received_at, row | {"content": arrival.content.decode("ascii", "replace")}
    for number, one in enumerate(life.machine.happenings):
        row = _envelope(course, life, f"{one.kind}/{number}", one.kind, machine) | {"receivedAt": one.at.isoformat()}
        if one.kind == "vend":
            yield one.at, row | {"selection": one.selection, "device": one.device, "cents": one.cents}
        else:
            yield one.at, row | {"code": one.code, "active": one.is_active}


def _envelope(course: Course, life: Life, name: str, kind: str, machine: dict[str, str]) -> Row:
    digest = hashlib.sha256(f"{course.seed}/{life.machine.number}/{name}".encode()).hexdigest()
    return {"id": digest[:32], "type": kind, "machine": machine}


def _in_order(spool: Spool, source: BinaryIO, target: BinaryIO) -> None:
    """Copies the lines in the order of their instants, without holding the fleet in memory."""
    for _, begin, length in sorted(spool):
        source.seek(begin)
        target.write(source.read(length))


def _line(row: Row) -> bytes:
    return f"{json.dumps(row, separators=(',', ':'))}\n".encode()
