"""A demo fleet for development: machines, planograms, routes, orders and half a year of sales, always the same ones."""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import psycopg

from tools.demo import fleet, history, load, people, trips
from tools.demo.places import ZONE

__all__ = ["AlreadyFilled", "fill", "make", "people"]

SEED = 1884
_EARLIEST_HOUR = 10


class AlreadyFilled(Exception):
    """The database holds devices that the demo fleet would mix with."""


def fill(environment: Mapping[str, str], *, anchor: datetime, seed: int = SEED) -> None:
    """Write the demo fleet as of `anchor` into a database that has no devices; the demo users must be there."""
    people.require_local(environment)
    with psycopg.connect(environment["MIGRATION_DATABASE_URL"], options="-c timezone=UTC") as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM devices)").fetchone()
        if row and row[0]:
            raise AlreadyFilled("The database already holds devices: the demo fleet goes into an empty one only.")
        tables = make(load.known(connection), load.free_ids(connection), anchor=anchor, seed=seed)
        first_day = (anchor - timedelta(days=fleet.DAYS + 1)).date()
        load.write(connection, tables, first_day=first_day)


def make(known: fleet.Known, ids: fleet.Ids, *, anchor: datetime, seed: int = SEED) -> dict[str, list[object]]:
    """Make the rows of every table; the same anchor and seed give the same rows."""
    now, rng = _in_working_hours(anchor), random.Random(seed)
    built = fleet.build(known, ids, rng, now=now)
    ledger = history.Ledger(ids)
    book = trips.Book()
    dispatcher = trips.Dispatcher(built, known, ids, rng, book)
    trade = history.Trade(built, ledger, rng)
    began = now - timedelta(days=fleet.DAYS)
    history.open_stock(built, ledger, known, began)
    for number, day in history.days(now):
        is_today = day == now.astimezone(ZONE).date()
        fillings = dispatcher.open_trip(now) if is_today else dispatcher.trips_of(number, day)
        for machine in built.machines:
            trade.day_of(machine, history.Day(day, now, fillings), number)
    dispatcher.pending_orders(now)
    return {**built.tables, **book.tables, "sales": list(ledger.sales), "inventory_movements": list(ledger.movements)}


def _in_working_hours(anchor: datetime) -> datetime:
    """Take the evening before when the anchor lies in the night, so that a trip can be under way."""
    local = anchor.astimezone(ZONE)
    if local.hour >= _EARLIEST_HOUR:
        return anchor
    evening = (local - timedelta(days=1)).replace(hour=18, minute=0, second=0, microsecond=0)
    return evening.astimezone(anchor.tzinfo)
