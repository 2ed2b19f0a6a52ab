"""What goes wrong with the machine itself: each takes the machine, the moment and dice, and leaves its mark."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from tools.simulator.birth import add_history, board_of, wrong_clock
from tools.simulator.board import Board, Width
from tools.simulator.dialects import Clock
from tools.simulator.faults import Fault
from tools.simulator.machine import Column, Machine

# How many of the boards put in come from another machine and have a history of their own.
USED_BOARDS: Final = 0.3
# How many boards are put in without setting their clock.
WRONG_CLOCKS: Final = 0.2


def reset(machine: Machine, at: datetime, _: Random) -> None:
    """Somebody initialises the board: every total begins again. The clock runs on."""
    machine.board.initialise(at)
    machine.marks.add(Fault.RESET)


def column_reset(machine: Machine, _: datetime, dice: Random) -> None:
    machine.board.clear_selection(dice.choice(sorted(machine.columns)))
    machine.marks.add(Fault.COLUMN_RESET)


def second_reader(machine: Machine, at: datetime, _: Random) -> None:
    """A driver reads the machine with a handheld: that read never reaches us, and the interval counters are clear."""
    machine.board.reads += 1
    machine.board.last_read_at = at
    machine.board.clear_interval()
    machine.marks.add(Fault.READER)


def swap(machine: Machine, at: datetime, dice: Random) -> None:
    """Another board, new from the maker or used before in some other machine."""
    machine.boards_used += 1
    serial = f"{machine.board.serial[:-1]}{chr(64 + machine.boards_used)}"
    if dice.random() < USED_BOARDS:
        machine.board = board_of(serial, machine.dialect, at, dice)
        add_history(machine.board, machine.dialect, machine.columns, dice, most=40_000)
    else:
        machine.board = Board(serial, at, Width())
    if machine.has_clock_faults and dice.random() < WRONG_CLOCKS:
        machine.board.clock_error = wrong_clock(at, dice)
    machine.marks.add(Fault.SWAP)


def change_changer(machine: Machine, _: datetime, dice: Random) -> None:
    """The coin changer is another one. Where the machine does not name its changer nobody can know."""
    machine.changer_serial = f"C{dice.randrange(10**6):06}"
    machine.marks.add(Fault.CHANGER)


def rescale(machine: Machine, _: datetime, __: Random) -> None:
    """Money is counted in tenths from now on, or in hundredths again, where the prices allow it without loss."""
    if machine.dialect.decimals != 2 or not _is_round(machine):
        return
    machine.decimals = 3 - machine.decimals
    machine.marks.add(Fault.RESCALE)


def add_column(machine: Machine, _: datetime, dice: Random) -> None:
    """The last selection of the dialect, which no machine has at first, is put into use."""
    selection = machine.dialect.selections[-1]
    if selection in machine.columns:
        return
    machine.columns[selection] = Column(selection, dice.choice(machine.dialect.prices), 12, 12, 1.0)
    machine.marks.add(Fault.REMAP)


def upset_clock(machine: Machine, at: datetime, dice: Random) -> None:
    if machine.dialect.clock is Clock.NONE:
        return
    machine.board.clock_error = timedelta() if machine.board.clock_error else wrong_clock(at, dice)
    machine.marks.add(Fault.CLOCK)


def _is_round(machine: Machine) -> bool:
    """All money is in tens of cents, and no money counter has wrapped yet."""
    board = machine.board
    money = [amount for key, amount in board.totals.items() if key[0].endswith((".v", ".in", ".box", ".bills"))]
    prices = [*machine.dialect.prices, machine.dialect.surcharge_cents]
    return all(price % 10 == 0 for price in prices) and max(money, default=0) < board.width.value


HAPPENS: Final[dict[Fault, Callable[[Machine, datetime, Random], None]]] = {
    Fault.RESET: reset,
    Fault.COLUMN_RESET: column_reset,
    Fault.READER: second_reader,
    Fault.SWAP: swap,
    Fault.CHANGER: change_changer,
    Fault.RESCALE: rescale,
    Fault.REMAP: add_column,
    Fault.CLOCK: upset_clock,
}
