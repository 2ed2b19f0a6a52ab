"""What a read costs on its way to the books, part by part: `python -m tools.telemetry bench`.

Every part is measured on the same reads in one run, so that the figures may be held against one another: they are the
machine's of that hour, their ratios are the program's.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.kit import aws, db
from chalicelib.kit.settings import settings
from chalicelib.telemetry.dex import parse
from chalicelib.telemetry.models.feeds import Delivery, SentRead
from chalicelib.telemetry.service import applying, taking
from chalicelib.telemetry.service.taking import Sender
from tools.telemetry.storm import fleet, sending, stand
from tools.telemetry.storm.fleet import Machine, Taken
from tools.telemetry.storm.sending import Deliveries
from tools.telemetry.storm.stand import Stand

SENDERS = 8
TOGETHER = 50


@dataclass
class Spent:
    """Seconds by the clock and of this process's processor, and what was asked of the database meanwhile."""

    wall: float = 0.0
    cpu: float = 0.0
    statements: int = 0
    database: float = 0.0

    def figures(self, reads: int) -> dict[str, float]:
        """By read: statements and milliseconds; the rest of the clock's time went to other processes and to S3."""
        return {
            "reads a second": round(reads / self.wall, 1),
            "ms a read": round(self.wall * 1000 / reads, 2),
            "of these, ms of our processor": round(self.cpu * 1000 / reads, 2),
            "of these, ms waiting for the database": round(self.database * 1000 / reads, 2),
            "statements a read": round(self.statements / reads, 2),
        }


def bench(options: argparse.Namespace) -> int:
    """Measure and print."""
    machines = fleet.machines(options.reads, seed=options.seed, faults=frozenset())
    half = len(machines) // 2
    found: dict[str, object] = {"reads": options.reads, "machines": len(machines), "parsed": _parsing(machines)}
    with stand.standing(workers=0) as place:
        with place.database() as owner:
            fleet.enrol(owner, machines)
        _use(place)
        found["taken over HTTP, one a request"] = _over_http(place, _reads(machines))
        found["applied in batches of ten"] = _applied(machines[:half], batch=10)
        found["applied one by one"] = _applied(machines[half:], batch=1)
    print(json.dumps(found, indent=2))
    return 0


def _reads(machines: Sequence[Machine]) -> list[bytes]:
    return [read.content for machine in machines for read in machine.reads]


def _use(place: Stand) -> None:
    """Let this process's own application work on the stand."""
    os.environ.update(place.environment)
    settings.cache_clear()
    aws.forget_clients()
    db.close_all()


def _parsing(machines: Sequence[Machine]) -> dict[str, float]:
    reads = _reads(machines)
    began = time.process_time()
    for read in reads:
        parse(read, uploaded_at=datetime.now(UTC))
    seconds = time.process_time() - began
    return {
        "ms of our processor a read": round(seconds * 1000 / len(reads), 2),
        "bytes a read": round(sum(map(len, reads)) / len(reads)),
    }


def _over_http(place: Stand, reads: Sequence[bytes]) -> dict[str, float]:
    """The reads go to a queue that nobody works on, and are noted as applied afterwards: only taking is measured."""
    # Other bytes than those that are applied later.
    content = [Taken(read + b"\r\n", datetime.now(UTC)) for read in reads]
    began = time.perf_counter()
    sending.send(place.ports, place.token, Deliveries.of(content), senders=SENDERS)
    seconds = time.perf_counter() - began
    with place.database() as owner:
        owner.execute("UPDATE dex_files SET status = 'applied', applied_at = now()")
    return {"reads a second": round(len(reads) / seconds, 1), "senders": SENDERS}


def _applied(machines: Sequence[Machine], *, batch: int) -> dict[str, float]:
    reads = _reads(machines)
    call = applying.work("bench")
    for start in range(0, len(reads), TOGETHER):
        some = [SentRead(content=read.decode("ascii")) for read in reads[start : start + TOGETHER]]
        taking.take(call, Sender("webhook", partner="bench"), Delivery(reads=some))
    with db.transaction(read_only=True) as connection:
        waiting = connection.values("SELECT id FROM dex_files WHERE status = 'stored' ORDER BY received_at, id")
    with _counted() as spent:
        for start in range(0, len(waiting), batch):
            if failed := applying.apply_files(waiting[start : start + batch]):
                raise RuntimeError("a read could not be applied") from next(iter(failed.values()))
    return spent.figures(len(waiting))


@contextmanager
def _counted() -> Iterator[Spent]:
    """Count what goes to the database by psycopg's own door, without a change to ours."""
    import psycopg

    spent, plain = Spent(), psycopg.Cursor.execute
    wall, cpu = time.perf_counter(), time.process_time()
    setattr(psycopg.Cursor, "execute", _measuring(plain, spent))  # noqa: B010 - put back below
    try:
        yield spent
    finally:
        setattr(psycopg.Cursor, "execute", plain)  # noqa: B010 - as it was
        spent.wall, spent.cpu = time.perf_counter() - wall, time.process_time() - cpu


def _measuring(plain: Callable[..., object], spent: Spent) -> Callable[..., object]:
    def execute(*given: object, **named: object) -> object:
        began = time.perf_counter()
        try:
            return plain(*given, **named)
        finally:
            spent.database += time.perf_counter() - began
            spent.statements += 1

    return execute
