"""Makes machines and boards: what they are filled with, what they have sold before, how close to a limit they count."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from tools.simulator.board import Board, Width
from tools.simulator.dialects import DIALECTS, EIGHT_DIGITS, Clock, Dialect
from tools.simulator.faults import CLOSE_TO_WRAPPING, Fault
from tools.simulator.machine import Column, Machine

# Units and value; the last two are boards whose counters are plain binary words.
WIDTHS: Final = (
    Width(EIGHT_DIGITS, EIGHT_DIGITS),
    Width(2**16, EIGHT_DIGITS),
    Width(2**8, EIGHT_DIGITS),
    Width(2**16, 2**32),
    Width(2**32, 2**32),
)
LIVE_SHARE: Final = 0.2


def machine_of(seed: int, number: int, began: datetime, faults: frozenset[Fault]) -> Machine:
    """The machine of this number. Every dialect comes once in a row, so that a small fleet has them all."""
    dice = Random(f"{seed}/{number}/machine")
    dialect = DIALECTS[number % len(DIALECTS)]
    columns = {name: _column(name, dialect, dice) for name in dialect.selections[:-1]}
    board = board_of(f"{dialect.maker}{number:05}A", dialect, began, dice)
    add_history(board, dialect, columns, dice, most=20_000)
    machine = Machine(
        number=number,
        serial=f"M{dice.randrange(10**7):07}",
        dialect=dialect,
        board=board,
        changer_serial=f"C{dice.randrange(10**6):06}",
        columns=columns,
        decimals=2 if dialect.decimals is None else dialect.decimals,
        has_clock_faults=Fault.CLOCK in faults,
        is_live=dice.random() < LIVE_SHARE,
        dice=Random(f"{seed}/{number}/cash"),
    )
    close = Random(f"{seed}/{number}/width")
    if Fault.ROLLOVER in faults and close.random() < CLOSE_TO_WRAPPING:
        bring_close(machine, close)
    if Fault.CLOCK in faults and dialect.clock is not Clock.NONE and close.random() < 0.15:
        board.clock_error = wrong_clock(began, close)
    return machine


def board_of(serial: str, dialect: Dialect, began: datetime, dice: Random) -> Board:
    """A board that has been at work for a while."""
    board = Board(serial, began - timedelta(days=dice.randrange(100, 900)), Width())
    board.reads = dice.randrange(50, 900)
    board.resets = board.reads if dialect.is_auto else 0
    return board


def add_history(board: Board, dialect: Dialect, columns: dict[str, Column], dice: Random, *, most: int) -> None:
    """What was sold before: at the prices of today, split over the devices, with the totals that go with it."""
    for column in columns.values():
        units = dice.randrange(10, most)
        for device, share in _shares(units, dialect, dice):
            _count(board, column, device, share, share * column.price_cents)
    gone = round(board.totals["VA1.n",] * dialect.removed_share)
    board.totals["VA1.n",] += gone
    board.totals["VA1.v",] += gone * max(column.price_cents for column in columns.values())
    sold = board.totals["CA2.v",]
    for key, part in (("cash.box", 3), ("cash.tubes", 2), ("cash.bills", 5)):
        board.totals[key,] = sold * part // 10 // 1000 * 1000
    board.totals["cash.in",] = sum(board.totals[key,] for key in ("cash.box", "cash.tubes", "cash.bills"))


def bring_close(machine: Machine, dice: Random) -> None:
    """Sets some columns shortly before a limit of their board; on a narrow board all of them wrap now and then."""
    board = machine.board
    board.width = dice.choice(WIDTHS)
    chosen = dice.sample(sorted(machine.columns), k=min(3, len(machine.columns)))
    for number, selection in enumerate(chosen):
        column = machine.columns[selection]
        counted = board.totals["PA2.n", selection]
        if number == 0 and not machine.dialect.removed_share:
            value = board.width.value * _cents_per_minor(machine) // 10
            target = (value * 10 - dice.randrange(1, 40) * column.price_cents) // column.price_cents
        else:
            target = board.width.units - dice.randrange(1, 60)
        if target > counted:
            more = target - counted
            _count(board, column, "CA", more, more * column.price_cents)
    # The second reader's interval counters are as wide as the standard says, and wrap without any meaning.
    if not machine.dialect.is_auto:
        for selection in machine.columns:
            board.interval["PA2.n", selection] = board.width.interval_units - dice.randrange(1, 200)


def wrong_clock(now: datetime, dice: Random) -> timedelta | None:
    """A clock that is not set at all, one that began at the maker's default, or one that somebody set wrong."""
    kind = dice.randrange(4)
    if kind == 0:
        return None
    if kind == 1:
        return datetime(2000 + dice.randrange(8), 1, 1, tzinfo=now.tzinfo) - now
    if kind == 2:
        return datetime(2037, 7, 10, tzinfo=now.tzinfo) - now
    return timedelta(hours=dice.choice((-50, -26, -12, -1, 1, 11, 20)))


def _column(name: str, dialect: Dialect, dice: Random) -> Column:
    capacity = dice.choice((6, 8, 10, 12, 20, 30))
    return Column(name, dice.choice(dialect.prices), capacity, capacity, dice.uniform(0.2, 2))


def _shares(units: int, dialect: Dialect, dice: Random) -> list[tuple[str, int]]:
    cash = round(units * dice.uniform(0.2, 0.8)) if len(dialect.devices) > 1 else units
    return [("CA", cash), *([(dialect.devices[1], units - cash)] if len(dialect.devices) > 1 else [])]


def _count(board: Board, column: Column, device: str, units: int, cents: int) -> None:
    selection = column.selection
    for key in (("PA2.n", selection), ("VA1.n",), ("PA7.n", selection, device), (f"{device}2.n",)):
        board.totals[key] += units
    for key in (("PA2.v", selection), ("VA1.v",), ("PA7.v", selection, device), (f"{device}2.v",)):
        board.totals[key] += cents


def _cents_per_minor(machine: Machine) -> int:
    """Hundred, ten or one; with three decimals a minor unit is a tenth of a cent, which the caller divides out."""
    return {0: 1000, 1: 100, 2: 10, 3: 1}[machine.decimals]
