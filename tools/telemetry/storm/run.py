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
from tools.telemetry.storm.mischief import Mischief
from tools.telemetry.storm.sending import Deliveries
from tools.telemetry.storm.stand import Stand

SETTLING_SECONDS = 3600.0
AFTER_CRASHES_SECONDS = 15.0
TOGETHER = 50
"""Reads in one request of the delivery in order."""


@dataclass(frozen=True)
class Run:
    """What one stand has on its books at the end, and how it went."""

    sent: Deliveries

    totals: bytes
    counts: dict[str, int]
    sums: dict[str, int]
    problems: Sequence[str]
    ledger: int
    tried_again: int
    sending_seconds: float
    seconds: float

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.totals).hexdigest()


def storm(options: argparse.Namespace) -> int:
    """Run both and tell; 1 when anything is missing, doubled or different."""
    machines = fleet.machines(options.reads, seed=options.seed, faults=options.faults, first=options.first)
    in_order = [read for machine in machines for read in machine.reads]
    shuffled = in_order * options.times
    dice = random.Random(options.seed)
    dice.shuffle(shuffled)
    once = run(
        machines, Deliveries.of(in_order, together=TOGETHER, is_dated=not options.undated), senders=1, queue_workers=0
    )
    stormy = run(
        machines,
        Deliveries.of(shuffled, together=options.together, dice=dice, is_dated=not options.undated),
        senders=options.workers,
        queue_workers=options.queue_workers,
        crashes=options.crashes,
    )
    found = report(options.reads, machines, once, stormy)
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
        sending.send(place.ports, place.token, deliveries, senders=senders)
        mischief.join()
        sending_seconds = time.monotonic() - began
        if queue_workers:
            # What a killed worker had in its hands stays hidden in the queue for minutes: it is done by hand at last.
            stand.wait_for_silence(place, seconds=AFTER_CRASHES_SECONDS if crashes else SETTLING_SECONDS)
            place.dismiss()
        stand.by_hand(place, "work")
        return _run_of(place, deliveries, sending_seconds, time.monotonic() - began)


def _run_of(place: Stand, sent: Deliveries, sending_seconds: float, seconds: float) -> Run:
    from chalicelib.stock.service import check_ledger

    proof = json.loads(stand.by_hand(place, "verify", "--month", f"{fleet.BEGAN:%Y-%m}"))
    with place.database() as db:
        return Run(
            sent=sent,
            problems=proof["problems"],
            totals=totals.of(db),
            counts=totals.counts(db),
            sums=totals.sums(db),
            ledger=len(check_ledger(db)),
            tried_again=db.value("SELECT count(*) FROM dex_files WHERE attempts > 1"),
            sending_seconds=round(sending_seconds, 1),
            seconds=round(seconds, 1),
        )


def report(reads: int, machines: Sequence[Machine], once: Run, stormy: Run) -> dict[str, object]:
    """The figures, and whether they prove what they should."""
    wanted = dict.fromkeys(stormy.counts, reads)
    is_same = once.totals == stormy.totals
    sent = stormy.sent
    is_once = stormy.counts == wanted == once.counts and sent.duplicates >= sent.reads - reads
    return {
        "proven": is_same and is_once and not (once.ledger or stormy.ledger or once.problems or stormy.problems),
        "reads": reads,
        "machines": len(machines),
        "reads delivered": sent.reads,
        "requests": sent.total,
        "requests with one read": sent.alone,
        "told as duplicates": sent.duplicates,
        "answers": {str(status): count for status, count in sorted(sent.answers.items())},
        "counts": stormy.counts,
        "sums": stormy.sums,
        "sold by the machines in truth": {
            "units": sum(machine.units for machine in machines),
            "cents": sum(machine.cents for machine in machines),
        },
        "totals equal byte by byte": is_same,
        "what differs": totals.differences(once.totals, stormy.totals),
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
