"""Lets the days of one machine pass: people buy, somebody fills it, things break, and it is read again and again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from tools.simulator import mishaps
from tools.simulator.birth import machine_of
from tools.simulator.demand import demand_of
from tools.simulator.faults import A_DAY, A_READ, Fault
from tools.simulator.machine import Ledger, Machine
from tools.simulator.rows import rows_of
from tools.simulator.service import visit
from tools.simulator.writing import transmission


@dataclass(frozen=True, slots=True)
class Made:
    """A read as the machine gave it, whether or not it ever arrives, with the truth of that moment.

    `ledger` and the counts beside it are totals since the simulation began; `marks` is what has happened to the
    machine since the read before.
    """

    number: int
    at: datetime
    content: bytes
    ledger: Ledger
    test_units: int
    free_units: int
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    rank: int
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Life:
    machine: Machine
    reads: list[Made]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What one simulation is: everything that decides about its bytes."""

    seed: int
    began: datetime
    days: int
    faults: frozenset[Fault]
    every: timedelta = timedelta(hours=24)

    def dice(self, number: int, purpose: str) -> Random:
        return Random(f"{self.seed}/{number}/{purpose}")


def live(course: Course, number: int) -> Life:
    """The whole life of one machine; it depends on nothing but the course and the machine's number."""
    machine = machine_of(course.seed, number, course.began, course.faults)
    reads: list[Made] = []
    moments = [*_bought(course, machine), *_serviced(course, machine), *_gone_wrong(course, machine)]
    moments += _read(course, machine, reads)
    for moment in sorted(moments, key=lambda one: (one.at, one.rank)):
        moment.do()
    return Life(machine, reads)


def _days(course: Course) -> Iterator[datetime]:
    return (course.began + timedelta(days=day) for day in range(course.days))


def _bought(course: Course, machine: Machine) -> Iterator[Moment]:
    dice = course.dice(machine.number, "demand")
    demand = demand_of(dice)
    popularity = {column.selection: column.popularity for column in machine.columns.values()}
    popularity[machine.dialect.selections[-1]] = 1.0
    for day in _days(course):
        for wish in demand.of_day(day, popularity, machine.dialect.devices, dice):
            yield Moment(wish.at, 0, partial(machine.vend, wish.at, wish.selection, wish.device))


def _serviced(course: Course, machine: Machine) -> Iterator[Moment]:
    """Every few working days somebody comes, fills the machine, tries it and now and then sets a price."""
    dice = course.dice(machine.number, "visits")
    day = dice.randrange(0, 5)
    while day < course.days:
        at = course.began + timedelta(days=day, hours=dice.uniform(7, 17))
        if at.weekday() < 5:
            yield Moment(at, 1, partial(visit, machine, at, Random(dice.random())))
        day += dice.randrange(2, 8)


def _gone_wrong(course: Course, machine: Machine) -> Iterator[Moment]:
    for fault, happens in mishaps.HAPPENS.items():
        dice = course.dice(machine.number, fault)
        for day in _days(course):
            at = day + timedelta(seconds=dice.randrange(86_400))
            own = Random(dice.random())
            if dice.random() < A_DAY[fault] and fault in course.faults:
                yield Moment(at, 2, partial(happens, machine, at, own))


def _read(course: Course, machine: Machine, reads: list[Made]) -> Iterator[Moment]:
    """The telemeter calls at its own minute of the day, give or take some."""
    dice = course.dice(machine.number, "reads")
    at = course.began + timedelta(seconds=dice.randrange(int(course.every.total_seconds())))
    while at < course.began + timedelta(days=course.days):
        late = at + timedelta(seconds=dice.randrange(600))
        gap = _gap(machine, dice) if dice.random() < A_READ[Fault.GAP] else None
        yield Moment(late, 3, partial(_make, machine, late, reads, gap if Fault.GAP in course.faults else None))
        at += course.every


def _gap(machine: Machine, dice: Random) -> tuple[str, bool]:
    return dice.choice(sorted(machine.columns)), dice.random() < 0.5


def _make(machine: Machine, at: datetime, reads: list[Made], gap: tuple[str, bool] | None) -> None:
    board = machine.board
    board.reads += 1
    content = transmission(machine.dialect, machine.comm_id, rows_of(machine, at, gap=gap))
    marks = machine.marks | ({"gap"} if gap else set())
    truth = machine.truth()
    unpaid = machine.unpaid
    reads.append(Made(len(reads), at, content, truth, unpaid["test"], unpaid["free"], frozenset(marks)))
    machine.marks.clear()
    board.last_read_at = at
    if machine.dialect.is_auto:
        board.clear_interval()
