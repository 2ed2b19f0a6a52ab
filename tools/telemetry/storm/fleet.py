"""The simulated machines of a storm: their reads, and the devices that they are in the fleet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.kit.db import Connection
from tools.simulator.faults import Fault
from tools.simulator.life import Course, Made, live
from tools.simulator.machine import Ledger
from tools.simulator.truth import sold_of

BEGAN = datetime(2026, 1, 5, tzinfo=UTC)
READS_A_MACHINE = 20
PRODUCTS = 40
CAPACITY = 999
"""A slot that never runs empty: what is left in it tells every unit that was taken out."""
COLUMNS = 10


@dataclass(frozen=True)
class Taken:
    """A read, and when it was taken from its machine."""

    content: bytes
    at: datetime


@dataclass(frozen=True)
class Machine:
    """A machine with its reads in order, and what it sold between the first and the last of them, in truth."""

    asset: str
    selections: Sequence[str]
    reads: Sequence[Taken]
    units: int
    cents: int


def machines(count: int, *, seed: int, faults: frozenset[Fault], first: int = 1) -> list[Machine]:
    """As many machines, from that number on, as give `count` different reads; the last one is cut short.

    A machine that sold nothing and counts no reads shows the same twice: that is one read, whoever sends it.
    """
    course = Course(seed=seed, began=BEGAN, days=READS_A_MACHINE, faults=faults)
    found: list[Machine] = []
    left = count
    while left > 0:
        life = live(course, first + len(found))
        by_content: dict[bytes, Made] = {}
        for made in life.reads:
            by_content.setdefault(made.content, made)
        shown = list(by_content.values())[:left]
        units, cents = _sold(shown[0].ledger, shown[-1].ledger)
        reads = [Taken(made.content, made.at) for made in shown]
        found.append(Machine(life.machine.asset, life.machine.dialect.selections, reads, units, cents))
        left -= len(reads)
    return found


def _sold(before: Ledger, after: Ledger) -> tuple[int, int]:
    """Units and cents that were paid for between two moments."""
    earlier = [sold_of(before, selection) for selection in before]
    later = [sold_of(after, selection) for selection in after]
    units = sum(units for units, _ in later) - sum(units for units, _ in earlier)
    return units, sum(cents for _, cents in later) - sum(cents for _, cents in earlier)


def enrol(db: Connection, fleet: Sequence[Machine]) -> None:
    """Write a device for each machine, with a full slot for each of its selections; one statement."""
    places = [(machine.asset, place, name) for machine in fleet for place, name in enumerate(machine.selections)]
    db.execute(
        """
        WITH category AS (
            INSERT INTO product_categories (name) VALUES ('Storm') RETURNING id),
        product AS (
            INSERT INTO products (name, category_id, price_cents)
            SELECT 'Storm product ' || number, category.id, 150
              FROM category, generate_series(0, %(products)s - 1) number
            RETURNING id, name),
        device AS (
            INSERT INTO devices (asset, nickname, device_type_id, location_id, model)
            SELECT asset, asset, (SELECT min(id) FROM device_types), (SELECT id FROM locations WHERE is_default),
                   'Storm'
              FROM unnest(%(machines)s::text[]) asset
            RETURNING id, asset),
        cabinet AS (
            INSERT INTO device_cabinets (device_id, cabinet_type_id, cabinet_index, model_name, rows, cols)
            SELECT id, (SELECT min(id) FROM cabinet_types), 0, 'Storm', 10, %(columns)s
              FROM device
            RETURNING id, device_id),
        planogram AS (
            INSERT INTO planograms (cabinet_id) SELECT id FROM cabinet RETURNING id, cabinet_id),
        slot AS (
            INSERT INTO planogram_slots (planogram_id, row_no, col_no, dex_selection, product_id, quantity, capacity,
                                         par_level, price_cents, assigned_at)
            SELECT planogram.id, 1 + place.at / %(columns)s, 1 + place.at %% %(columns)s, place.selection, product.id,
                   %(capacity)s, %(capacity)s, %(capacity)s, 150, '2026-01-01'
              FROM unnest(%(assets)s::text[], %(places)s::integer[], %(names)s::text[]) AS place (asset, at, selection)
              JOIN device ON device.asset = place.asset
              JOIN cabinet ON cabinet.device_id = device.id
              JOIN planogram ON planogram.cabinet_id = cabinet.id
              JOIN product ON product.name = 'Storm product ' || place.at %% %(products)s
            RETURNING id, product_id, quantity)
        INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after)
        SELECT id, product_id, quantity, 'import', quantity
          FROM slot
        """,
        products=PRODUCTS,
        columns=COLUMNS,
        capacity=CAPACITY,
        machines=[machine.asset for machine in fleet],
        assets=[asset for asset, _, _ in places],
        places=[place for _, place, _ in places],
        names=[name for _, _, name in places],
    )
