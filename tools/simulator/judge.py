"""Holds what the interval engine books for one machine against the truth of that machine."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from chalicelib.telemetry.dex import Read, Verdict, parse
from chalicelib.telemetry.intervals import Interval, Outcome, Reading, Sold, intervals, reading_of
from tools.simulator.delivery import Arrival, Piece
from tools.simulator.faults import Fault
from tools.simulator.life import Life, Made
from tools.simulator.truth import sold_of

_EXACT: Final = (Outcome.NORMAL, Outcome.ROLLOVER)
_ESTIMATED: Final = (Outcome.RESET_BASELINE, Outcome.SWAP_BASELINE)

# A read as the engine knows it, and the read that the machine made.
Origin = Mapping[tuple[bytes, datetime], Made]


@dataclass(slots=True)
class Sums:
    """Units and cents, booked and true, with the number of judgements behind them."""

    count: int = 0
    units: int = 0
    true_units: int = 0
    cents: int = 0
    true_cents: int = 0

    def add(self, other: "Sums") -> None:
        self.count += other.count
        self.units += other.units
        self.true_units += other.true_units
        self.cents += other.cents
        self.true_cents += other.true_cents


@dataclass(frozen=True, slots=True)
class Difference:
    """A booked sale that is not what was sold; there should be none."""

    machine: str
    dialect: str
    selection: str
    outcome: str
    ended_at: datetime
    read: int
    booked: tuple[int, int]
    true: tuple[int, int]
    fates: tuple[str, ...] = ()


@dataclass(slots=True)
class Verdicts:
    """What was found for one machine or, added up, for a fleet. `by_outcome` is by selection and interval."""

    reads: Counter[str] = field(default_factory=Counter)
    intervals: Counter[str] = field(default_factory=Counter)
    by_outcome: dict[str, Sums] = field(default_factory=dict)
    devices: dict[str, Sums] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    negative: int = 0
    overbooked: int = 0
    swaps: Counter[str] = field(default_factory=Counter)
    dialects: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Verdicts") -> None:
        for mine, theirs in (
            (self.reads, other.reads),
            (self.intervals, other.intervals),
            (self.swaps, other.swaps),
            (self.dialects, other.dialects),
        ):
            mine.update(theirs)
        for sums, more in ((self.by_outcome, other.by_outcome), (self.devices, other.devices)):
            for name, one in more.items():
                sums.setdefault(name, Sums()).add(one)
        self.differences += other.differences
        self.negative += other.negative
        self.overbooked += other.overbooked


def judge(life: Life, arrivals: list[Arrival], *, is_dated: bool = False) -> Verdicts:
    """Parse what arrived, in the order of arrival, let the engine work, and compare.

    `is_dated` tells the engine when each file was taken from the machine; then it does not learn when they arrived.
    """
    verdicts = Verdicts()
    readings, origin = readings_of(arrivals, verdicts, is_dated=is_dated)
    found = intervals(readings)
    Judge(life, origin, verdicts).walk(found)
    _judge_swaps(life, found, origin, verdicts)
    return verdicts


def readings_of(
    arrivals: Iterable[Arrival], verdicts: Verdicts, *, is_dated: bool = False
) -> tuple[list[Reading], Origin]:
    """What the engine gets to see, and which read of the machine each accepted one is."""
    readings: list[Reading] = []
    origin: dict[tuple[bytes, datetime], Made] = {}
    for arrival in arrivals:
        at = arrival.pieces[-1].made.at if is_dated else arrival.received_at
        for read in parse(arrival.content, uploaded_at=at):
            verdicts.reads[read.verdict] += 1
            reading = reading_of(read, content_hash=read.content_hash, received_at=at)
            readings.append(replace(reading, is_dated=is_dated))
            if read.verdict is Verdict.ACCEPTED:
                origin[read.content_hash, at] = _made(read, arrival)
    return readings, origin


def _made(read: Read, arrival: Arrival) -> Made:
    """Which of the joined reads this one is: what is left of one that was cut off may stand before it as stray text."""
    if len(arrival.pieces) == 1:
        return arrival.pieces[0].made
    body = "\r\n".join(record.raw for record in read.records if record.record_type not in ("DXS", "DXE"))
    return max(arrival.pieces, key=lambda piece: _shared(body, piece)).made


def _shared(body: str, piece: Piece) -> int:
    lines = set(body.splitlines())
    return sum(line in lines for line in piece.content.decode("ascii", "replace").splitlines())


class Judge:
    """Walks the intervals. `marks` is how far the sales of each selection are accounted for, by the truth.

    What is set aside (a baseline, an estimate) moves the mark too; a suspect or unknown selection leaves it, because
    the next interval covers it. A second booking of the same sales therefore shows as a difference.
    """

    def __init__(self, life: Life, origin: Origin, verdicts: Verdicts) -> None:
        self.life = life
        self.origin = origin
        self.verdicts = verdicts
        self.marks: dict[str, tuple[int, int]] = {}
        self.kinds: dict[str, Mapping[str, tuple[int, int]]] = {}

    def walk(self, found: Iterable[Interval]) -> None:
        for interval in found:
            self.verdicts.intervals[interval.outcome] += 1
            if interval.outcome in (Outcome.DUPLICATE, Outcome.SUSPECT):
                continue
            made = self.origin[interval.baseline.content_hash, interval.baseline.received_at]
            for sold in interval.sold:
                self._judge(interval, sold, made)

    def _judge(self, interval: Interval, sold: Sold, made: Made) -> None:
        now = sold_of(made.ledger, sold.selection)
        mark = self.marks.get(sold.selection, now if sold.outcome is Outcome.BASELINE else (0, 0))
        true = (now[0] - mark[0], now[1] - mark[1])
        booked = (sold.units, sold.value_cents or 0)
        outcome = interval.outcome if interval.outcome in _ESTIMATED else sold.outcome
        sums = Sums(1, booked[0], true[0], booked[1], true[1])
        self.verdicts.by_outcome.setdefault(outcome, Sums()).add(sums)
        self.verdicts.negative += booked[0] < 0 or booked[1] < 0
        is_above = booked[0] > max(0, true[0]) or booked[1] > max(0, true[1])
        self.verdicts.overbooked += outcome in _ESTIMATED and is_above
        if outcome in _EXACT and booked != true:
            self._differs(interval, sold, made, true)
        if outcome in _EXACT:
            self._judge_devices(sold, made)
        if sold.outcome not in (Outcome.SUSPECT, Outcome.UNKNOWN):
            self.marks[sold.selection] = max(now, mark)
            self.kinds[sold.selection] = made.ledger.get(sold.selection, {})

    def _judge_devices(self, sold: Sold, made: Made) -> None:
        """The split by device, where the machine gives one; vends paid twice over stand under both devices."""
        before, now = self.kinds.get(sold.selection, {}), made.ledger.get(sold.selection, {})
        if "CA+DA" in now or not sold.payments:
            return
        for (device, _), count in sold.payments.items():
            units, cents = now.get(device, (0, 0))
            earlier = before.get(device, (0, 0))
            sums = Sums(1, count.units or 0, units - earlier[0], count.value_cents or 0, cents - earlier[1])
            self.verdicts.devices.setdefault(device, Sums()).add(sums)

    def _differs(self, interval: Interval, sold: Sold, made: Made, true: tuple[int, int]) -> None:
        self.verdicts.differences.append(
            Difference(
                self.life.machine.asset,
                self.life.machine.dialect.name,
                sold.selection,
                sold.outcome,
                interval.ended_at,
                made.number,
                (sold.units, sold.value_cents or 0),
                true,
                tuple(sorted(made.marks)),
            )
        )


def _judge_swaps(life: Life, found: list[Interval], origin: Origin, verdicts: Verdicts) -> None:
    """A swap can be seen in the first read after it that was accepted, if there was one before it as well."""
    real = [interval for interval in found if interval.outcome not in (Outcome.DUPLICATE, Outcome.SUSPECT)]
    seen = [(origin[one.baseline.content_hash, one.baseline.received_at].number, one.outcome) for one in real]
    swapped = [made.number for made in life.reads if Fault.SWAP in made.marks]
    visible = {place for number in swapped if (place := _place_of(number, seen))}
    for place in visible:
        verdicts.swaps["swaps"] += 1
        verdicts.swaps[f"seen as {seen[place][1]}"] += 1
        if seen[place][1] is not Outcome.SWAP_BASELINE:
            verdicts.dialects[life.machine.dialect.name] += 1
    for place, (number, outcome) in enumerate(seen):
        if outcome is Outcome.SWAP_BASELINE and place not in visible:
            marks = {mark for made in life.reads[seen[place - 1][0] + 1 : number + 1] for mark in made.marks}
            fault = next((fault for fault in (Fault.RESET, Fault.CHANGER) if fault in marks), None)
            verdicts.swaps[f"a {fault} taken for one" if fault else "seen where none was"] += 1


def _place_of(number: int, seen: list[tuple[int, Outcome]]) -> int:
    """Where the engine first met the new board; 0 when it has seen nothing of the old one, or never the new."""
    return next((place for place, (read, _) in enumerate(seen) if read >= number), 0)
