"""Feeds the engine what no machine sends: damaged files of the simulator and garbage that looks like DEX.

Whatever comes in, the parser has to answer with reads, the same ones after writing and reading again, and the interval
engine with sales that are not negative. Anything else, an exception first of all, is a finding. Each input is made
from the seed and its number alone, so a finding can be made again.
"""

import time
import traceback
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from chalicelib.telemetry.dex import Read, Verdict, parse, serialise
from chalicelib.telemetry.intervals import Reading, intervals, reading_of
from tools.simulator.faults import ALL
from tools.simulator.life import Course, live
from tools.simulator.mutations import garbage, mutated

BEGAN: Final = datetime(2026, 1, 5, tzinfo=UTC)
GARBAGE_SHARE: Final = 0.15
# So many accepted reads that name the same machine are taken for its story, and so many machines are kept in mind.
STORY: Final = 8
MACHINES: Final = 200

Stories = dict[str | None, deque[Reading]]
SLOW_SECONDS: Final = 2.0


@dataclass(slots=True)
class Report:
    """What came of a run. `findings` name the input's number and what went wrong with it."""

    inputs: int = 0
    size: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest_seconds: float = 0.0
    seconds: float = 0.0
    findings: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures, as text."""
        size = f"{self.inputs:,}, {self.size / 1e6:,.1f} MB"
        yield f"inputs: {size}, {self.seconds:.0f} seconds of the processor, slowest {self.slowest_seconds:.2f}"
        for name, counts in (("reads", self.verdicts), ("intervals", self.outcomes)):
            yield f"{name}: {', '.join(f'{key} {count:,}' for key, count in sorted(counts.items()))}"
        yield f"findings: {len(self.findings)}"
        yield from self.findings[:20]


def fuzz(seed: int, *, seconds: float = 60, most: int | None = None) -> Report:
    """Run for so long by the processor's time, or for so many inputs."""
    report = Report()
    corpus = _corpus(seed)
    stories: Stories = {}
    started = time.process_time()
    until = started + seconds
    number = 0
    while time.process_time() < until and (most is None or number < most):
        content = made(seed, number, corpus)
        began = time.process_time()
        try:
            _examine(content, number, stories, report)
        except Exception:  # noqa: BLE001 - any exception is what is looked for
            report.findings.append(f"input {number}: {traceback.format_exc(limit=-3)}")
        taken = time.process_time() - began
        report.slowest_seconds = max(report.slowest_seconds, taken)
        if taken > SLOW_SECONDS:
            report.findings.append(f"input {number}: {len(content)} bytes took {taken:.1f} seconds")
        report.inputs, report.size = report.inputs + 1, report.size + len(content)
        number += 1
    report.seconds = time.process_time() - started
    return report


def made(seed: int, number: int, corpus: Sequence[bytes]) -> bytes:
    """The input of this number."""
    dice = Random(f"{seed}/{number}")
    return garbage(dice) if dice.random() < GARBAGE_SHARE else mutated(corpus, dice)


def _corpus(seed: int) -> list[bytes]:
    """Some reads of one machine of every dialect."""
    course = Course(seed=seed, began=BEGAN, days=6, faults=ALL)
    return [made.content for number in range(1, 13) for made in live(course, number).reads]


def _examine(content: bytes, number: int, stories: Stories, report: Report) -> None:
    at = BEGAN + timedelta(minutes=number)
    reads = parse(content, uploaded_at=at)
    if not reads:
        report.findings.append(f"input {number}: no read at all")
    for read in reads:
        report.verdicts[read.verdict] += 1
        if read.verdict is Verdict.ACCEPTED:
            _tell(read, at, stories, report)
    if len(reads) == 1 and not _is_kept(reads[0], at):
        report.findings.append(f"input {number}: written and read again it is another read")


def _tell(read: Read, at: datetime, stories: Stories, report: Report) -> None:
    if len(stories) > MACHINES:
        stories.clear()
    story = stories.setdefault(read.comm_id, deque(maxlen=STORY))
    reading = reading_of(read, content_hash=read.content_hash, received_at=at)
    # Of every other machine it is told when its reads were taken.
    story.append(replace(reading, is_dated=(read.comm_id or "")[-1:] in "13579"))
    for interval in intervals(story):
        report.outcomes[interval.outcome] += 1
        if any(one.units < 0 or (one.value_cents or 0) < 0 for one in interval.sold):
            report.findings.append(f"a negative sale of {read.comm_id} in the interval to {interval.ended_at}")


def _is_kept(read: Read, at: datetime) -> bool:
    """Written by the serialiser, an accepted read is the same read; a rejected one may have lost lines."""
    again = parse(serialise([read]), uploaded_at=at)
    if read.verdict is not Verdict.ACCEPTED:
        return True
    figures = [(one.selection, one.units_init, one.value_init_cents, len(one.payments)) for one in read.selections]
    return [
        (one.selection, one.units_init, one.value_init_cents, len(one.payments)) for one in again[0].selections
    ] == figures
