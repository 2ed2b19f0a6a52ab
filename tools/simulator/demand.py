"""Who buys what and when: by weekday and hour, by place and by how much a selection is liked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final

# Buyers by hour of the day, and by day of the week from Monday on.
_OFFICE: Final = (
    (0, 0, 0, 0, 0, 1, 3, 7, 9, 8, 9, 7, 10, 9, 8, 8, 6, 4, 2, 1, 1, 0, 0, 0),
    (1, 1, 1, 1, 0.9, 0.1, 0.05),
)
_SCHOOL: Final = ((0, 0, 0, 0, 0, 0, 1, 6, 4, 12, 5, 12, 14, 8, 5, 4, 2, 1, 0, 0, 0, 0, 0, 0), (1, 1, 1, 1, 1, 0, 0))
_STATION: Final = (
    (2, 1, 1, 1, 2, 4, 7, 9, 8, 6, 5, 6, 7, 6, 6, 7, 9, 10, 8, 6, 5, 4, 4, 3),
    (1, 1, 1, 1, 1.3, 0.9, 0.8),
)
PLACES: Final = {"office": _OFFICE, "school": _SCHOOL, "station": _STATION}


@dataclass(frozen=True, slots=True)
class Wish:
    at: datetime
    selection: str
    device: str


@dataclass(frozen=True, slots=True)
class Demand:
    """`vends_a_day` on a usual weekday; `cash_share` of the buyers pay cash, most others by card."""

    place: str
    vends_a_day: float
    cash_share: float

    def of_day(self, day: datetime, popularity: dict[str, float], devices: Sequence[str], dice: Random) -> list[Wish]:
        """What people want on one day, in no order. Whether they get it depends on the stock."""
        by_hour, by_weekday = PLACES[self.place]
        count = _poisson(self.vends_a_day * by_weekday[day.weekday()] * dice.uniform(0.7, 1.3), dice)
        hours = dice.choices(range(24), cum_weights=list(accumulate(by_hour)), k=count)
        selections = dice.choices(list(popularity), cum_weights=list(accumulate(popularity.values())), k=count)
        return [
            Wish(day + timedelta(hours=hour, seconds=dice.randrange(3600)), selection, self._device(devices, dice))
            for hour, selection in zip(hours, selections, strict=True)
        ]

    def _device(self, devices: Sequence[str], dice: Random) -> str:
        if len(devices) == 1 or dice.random() < self.cash_share:
            return devices[0]
        return devices[1] if len(devices) == 2 or dice.random() < 0.9 else devices[2]


def demand_of(dice: Random) -> Demand:
    """Most machines sell little; a few at stations sell a lot."""
    place = dice.choice(tuple(PLACES))
    return Demand(place, min(120.0, 8 + dice.expovariate(1 / 22)), dice.uniform(0.1, 0.8))


def _poisson(mean: float, dice: Random) -> int:
    """Knuth's way, good enough below some hundreds."""
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count
