"""A machine that sells: its columns, its board, its cash, and the ledger of what truly happened."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tools.simulator.board import Board
from tools.simulator.dialects import Dialect

# Units and cents of one selection by how they were paid; the truth, which no reset and no other board changes.
Ledger = Mapping[str, Mapping[str, tuple[int, int]]]
BILLS = (500, 1000, 2000)


@dataclass(slots=True)
class Column:
    selection: str
    price_cents: int
    capacity: int
    stock: int
    popularity: float
    last_sale_at: datetime | None = None
    sold_out_attempts: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that a telemeter tells at once: a vend, or an event that begins or ends."""

    at: datetime
    kind: str
    selection: str | None = None
    device: str | None = None
    cents: int | None = None
    code: str | None = None
    is_active: bool = False


@dataclass(slots=True)
class Machine:
    number: int
    serial: str
    dialect: Dialect
    board: Board
    changer_serial: str
    columns: dict[str, Column]
    decimals: int
    is_live: bool
    has_clock_faults: bool
    dice: Random
    tubes_cents: int = 5_000
    boards_used: int = 1
    ledger: defaultdict[str, defaultdict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: [0, 0]))
    )
    unpaid: dict[str, int] = field(default_factory=lambda: {"test": 0, "free": 0})
    marks: set[str] = field(default_factory=set)
    happenings: list[Happening] = field(default_factory=list)
    events: list[tuple[str, datetime]] = field(default_factory=list)

    @property
    def asset(self) -> str:
        return f"A-{self.number:04}"

    @property
    def comm_id(self) -> str:
        return f"{self.dialect.maker}{self.number:07}"

    def price(self, column: Column, device: str) -> int:
        """What one vend costs: cards may pay more."""
        return column.price_cents + (self.dialect.surcharge_cents if device == "DA" else 0)

    def vend(self, at: datetime, selection: str, device: str) -> None:
        """A customer pays and gets the product, or finds the column empty or not in use."""
        column = self.columns.get(selection)
        if column is None:
            return
        if not column.stock:
            column.sold_out_attempts += 1
            return
        column.stock -= 1
        column.last_sale_at = at
        if self.dialect.has_mixed and device == "DA" and column.price_cents > 100 and self.dice.random() < 0.05:
            self._mixed(column)
        else:
            self._paid(column, device)
        if self.is_live and device != "CA":
            self.happenings.append(Happening(at, "vend", selection, device, self.price(column, device)))

    def test_vend(self, selection: str) -> None:
        self._unpaid(self.columns[selection], "test", "PA3", "VA2")

    def free_vend(self, selection: str) -> None:
        self._unpaid(self.columns[selection], "free", "PA4", "VA3")

    def truth(self) -> Ledger:
        """The ledger as it stands, as a copy that later sales do not change."""
        return {
            selection: {kind: (units, cents) for kind, (units, cents) in kinds.items()}
            for selection, kinds in self.ledger.items()
        }

    def event(self, at: datetime, code: str, *, is_active: bool = False) -> None:
        self.board.count(("EA2", code))
        self.events.append((code, at))
        self.happenings.append(Happening(at, "event", code=code, is_active=is_active))

    def _paid(self, column: Column, device: str) -> None:
        cents = self.price(column, device)
        self._book(column, device, cents)
        self._at_device(column, device, cents)
        if device == "CA":
            self._take_cash(cents)
        elif extra := cents - column.price_cents:
            for key in (("PA2.surcharges", column.selection), ("DA5.surcharges",)):
                self.board.count(key)
            for key in (("PA2.surcharge", column.selection), ("DA5.surcharge",)):
                self.board.count(key, extra)

    def _mixed(self, column: Column) -> None:
        """Paid partly in coins, partly by card: both devices count the vend, the money is shared."""
        coins = self.dice.choice((25, 50, 100))
        self._book(column, "CA+DA", column.price_cents)
        self._at_device(column, "CA", coins)
        self._at_device(column, "DA", column.price_cents - coins)
        self.board.count(("PA8.n", column.selection))
        self.board.count(("PA8.v", column.selection), column.price_cents)
        self.board.count(("DA10.n",))
        self.board.count(("DA10.v",), column.price_cents)
        self._take_coins(coins)

    def _book(self, column: Column, kind: str, cents: int) -> None:
        entry = self.ledger[column.selection][kind]
        entry[0] += 1
        entry[1] += cents
        for key in (("PA2.n", column.selection), ("VA1.n",)):
            self.board.count(key)
        for key in (("PA2.v", column.selection), ("VA1.v",)):
            self.board.count(key, cents)

    def _at_device(self, column: Column, device: str, cents: int) -> None:
        for key in (("PA7.n", column.selection, device), (f"{device}2.n",)):
            self.board.count(key)
        for key in (("PA7.v", column.selection, device), (f"{device}2.v",)):
            self.board.count(key, cents)

    def _unpaid(self, column: Column, kind: str, product: str, total: str) -> None:
        if not column.stock:
            return
        column.stock -= 1
        self.unpaid[kind] += 1
        for key in ((f"{product}.n", column.selection), (f"{total}.n",)):
            self.board.count(key)
        for key in ((f"{product}.v", column.selection), (f"{total}.v",)):
            self.board.count(key, column.price_cents)

    def _take_cash(self, cents: int) -> None:
        """Half pay with coins; the others with the smallest bill that is enough, and get change from the tubes."""
        bill = next((bill for bill in BILLS if bill >= cents), None)
        if bill is None or bill - cents > self.tubes_cents or self.dice.random() < 0.5:
            self._take_coins(cents)
            return
        self.board.count(("cash.in",), bill)
        self.board.count(("cash.bills",), bill)
        self.board.count(("cash.out",), bill - cents)
        self.tubes_cents -= bill - cents

    def _take_coins(self, cents: int) -> None:
        self.board.count(("cash.in",), cents)
        is_full = self.tubes_cents > 8_000
        self.board.count(("cash.box",) if is_full else ("cash.tubes",), cents)
        self.tubes_cents += 0 if is_full else cents
