"""Writes a simulated fleet to disk: DEX files by machine, a feed of signed webhooks in order of arrival, the truth."""

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from standardwebhooks.webhooks import Webhook

from tools.simulator.delivery import Arrival, deliver
from tools.simulator.life import Course, Life, live
from tools.simulator.machine import Happening
from tools.simulator.truth import truth_rows

Row = dict[str, object]
Spool = list[tuple[datetime, int, int]]


def write_fleet(course: Course, machines: int, out: Path) -> int:
    """Files under `<asset>/`, `webhooks.jsonl`, `truth.jsonl` and `fleet.json`; gives the number of DEX files.

    A line of `webhooks.jsonl` is one delivery by Standard Webhooks: `receivedAt`, `headers`, and the `body` that they
    sign, in the shape of the generic adapter. `fleet.json` holds the partner's secret, which follows from the seed.
    """
    out.mkdir(parents=True, exist_ok=True)
    secret = secret_of(course)
    about = {"seed": course.seed, "machines": machines, "days": course.days, "faults": sorted(course.faults)}
    (out / "fleet.json").write_bytes(_line(about | {"partner": {"adapter": "generic", "secrets": [secret]}}))
    spool: Spool = []
    written = 0
    with (out / "truth.jsonl").open("wb") as truth, (out / "webhooks.spool").open("w+b") as webhooks:
        for number in range(1, machines + 1):
            life = live(course, number)
            arrivals = deliver(course, life)
            written += _write_files(life, arrivals, out)
            truth.writelines(_line(row) for row in truth_rows(life, arrivals))
            for at, name, body in _bodies(life, arrivals):
                line = _line(_signed(secret, at, _id_of(course, life, name), json.dumps(body, separators=(",", ":"))))
                spool.append((at, webhooks.tell(), len(line)))
                webhooks.write(line)
        with (out / "webhooks.jsonl").open("wb") as feed:
            _in_order(spool, webhooks, feed)
    (out / "webhooks.spool").unlink()
    return written


def secret_of(course: Course) -> str:
    """The signing secret of the simulated partner: no secret at all, for whoever knows the seed has it."""
    return f"whsec_{base64.b64encode(hashlib.sha256(f'{course.seed}/partner'.encode()).digest()).decode()}"


def _write_files(life: Life, arrivals: list[Arrival], out: Path) -> int:
    folder = out / life.machine.asset
    folder.mkdir(exist_ok=True)
    for number, arrival in enumerate(arrivals):
        (folder / _filename(arrival, number)).write_bytes(arrival.content)
    return len(arrivals)


def _filename(arrival: Arrival, number: int) -> str:
    return f"{arrival.received_at:%Y%m%dT%H%M%S}-{number:03}.dex"


def _bodies(life: Life, arrivals: list[Arrival]) -> Iterator[tuple[datetime, str, Row]]:
    """What one machine sends, named: its reads as they arrive, its events and, if it is online, its card vends."""
    for number, arrival in enumerate(arrivals):
        content = base64.b64encode(arrival.content).decode()
        body: Row = {"content": content, "encoding": "base64", "filename": _filename(arrival, number)}
        yield arrival.received_at, f"read/{number}", body
    for number, one in enumerate(life.machine.happenings):
        yield one.at, f"{one.kind}/{number}", {"events": [_happening(life, number, one)]}


def _happening(life: Life, number: int, one: Happening) -> Row:
    machine = life.machine
    row: Row = {
        "type": one.kind,
        "id": f"{machine.asset}/{one.kind}/{number}",
        "machine": {"serial": machine.serial, "asset": machine.asset, "commId": machine.comm_id},
        "at": one.at.isoformat(),
    }
    if one.kind == "vend":
        return row | {"selection": one.selection, "device": one.device, "cents": one.cents}
    return row | {"code": one.code, "active": one.is_active}


def _id_of(course: Course, life: Life, name: str) -> str:
    return hashlib.sha256(f"{course.seed}/{life.machine.number}/{name}".encode()).hexdigest()[:32]


def _signed(secret: str, at: datetime, name: str, body: str) -> Row:
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(msg_id=name, timestamp=at, data=body),
    }
    return {"receivedAt": at.isoformat(), "headers": headers, "body": body}


def _in_order(spool: Spool, source: BinaryIO, target: BinaryIO) -> None:
    """Copies the lines in the order of their instants, without holding the fleet in memory."""
    for _, begin, length in sorted(spool):
        source.seek(begin)
        target.write(source.read(length))


def _line(row: Row) -> bytes:
    return f"{json.dumps(row, separators=(',', ':'))}\n".encode()
