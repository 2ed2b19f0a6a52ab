"""Half a year in the life of the fleet: what was sold when, and the trips that filled the machines again."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tools.demo import rows
from tools.demo.fleet import DAYS, Fleet, Ids, Known, Machine
from tools.demo.places import ZONE

_HOURS = range(6, 22)
_BUSY = (2, 4, 6, 6, 7, 8, 11, 10, 8, 7, 6, 5, 4, 3, 3, 2)
_UNITS, _UNITS_OFTEN = (1, 2, 3), (80, 15, 5)
_PAID, _PAID_OFTEN = ("cashless", "cash", "other"), (74, 24, 2)
_PACES = (0.4, 0.7, 1.0, 1.0, 1.3, 2.6)  # Some machines stand badly; some sell out before the driver comes.
_GROWTH_A_DAY = 0.0008


@dataclass(frozen=True)
class Filling:
    """What a visit puts into a cabinet: when, by whom, and how much into which slot."""

    at: datetime
    actor_id: int
    loads: list[tuple[rows.Slot, rows.VisitItem]]


@dataclass
class Ledger:
    """What happened to the slots, in the order of time; the slots carry the running balance."""

    ids: Ids
    sales: list[rows.Sale] = field(default_factory=list)
    movements: list[rows.Movement] = field(default_factory=list)

    def move(
        self, slot: rows.Slot, delta: int, kind: str, at: datetime, *, actor: int | None, item: int | None = None
    ) -> None:
        """Change a slot's quantity and write the movement."""
        slot.quantity += delta
        number = self.ids("inventory_movements")
        product = slot.product_id or 0
        self.movements.append(rows.Movement(number, slot.id, product, delta, kind, slot.quantity, item, actor, at))


@dataclass
class Day:
    """One day of one machine: the fillings of that day by cabinet."""

    day: date
    until: datetime
    fillings: dict[int, Filling]


def open_stock(fleet: Fleet, ledger: Ledger, known: Known, began: datetime) -> None:
    """Fill every slot to its par on the first day."""
    for machine in fleet.machines:
        for _, slots in machine.cabinets:
            for slot in slots:
                if slot.product_id is not None:
                    ledger.move(slot, slot.par_level, "count_adjustment", began, actor=known.manager_id)


class Trade:
    """How the machines sell; one for the whole history, because machines differ and grow."""

    def __init__(self, fleet: Fleet, ledger: Ledger, rng: random.Random) -> None:
        self._fleet = fleet
        self._ledger = ledger
        self._rng = rng
        self._pace = {machine.device.id: rng.choice(_PACES) for machine in fleet.machines}

    def day_of(self, machine: Machine, today: Day, number: int) -> None:
        """Let one machine live through one day: buyers come, and perhaps a driver in between."""
        for at, step in sorted(self._steps(machine, today, number), key=lambda timed: timed[0]):
            if isinstance(step, Filling):
                for slot, item in step.loads:
                    self._ledger.move(slot, item.quantity_filled, "restock", at, actor=step.actor_id, item=item.id)
            else:
                self._sell(machine, step, at)

    def _steps(self, machine: Machine, today: Day, number: int) -> Iterator[tuple[datetime, "Filling | rows.Slot"]]:
        for cabinet, _ in machine.cabinets:
            if filling := today.fillings.get(cabinet.id):
                yield filling.at, filling
        if machine.spot is None:
            return
        slots = [slot for _, slots in machine.cabinets for slot in slots if slot.product_id is not None]
        weights = [self._fleet.popularity[slot.product_id or 0] for slot in slots]
        for slot in self._rng.choices(slots, weights=weights, k=self._buyers(machine, today.day, number)):
            at = self._moment(today.day)
            if at < today.until:
                yield at, slot

    def _buyers(self, machine: Machine, day: date, number: int) -> int:
        if machine.spot is None:
            return 0
        kind = machine.spot.kind
        size = len(machine.cabinets) ** 0.5
        growth = 1 + _GROWTH_A_DAY * number
        expected = kind.transactions * kind.week[day.weekday()] * self._pace[machine.device.id] * size * growth
        return max(0, round(self._rng.gauss(expected, expected**0.5)))

    def _moment(self, day: date) -> datetime:
        hour = self._rng.choices(_HOURS, weights=_BUSY)[0]
        local = datetime.combine(day, time(hour, self._rng.randrange(60), self._rng.randrange(60)), ZONE)
        return local.astimezone(UTC)

    def _sell(self, machine: Machine, slot: rows.Slot, at: datetime) -> None:
        units = min(self._rng.choices(_UNITS, weights=_UNITS_OFTEN)[0], slot.quantity)
        if units == 0 or slot.product_id is None:
            return
        price = slot.price_cents or self._fleet.products[slot.product_id].price_cents
        paid = self._rng.choices(_PAID, weights=_PAID_OFTEN)[0]
        sale_id, device_id = self._ledger.ids("sales"), machine.device.id
        self._ledger.sales.append(
            rows.Sale(sale_id, device_id, slot.product_id, slot.id, units, units * price, at, paid)
        )
        # The movement does not name its sale, so that clearing demo sales needs no change of the ledger.
        self._ledger.move(slot, -units, "sale", at, actor=None)


def days(now: datetime) -> Iterator[tuple[int, date]]:
    """Yield the days of the history, oldest first, the present day last."""
    today = now.astimezone(ZONE).date()
    for number in range(DAYS + 1):
        yield number, today - timedelta(days=DAYS - number)
