"""The control board of a machine: what it counts since it was initialised and since the last reset."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tools.simulator.dialects import EIGHT_DIGITS

# A counter is known by what it counts, the selection where it has one, and for PA7 the payment device.
Key = tuple[str, ...]


@dataclass(slots=True)
class Width:
    """Where the counters wrap: at eight digits, or at a binary limit of the board before that."""

    units: int = EIGHT_DIGITS
    value: int = EIGHT_DIGITS
    interval_units: int = 10**6


@dataclass(slots=True)
class Board:
    """`totals` are true and never wrap; `width` is applied when they are shown. `clock_error` None: clock not set.

    `initialised_at` is by the board's clock of that moment and stays, whatever the clock does later.
    """

    serial: str
    initialised_at: datetime | None
    width: Width = field(default_factory=Width)
    totals: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    interval: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))
    reads: int = 0
    resets: int = 0
    clock_error: timedelta | None = timedelta()
    last_read_at: datetime | None = None

    def count(self, key: Key, amount: int = 1) -> None:
        self.totals[key] += amount
        self.interval[key] += amount

    def clear_interval(self) -> None:
        """What any reader may do; the totals stay."""
        self.interval.clear()
        self.resets += 1

    def initialise(self, at: datetime) -> None:
        """Everything begins again, the count of reads too. The moment is stamped by the board's own clock."""
        self.totals.clear()
        self.interval.clear()
        self.reads = self.resets = 0
        self.initialised_at = None if self.clock_error is None else at + self.clock_error
        self.last_read_at = None

    def clear_selection(self, selection: str) -> None:
        """One column's own counters begin again, while the machine's totals run on."""
        for counters in (self.totals, self.interval):
            for key in [key for key in counters if len(key) > 1 and key[1] == selection]:
                del counters[key]
