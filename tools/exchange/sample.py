"""A fleet as files of rows, made up from a seed, with some rows that cannot come in."""

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.exchange import rules
from chalicelib.exchange.models.rows import Entity

Rows = dict[Entity, list[dict[str, Any]]]  # Any: JSON

SLOTS = ("A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3", "D1")
SPOILT: tuple[Entity, ...] = ("sales", "stock_counts")
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def fleet(many: int, bad: int, seed: int) -> Rows:
    """About `many` rows of a fleet, of which `bad` are spoilt."""
    chance = random.Random(seed)
    machines = max(many // 100, 1)
    made: Rows = {
        "locations": [{"name": f"Site {number}", "address": f"{number} High Street"} for number in range(machines)],
        "routes": [{"name": f"Tour {number}", "number": number + 1} for number in range(20)],
        "products": [
            {
                "name": f"Item {number}",
                "sku": f"S-{number}",
                "category": f"Group {number % 9}",
                "price": (100 + number) / 100,
            }
            for number in range(300)
        ],
        "devices": [_machine(number) for number in range(machines)],
        "planograms": [slot for number in range(machines) for slot in _slots(number, chance)],
        "stock_counts": [count for number in range(machines) for count in _counts(number, chance)],
    }
    left = many - sum(len(rows) for rows in made.values())
    made["sales"] = list(_sales(left, machines, chance))
    _spoil(made, bad, chance)
    return made


def packed(made: Rows) -> bytes:
    """The rows as the zip of a fleet."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entity, rows in made.items():
            archive.writestr(f"{entity}.jsonl", b"".join(rules.as_lines(rows)))
    return target.getvalue()


def _machine(number: int) -> dict[str, Any]:
    return {
        "asset": f"X{number}",
        "name": f"Machine {number}",
        "model": "Ambient+",
        "device_type": "PicoVision",
        "cabinets": ["Ambient+"],
        "location": f"Site {number}",
        "route": f"Tour {number % 20}",
    }


def _slots(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for at, position in enumerate(SLOTS):
        item = f"Item {(number * 7 + at) % 300}"
        yield {
            "asset": f"X{number}",
            "cabinet": 0,
            "position": position,
            "product": item,
            "capacity": 20,
            "par_level": chance.randint(10, 20),
        }


def _counts(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for position in SLOTS:
        yield {"asset": f"X{number}", "cabinet": 0, "position": position, "quantity": chance.randint(0, 20)}


def _sales(many: int, machines: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(many):
        machine, at = chance.randrange(machines), chance.randrange(len(SLOTS))
        yield {
            "sale": f"x-{number}",
            "asset": f"X{machine}",
            "product": f"Item {(machine * 7 + at) % 300}",
            "units": chance.randint(1, 2),
            "cash": chance.randint(100, 500) / 100,
            "sold_at": (BEGIN + timedelta(minutes=chance.randrange(200 * 1440))).isoformat(),
            "cabinet": 0,
            "position": SLOTS[at],
        }


def _spoil(made: Rows, bad: int, chance: random.Random) -> None:
    """Spoil rows that nothing else refers to."""
    places = [(entity, at) for entity in SPOILT for at in range(len(made[entity]))]
    for entity, at in chance.sample(places, bad):
        made[entity][at]["asset"] = "nobody's"
