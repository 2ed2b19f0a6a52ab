"""The machines of the demo fleet: products, places, routes, devices, cabinets and what lies in each slot."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tools.demo import rows
from tools.demo.catalogue import ARTICLES, CATEGORIES, Article
from tools.demo.places import ROUTES, SPOTS, Spot

DAYS = 182
_FIRST_ASSET = 1001
_SPARE_MACHINES = 2
_OCCUPIED = 0.94
_OWN_PRICE = 0.05
_LAYOUTS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("PicoVision", ("Cooler", "Ambient"), 4.0),
    ("PicoVision", ("Cooler", "Ambient+", "Freezer"), 2.0),
    ("PicoVision", ("Ambient+",), 1.0),
    ("PicoVision Express", ("Cooler",), 1.5),
    ("PicoVision Express", ("Ambient",), 1.0),
    ("Stockwell", ("Stockwell Cooler", "Stockwell Ambient"), 1.5),
)


@dataclass(frozen=True)
class CabinetType:
    id: int
    rows: int
    cols: int
    temperature: str


@dataclass(frozen=True)
class Known:
    """What the database holds before: the seed's types and default location, and the demo users."""

    device_types: dict[str, int]
    cabinet_types: dict[str, CabinetType]
    warehouse_id: int
    manager_id: int
    driver_ids: tuple[int, ...]


class Ids:
    """The next free id of each table."""

    def __init__(self, first: Callable[[str], int]) -> None:
        self._next: dict[str, int] = defaultdict(int)
        self._first = first

    def __call__(self, table: str) -> int:
        if table not in self._next:
            self._next[table] = self._first(table)
        else:
            self._next[table] += 1
        return self._next[table]


@dataclass
class Machine:
    """A device with its place and its cabinets, each with its slots."""

    device: rows.Device
    spot: Spot | None
    cabinets: list[tuple[rows.Cabinet, list[rows.Slot]]] = field(default_factory=list)


@dataclass
class Fleet:
    """All of it, with the tables' rows and the machines that the history walks over."""

    tables: dict[str, list[object]]
    machines: list[Machine]
    products: dict[int, rows.Product]
    popularity: dict[int, float]


def build(known: Known, ids: Ids, rng: random.Random, *, now: datetime) -> Fleet:
    """Lay out the fleet as it stood on its first day, every slot still empty."""
    began = now - timedelta(days=DAYS)
    tables: dict[str, list[object]] = defaultdict(list)
    by_temperature, products, popularity = _products(tables, ids)
    routes = _routes(tables, ids, known, began)
    fleet = Fleet(tables, [], products, popularity)
    for spot in SPOTS:
        location = rows.Location(ids("locations"), spot.name, spot.address, spot.latitude, spot.longitude)
        tables["locations"].append(location)
        for nickname in spot.machines:
            machine = _machine(known, ids, rng, began, nickname=nickname, spot=spot, number=len(fleet.machines))
            machine.device.location_id, machine.device.route_id = location.id, routes[spot.route].id
            fleet.machines.append(machine)
    for spare in range(1, _SPARE_MACHINES + 1):
        fleet.machines.append(
            _machine(known, ids, rng, began, nickname=f"Spare {spare}", spot=None, number=len(fleet.machines))
        )
    for machine in fleet.machines:
        _lay_out(machine, fleet, known, ids, rng, by_temperature)
    return fleet


def _products(
    tables: dict[str, list[object]], ids: Ids
) -> tuple[dict[str, list[tuple[Article, int, int]]], dict[int, rows.Product], dict[int, float]]:
    categories = {
        category.name: rows.Category(ids("product_categories"), category.name, order)
        for order, category in enumerate(CATEGORIES, start=1)
    }
    tables["product_categories"] = list(categories.values())
    kept_at = {category.name: category for category in CATEGORIES}
    by_temperature: dict[str, list[tuple[Article, int, int]]] = defaultdict(list)
    products, popularity = {}, {}
    for number, article in enumerate(ARTICLES, start=1):
        sku, category = f"GL-{number:04}", categories[article.category].id
        product = rows.Product(ids("products"), sku, article.name, category, article.price_cents, article.cost_cents)
        products[product.id], popularity[product.id] = product, article.popularity
        kind = kept_at[article.category]
        by_temperature[kind.temperature].append((article, product.id, kind.capacity))
    tables["products"] = list(products.values())
    return by_temperature, products, popularity


def _routes(tables: dict[str, list[object]], ids: Ids, known: Known, began: datetime) -> dict[str, rows.Route]:
    routes = {}
    for number, name in enumerate(ROUTES):
        driver = known.driver_ids[number % len(known.driver_ids)]
        route = routes[name] = rows.Route(ids("routes"), name, number + 1, driver)
        history = rows.DriverHistory(ids("route_driver_history"), route.id, driver, began, known.manager_id)
        tables["routes"].append(route)
        tables["route_driver_history"].append(history)
    return routes


def _machine(
    known: Known, ids: Ids, rng: random.Random, began: datetime, *, nickname: str, spot: Spot | None, number: int
) -> Machine:
    device_type, cabinet_types, _ = rng.choices(_LAYOUTS, weights=[layout[2] for layout in _LAYOUTS])[0]
    device = rows.Device(
        id=ids("devices"),
        asset=str(_FIRST_ASSET + number),
        nickname=nickname,
        device_type_id=known.device_types[device_type],
        location_id=known.warehouse_id,
        route_id=None,
        model="PV-200" if device_type == "PicoVision" else "PVX-1" if device_type.endswith("Express") else "SW-4",
        serial_number=f"SN{rng.randrange(10**8):08}",
        created_at=began,
    )
    machine = Machine(device, spot)
    for index, name in enumerate(cabinet_types):
        grid = known.cabinet_types[name]
        cabinet = rows.Cabinet(ids("device_cabinets"), device.id, grid.id, index, grid.rows, grid.cols, began)
        machine.cabinets.append((cabinet, []))
    return machine


def _lay_out(
    machine: Machine,
    fleet: Fleet,
    known: Known,
    ids: Ids,
    rng: random.Random,
    by_temperature: dict[str, list[tuple[Article, int, int]]],
) -> None:
    temperatures = {kind.id: kind.temperature for kind in known.cabinet_types.values()}
    fleet.tables["devices"].append(machine.device)
    for cabinet, slots in machine.cabinets:
        began = cabinet.created_at
        planogram = rows.Planogram(ids("planograms"), cabinet.id, began, known.manager_id, began)
        fleet.tables["device_cabinets"].append(cabinet)
        fleet.tables["planograms"].append(planogram)
        choice = by_temperature[temperatures[cabinet.cabinet_type_id]]
        weights = [article.popularity for article, _, _ in choice]
        for row in range(1, cabinet.rows + 1):
            for col in range(1, cabinet.cols + 1):
                slot = rows.Slot(ids("planogram_slots"), planogram.id, row, col, None, 0, 0, 0, None, None, began)
                if machine.spot is not None and rng.random() < _OCCUPIED:
                    article, slot.product_id, slot.capacity = rng.choices(choice, weights=weights)[0]
                    slot.par_level = (slot.capacity * 85 + 50) // 100
                    slot.price_cents = article.price_cents + 25 if rng.random() < _OWN_PRICE else None
                    slot.assigned_at = began
                slots.append(slot)
        fleet.tables["planogram_slots"].extend(slots)
