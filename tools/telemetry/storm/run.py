"""One delivery in order, then the storm, then the comparison."""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tools.telemetry.storm import fleet, sending, stand, totals
from tools.telemetry.storm.fleet import Machine
from tools.telemetry.storm.mischief import Mischief
from tools.telemetry.storm.sending import Deliveries
from tools.telemetry.storm.stand import Stand

SETTLING_SECONDS = 3600.0
AFTER_CRASHES_SECONDS = 15.0
TOGETHER = 50
"""Reads in one request of the delivery in order; the storm sends each by itself."""


@dataclass(frozen=True)
class Run:
    """What one stand has on its books at the end, and how it went."""

    totals: bytes
    counts: dict[str, int]
    sums: dict[str, int]
    problems: Sequence[str]
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
    shuffled = in_order * options.times
    random.Random(options.seed).shuffle(shuffled)
    once = run(machines, Deliveries.of(in_order, together=TOGETHER), senders=1, queue_workers=0)
    stormy = run(
        machines,
        Deliveries.of(shuffled),
        senders=options.workers,
        queue_workers=options.queue_workers,
        crashes=options.crashes,
    )
    found = report(options.reads, len(machines), once, stormy)
    print(json.dumps(found, indent=2))
    return 0 if found["proven"] else 1


def run(
    machines: Sequence[Machine], deliveries: Deliveries, *, senders: int, queue_workers: int, crashes: int = 0
) -> Run:
    """Deliver to a stand of its own, and have everything applied: without queue workers by one hand, in order."""
    with stand.standing(workers=queue_workers) as place:
        with place.database() as db:
            fleet.enrol(db, machines)
        mischief = Mischief(place, deliveries, crashes)
        mischief.start()
        began = time.monotonic()
        sending.send(place.port, place.token, deliveries, senders=senders)
        mischief.join()
        sending_seconds = time.monotonic() - began
        if queue_workers:
            # What a killed worker had in its hands stays hidden in the queue for minutes: it is done by hand at last.
            stand.wait_for_silence(place, seconds=AFTER_CRASHES_SECONDS if crashes else SETTLING_SECONDS)
        stand.by_hand(place, "work")
        return _run_of(place, deliveries, sending_seconds, time.monotonic() - began)


def _run_of(place: Stand, sent: Deliveries, sending_seconds: float, seconds: float) -> Run:
    from chalicelib.stock.service import check_ledger

    proofs = [json.loads(stand.by_hand(place, "verify", "--month", month)) for month in _months()]
    with place.database() as db:
        return Run(
            problems=[problem for proof in proofs for problem in proof["problems"]],
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


def _months() -> Sequence[str]:
    """The month of the machines' clocks, and the present one for machines that have none."""
    return [f"{fleet.BEGAN:%Y-%m}", f"{datetime.now(UTC):%Y-%m}"]


def report(reads: int, machines: int, once: Run, stormy: Run) -> dict[str, object]:
    """The figures, and whether they prove what they should."""
    wanted = dict.fromkeys(stormy.counts, reads)
    is_same = once.totals == stormy.totals
    deliveries = stormy.answers.get(202, 0)
    is_once = stormy.counts == wanted == once.counts and stormy.duplicates >= deliveries - reads
    return {
        "proven": is_same and is_once and not (once.ledger or stormy.ledger or once.problems or stormy.problems),
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
        "differences between raw reads and books": stormy.problems,
        "files tried again": stormy.tried_again,
        "reads applied a second, in order": round(reads / once.seconds, 1),
        "seconds": {
            "in order": once.seconds,
            "storm, sending": stormy.sending_seconds,
            "storm, until applied": stormy.seconds,
        },
    }
