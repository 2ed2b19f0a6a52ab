"""Counters as a machine shows them: in its own minor units, wrapped at its limits, padded if it is that old."""

from typing import Final

from tools.simulator.board import Key
from tools.simulator.machine import Machine

_MINOR: Final = {0: (1, 100), 1: (1, 10), 2: (1, 1), 3: (10, 1)}


class Shown:
    """The face of one board. Units come by `units`, money by `money`; the interval's own beside them."""

    def __init__(self, machine: Machine) -> None:
        self.board = machine.board
        self.padding = machine.dialect.padding
        self.times, self.parts = _MINOR[machine.decimals]

    def number(self, number: int) -> str:
        return str(number).zfill(self.padding) if self.padding else str(number)

    def cents(self, cents: int) -> str:
        return self.number(cents * self.times // self.parts)

    def units(self, key: Key) -> str:
        return self.number(self.board.totals[key] % self.board.width.units)

    def interval_units(self, key: Key) -> str:
        return self.number(self.board.interval[key] % self.board.width.interval_units)

    def money(self, key: Key) -> str:
        return self.number(self.board.totals[key] * self.times // self.parts % self.board.width.value)

    def interval_money(self, key: Key) -> str:
        return self.number(self.board.interval[key] * self.times // self.parts % self.board.width.value)

    def bills(self, cents: int) -> str:
        """CA304 and CA308: whole units of the currency, whatever the decimals are."""
        return self.number(cents // 100 % self.board.width.value)

    def value_first(self, name: str) -> str:
        """The four counters of a total: value, number, and both since the last reset."""
        value, count = (f"{name}.v",), (f"{name}.n",)
        return "*".join((self.money(value), self.units(count), self.interval_money(value), self.interval_units(count)))

    def number_first(self, name: str, *where: str) -> str:
        """The four counters of a product: number, value, and both since the last reset."""
        value, count = (f"{name}.v", *where), (f"{name}.n", *where)
        return "*".join((self.units(count), self.money(value), self.interval_units(count), self.interval_money(value)))

    def reset_first(self, value: str, count: str) -> str:
        since = (self.interval_money((value,)), self.interval_units((count,)))
        return "*".join((*since, self.money((value,)), self.units((count,))))
