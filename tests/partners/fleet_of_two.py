"""One fleet of two halves: what an API client may reach, and what it may not. All ids and names of the second tell it.

The strange half is made while every key of the database counts from 77,000,000 on, and every name in it begins with
`zzstrange`: what carries either is a leak, wherever it turns up.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.factories import Fill

STRANGE = 77_000_000
MARK = re.compile(r"(?<![0-9])77[0-9]{6}(?![0-9])|zzstrange", re.IGNORECASE)

CHANGING = (
    "audit_",
    "activity_",
    "rate_limits",
    "idempotency_keys",
    "data_export_log",
    "api_client",
    "security_alerts",
)
"""Tables in which what was asked for may be named, whether it was had or not."""


@dataclass(frozen=True)
class Half:
    """The values that stand for the placeholders of paths and bodies."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Fleet:
    """Both halves, and the devices of the first."""

    own: Half
    strange: Half

    @property
    def own_devices(self) -> list[int]:
        return [self.own["device_id"], self.own["other_device_id"]]


def build(db: Connection) -> Fleet:
    """Write both halves."""
    product = factories.product(db, "Mint", price_cents=150)
    own = _half(db, "own", product)
    with _counting_from(db, STRANGE):
        strange = _half(db, "zzstrange", product)
        # On the client's own route and at its own location stands a machine that is none of its business.
        guest = factories.device(
            db, "zzstrangeguest", nickname="zzstrange guest", location_id=own["location_id"], route_id=own["route_id"]
        )
        factories.fill(db, guest.cabinets[0], {"A1": Fill(product, quantity=3)})
        factories.order(db, own["route_id"], guest.cabinets[0])
        mixed = _mixed_order(db, own, guest.cabinets[0].id)
    more = {"guest_device_id": guest.id, "guest_key": guest.cabinets[0].key, **mixed}
    return Fleet(own, replace(strange, values={**strange.values, **more}))


def _half(db: Connection, name: str, product: int) -> Half:
    location = factories.location(db, f"{name} location", address=f"{name} street")
    route = factories.route(db, f"{name} route", driver_id=factories.user(db, f"{name}driver"))
    device, other = (
        factories.device(
            db,
            f"{name}{n}",
            nickname=f"{name} cooler",
            cabinets=("Ambient+", "Ambient+"),
            location_id=location,
            route_id=route,
        )
        for n in (1, 2)
    )
    for cabinet in (*device.cabinets, *other.cabinets):
        factories.fill(db, cabinet, {"A1": Fill(product, quantity=5), "A2": Fill(product, quantity=4)})
    order = factories.order(db, route, *device.cabinets, *other.cabinets)
    to_cancel = factories.order(db, route, device.cabinets[0])
    db.execute(
        "UPDATE service_orders SET notes = %(note)s WHERE id = ANY(%(ids)s)",
        note=f"{name} note",
        ids=[order, to_cancel],
    )
    stops = db.values("SELECT id FROM service_order_cabinets WHERE service_order_id = %(id)s ORDER BY id", id=order)
    db.execute(
        "INSERT INTO service_order_items (order_cabinet_id, product_id, quantity_needed)"
        " SELECT unnest(%(stops)s::bigint[]), %(product)s, 2",
        stops=stops,
        product=product,
    )
    _history(db, name, device, product)
    return Half(
        {
            "name": name,
            "product_id": product,
            "device_id": device.id,
            "other_device_id": other.id,
            "location_id": location,
            "route_id": route,
            "planogram_key": device.cabinets[0].key,
            "other_key": other.cabinets[0].key,
            "asset": device.asset,
            "slot_id": device.cabinets[0].slots["A1"],
            "order_id": order,
            "order_to_cancel": to_cancel,
            "stops": stops,
            "read_id": _read(db, name, device.id),
            "sale_id": db.value("SELECT max(id) FROM sales"),
        }
    )


def _history(db: Connection, name: str, device: factories.Device, product: int) -> None:
    slot = device.cabinets[0].slots["A1"]
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source, import_key)
        VALUES (%(device)s, %(product)s, %(slot)s, 2, 300, %(at)s, 'manual', %(key)s)
        """,
        device=device.id,
        product=product,
        slot=slot,
        at=clock.now() - timedelta(hours=2),
        key=f"{name}-sale",
    )
    db.execute(
        "INSERT INTO sale_keys (import_key, sale_id, sold_at)"
        " SELECT import_key, id, sold_at FROM sales WHERE import_key = %(key)s",
        key=f"{name}-sale",
    )
    db.execute(
        "INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)"
        " VALUES (%(device)s, %(product)s, current_date, 2, 300, 1)",
        device=device.id,
        product=product,
    )
    db.execute(
        """
        INSERT INTO service_visits (device_id, visited_at, service_type, technician_id, units_restocked, notes)
        SELECT %(device)s, now(), 'routine', min(id), 1, %(note)s FROM users
        """,
        device=device.id,
        note=f"{name} visit",
    )
    db.execute(
        "INSERT INTO planogram_slot_changes (slot_id, reason, new_product_id, new_quantity)"
        " VALUES (%(slot)s, 'edit', %(product)s, 5)",
        slot=slot,
        product=product,
    )


def _read(db: Connection, name: str, device_id: int) -> int:
    read_id = int(
        db.value(
            """
            INSERT INTO dex_reads (device_id, filename, sha256, size_bytes, raw_content, uploaded_by, status,
                                   machine_serial)
            SELECT %(device)s, %(name)s || '.dex', sha256(%(name)s::bytea), 10, %(name)s, min(id), 'parsed', %(name)s
              FROM users
            RETURNING id
            """,
            device=device_id,
            name=name,
        )
    )
    db.execute(
        "INSERT INTO dex_records (read_id, line_no, record_type, raw, parsed)"
        " VALUES (%(id)s, 1, 'DXS', %(name)s, '{}')",
        id=read_id,
        name=name,
    )
    db.execute(
        """
        INSERT INTO dex_selections (read_id, selection, product_text, row_label, col_label, row_no, col_no)
        VALUES (%(id)s, 'A1', %(name)s, 'A', '1', 1, 1)
        """,
        id=read_id,
        name=name,
    )
    db.execute(
        "INSERT INTO dex_issues (read_id, line_no, severity, code, message)"
        " VALUES (%(id)s, 1, 'warning', 'CLOCK_SUSPECT', %(name)s)",
        id=read_id,
        name=name,
    )
    return read_id


def _mixed_order(db: Connection, own: Half, guest_cabinet: int) -> dict[str, int]:
    """An order that holds a cabinet of each half: it tells of both, so it is not the client's."""
    order = factories.order(db, own["route_id"])
    own_cabinet = db.value("SELECT min(id) FROM device_cabinets WHERE device_id = %(id)s", id=own["device_id"])
    stops = db.values(
        """
        INSERT INTO service_order_cabinets (service_order_id, cabinet_id, estimated_minutes)
        VALUES (%(order)s, %(own)s, 10), (%(order)s, %(guest)s, 10)
        RETURNING id
        """,
        order=order,
        own=own_cabinet,
        guest=guest_cabinet,
    )
    return {"mixed_order_id": order, "mixed_stop_id": stops[0]}


@contextmanager
def _counting_from(db: Connection, first: int) -> Iterator[None]:
    """Let every key of the database count from here on, and from 80,000,000 on afterwards."""
    names = db.values("SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname = 'public'")
    for name in names:
        db.value("SELECT setval(%(name)s::regclass, %(first)s)", name=name, first=first)
    yield
    for name in names:
        db.value("SELECT setval(%(name)s::regclass, 80000000)", name=name)


def strange_rows(db: Connection) -> dict[str, str]:
    """The checksum of every row that belongs to the strange half or points into it, by table."""
    tables = db.values(
        """
        SELECT relname
          FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT relispartition
         UNION
        SELECT relname
          FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'p'
         ORDER BY 1
        """
    )
    return {
        table: db.value(
            f"SELECT count(*) || ':' || coalesce(md5(string_agg(row::text, '|' ORDER BY row::text)), '')"  # noqa: S608
            f" FROM {table} row WHERE row::text ~* '(^|[^0-9])77[0-9]{{6}}([^0-9]|$)|zzstrange'"
        )
        for table in tables
        if not table.startswith(CHANGING)
    }
