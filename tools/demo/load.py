"""Writing the demo fleet: one COPY a table, one transaction, the ledger proven by the database itself."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import psycopg
from psycopg import sql

from tools.demo.fleet import DAYS, CabinetType, Ids, Known
from tools.demo.people import USERS

ORDER = (
    "product_categories",
    "products",
    "locations",
    "routes",
    "route_driver_history",
    "devices",
    "device_cabinets",
    "planograms",
    "planogram_slots",
    "service_orders",
    "service_order_cabinets",
    "service_order_items",
    "service_visits",
    "service_visit_items",
    "service_order_transitions",
    "sales",
    "inventory_movements",
)

Connection = psycopg.Connection[Any]  # Any: the rows of plain cursors.


def known(connection: Connection) -> Known:
    """Read what the seed and the demo users have put there."""
    cabinet_types = connection.execute("SELECT name, id, rows, cols, temperature_class FROM cabinet_types").fetchall()
    users = dict(connection.execute("SELECT username, id FROM users").fetchall())
    warehouse = connection.execute("SELECT id FROM locations WHERE is_default").fetchone()
    return Known(
        device_types=dict(connection.execute("SELECT name, id FROM device_types").fetchall()),
        cabinet_types={name: CabinetType(*rest) for name, *rest in cabinet_types},
        warehouse_id=warehouse[0] if warehouse else 0,
        manager_id=users["demomanager"],
        driver_ids=tuple(users[username] for username, role in USERS.items() if role == "driver"),
    )


def free_ids(connection: Connection) -> Ids:
    """Number every table from its next free id; from 2, because product 1 stands for the empty slot on the wire."""

    def first(table: str) -> int:
        statement = sql.SQL("SELECT coalesce(max(id), 1) + 1 FROM {}").format(sql.Identifier(table))
        row = connection.execute(statement).fetchone()
        return int(row[0]) if row else 2

    return Ids(first)


def write(connection: Connection, tables: Mapping[str, Sequence[object]], *, first_day: date) -> None:
    """Copy all rows in, move the identities past them and roll the sales up by day."""
    connection.execute("SELECT * FROM cvd_ensure_partitions('sales', %s, %s)", [first_day, DAYS // 28])
    for table in ORDER:
        _copy(connection, table, tables[table])
    connection.execute(
        """
        INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
        SELECT device_id, product_id, (sold_at AT TIME ZONE company.time_zone)::date,
               sum(units), sum(revenue_cents), count(*)
          FROM sales
         CROSS JOIN company_settings company
         GROUP BY 1, 2, 3
        """
    )
    connection.execute(
        """
        UPDATE company_settings
           SET company_name = 'Great Lakes Vending (demo)', monthly_revenue_target_cents = 2000000,
               milestone_month_cents = 1500000
         WHERE company_name = ''
        """
    )


def _copy(connection: Connection, table: str, rows: Sequence[object]) -> None:
    columns = [column.name for column in fields(rows[0])]  # type: ignore[arg-type] # every row is a dataclass
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            values = vars(row)
            copy.write_row([values[column] for column in columns])
    highest = max(vars(row)["id"] for row in rows)
    connection.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, highest])
