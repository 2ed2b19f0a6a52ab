"""One delivery in order, then the storm, then the comparison."""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools.telemetry.storm import fleet, sending, stand, totals
from tools.telemetry.storm.fleet import Machine
from tools.telemetry.storm.sending import Deliveries
from tools.telemetry.storm.stand import Stand

SETTLING_SECONDS = 3600.0
TOGETHER = 50
"""Reads in one request of the delivery in order; the storm sends each by itself."""


@dataclass(frozen=True)
class Run:
    """What one stand has on its books at the end, and how it went."""

    totals: bytes
    counts: dict[str, int]
    sums: dict[str, int]
    ledger: int
    tried_again: int
    answers: dict[int, int]
    duplicates: int
    sending_seconds: float
    seconds: float

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.totals).hexdigest()


def storm(options: argparse.Namespace) -> int:
    """Run both and tell; 1 when anything is missing, doubled or different."""
    machines = fleet.machines(options.reads, seed=options.seed, faults=options.faults)
    in_order = [read for machine in machines for read in machine.reads]
    deliveries = in_order * options.times
    random.Random(options.seed).shuffle(deliveries)
    once = run(machines, in_order, senders=1, queue_workers=1, together=TOGETHER)
    stormy = run(machines, deliveries, senders=options.workers, queue_workers=options.queue_workers)
    found = report(options.reads, len(machines), once, stormy)
    print(json.dumps(found, indent=2))
    return 0 if found["proven"] else 1


def run(
    machines: Sequence[Machine], reads: Sequence[bytes], *, senders: int, queue_workers: int, together: int = 1
) -> Run:
    """Deliver reads to a stand of their own."""
    with stand.standing(workers=queue_workers) as place:
        with place.database() as db:
            fleet.enrol(db, machines)
        began = time.monotonic()
        sent = sending.send(place.port, place.token, reads, senders=senders, together=together)
        sending_seconds = time.monotonic() - began
        stand.wait_for_silence(place, seconds=SETTLING_SECONDS)
        return _run_of(place, sent, sending_seconds, time.monotonic() - began)


def _run_of(place: Stand, sent: Deliveries, sending_seconds: float, seconds: float) -> Run:
    from chalicelib.stock.service import check_ledger

    with place.database() as db:
        return Run(
            totals=totals.of(db),
            counts=totals.counts(db),
            sums=totals.sums(db),
            ledger=len(check_ledger(db)),
            tried_again=db.value("SELECT count(*) FROM dex_files WHERE attempts > 1"),
            answers=dict(sent.answers),
            duplicates=sent.duplicates,
            sending_seconds=round(sending_seconds, 1),
            seconds=round(seconds, 1),
        )


def report(reads: int, machines: int, once: Run, stormy: Run) -> dict[str, object]:
    """The figures, and whether they prove what they should."""
    wanted = dict.fromkeys(stormy.counts, reads)
    is_same = once.totals == stormy.totals
    deliveries = stormy.answers.get(202, 0)
    is_once = stormy.counts == wanted == once.counts and stormy.duplicates == deliveries - reads
    return {
        "proven": is_same and is_once and not (once.ledger or stormy.ledger),
        "reads": reads,
        "machines": machines,
        "deliveries": deliveries,
        "told as duplicates": stormy.duplicates,
        "answers": {str(status): count for status, count in sorted(stormy.answers.items())},
        "counts": stormy.counts,
        "sums": stormy.sums,
        "totals equal byte by byte": is_same,
        "bytes compared": len(once.totals),
        "sha256 in order": once.digest,
        "sha256 of the storm": stormy.digest,
        "breaks of the ledger": stormy.ledger,
        "files tried again": stormy.tried_again,
        "reads applied a second, in order": round(reads / once.seconds, 1),
        "seconds": {
            "in order": once.seconds,
            "storm, sending": stormy.sending_seconds,
            "storm, until applied": stormy.seconds,
        },
    }
