"""A visit: the door opens, columns are filled and tried, prices change, the clock may be put right."""

from datetime import datetime, timedelta
from random import Random

from tools.simulator.machine import Machine

DOOR = "EGS"


def visit(machine: Machine, at: datetime, dice: Random) -> None:
    machine.event(at, DOOR, is_active=True)
    for column in machine.columns.values():
        if dice.random() < 0.9:
            column.stock = column.capacity
            column.sold_out_attempts = 0
    if dice.random() < 0.3:
        for _ in range(dice.randrange(1, 4)):
            machine.test_vend(dice.choice(sorted(machine.columns)))
    if dice.random() < 0.15:
        machine.free_vend(dice.choice(sorted(machine.columns)))
    if dice.random() < 0.2:
        change_prices(machine, dice)
    if dice.random() < 0.3:
        machine.board.clock_error = timedelta()
    _fill_tubes(machine)
    machine.event(at + timedelta(minutes=dice.randrange(3, 25)), DOOR)


def change_prices(machine: Machine, dice: Random) -> None:
    """Some columns get another of the maker's prices; now and then all of them."""
    chosen = sorted(machine.columns)
    if dice.random() < 0.8:
        chosen = dice.sample(chosen, k=dice.randrange(1, 5))
    for selection in chosen:
        machine.columns[selection].price_cents = dice.choice(machine.dialect.prices)
    machine.marks.add("price")


def _fill_tubes(machine: Machine) -> None:
    """Change is float: it is neither a sale nor cash in, and no money is collected from the tubes."""
    machine.tubes_cents = max(machine.tubes_cents, 5_000)
