"""The target database: rows go in by COPY through a temporary table and are inserted or updated by id, set by set."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import psycopg
from psycopg import sql

from tools.legacy.refusal import Refused

# Rows that the file lacks get ids from here on, out of the way of the ids of later files.
INVENTED_IDS: Final = 1_000_000

Cells = Sequence[Any]  # Any: whatever psycopg adapts.


class Target:
    """A connection in the one transaction of the import, and the count of what was written through it."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.written: dict[str, tuple[int, int]] = {}

    def fetch(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode(), parameters or None).fetchall()

    def value(self, query: str, **parameters: object) -> Any:
        row = self.connection.execute(query.encode(), parameters or None).fetchone()
        return row[0] if row else None

    def execute(self, query: str, **parameters: object) -> int:
        return self.connection.execute(query.encode(), parameters or None).rowcount

    def stage(self, table: str, columns: Sequence[str], rows: Iterable[Cells]) -> sql.Identifier:
        """Copy rows into a temporary table shaped like these columns of `table`."""
        name = sql.Identifier(f"legacy_{table}")
        listed = _listed(columns)
        self.connection.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(name))
        shape = sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
        self.connection.execute(shape.format(name, listed, sql.Identifier(table)))
        with (
            self.connection.cursor() as cursor,
            cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(name, listed)) as copy,
        ):
            for row in rows:
                copy.write_row(row)
        return name

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Cells]) -> int:
        """Append rows; for tables that are never updated."""
        stage = self.stage(table, columns, rows)
        statement = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
        listed = _listed(columns)
        number = self.connection.execute(statement.format(sql.Identifier(table), listed, listed, stage)).rowcount
        self._count(table, number, 0)
        return number

    def upsert(
        self,
        table: str,
        columns: Sequence[str],
        rows: Iterable[Cells],
        *,
        key: Sequence[str] = ("id",),
        same: Sequence[str] = (),
        keep: Sequence[str] = (),
    ) -> None:
        """Insert rows, or update those whose key is there and that differ.

        `same` names the columns by which a row in the target is known to be the one of the file: when they differ,
        the target has a life of its own under this id and the import is refused. `keep` is never overwritten.
        """
        stage = self.stage(table, columns, rows)
        self._refuse_strangers(table, stage, key, same)
        changing = [column for column in columns if column not in {*key, *keep}]
        statement = sql.SQL(
            "WITH written AS (INSERT INTO {table} AS present ({columns}) SELECT {columns} FROM {stage}"
            " ON CONFLICT ({key}) DO UPDATE SET {assignments} WHERE ({old}) IS DISTINCT FROM ({new})"
            " RETURNING xmax = 0 AS is_new)"
            " SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written"
        ).format(
            table=sql.Identifier(table),
            columns=_listed(columns),
            stage=stage,
            key=_listed(key),
            assignments=sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(c)) for c in changing),
            old=_listed(changing, "present"),
            new=_listed(changing, "excluded"),
        )
        found = self.connection.execute(statement).fetchone() or (0, 0)
        self._count(table, *found)

    def _refuse_strangers(self, table: str, stage: sql.Identifier, key: Sequence[str], same: Sequence[str]) -> None:
        if not same:
            return
        statement = sql.SQL(
            "SELECT min(present.id) FROM {} present JOIN {} new USING ({}) WHERE ({}) IS DISTINCT FROM ({})"
        ).format(sql.Identifier(table), stage, _listed(key), _listed(same, "present"), _listed(same, "new"))
        row = self.connection.execute(statement).fetchone()
        if row and row[0] is not None:
            raise Refused(
                f"The target already holds other rows under ids of this file (first: {table} {row[0]}): "
                "import into a database without a fleet of its own."
            )

    def _count(self, table: str, inserted: int, updated: int) -> None:
        before = self.written.get(table, (0, 0))
        self.written[table] = (before[0] + inserted, before[1] + updated)

    def ensure_months(self, parent: str, moments: Iterable[datetime]) -> None:
        """Make the monthly partitions that these moments fall into; odd years stay in the default partition."""
        months = sorted({date(moment.year, moment.month, 1) for moment in moments if 2000 <= moment.year <= 2100})
        self.execute(
            "SELECT cvd_ensure_partitions(%(parent)s, month, 0) FROM unnest(%(months)s::date[]) month",
            parent=parent,
            months=months,
        )

    def lift_sequence(self, table: str, at_least: int) -> None:
        """Let the next id of a table be past every id that is in it or ever was in the file."""
        statement = sql.SQL(
            "SELECT setval(pg_get_serial_sequence(%(table)s, 'id'),"
            " greatest(%(least)s::bigint, (SELECT max(id) FROM {}), (SELECT last_value FROM {})))"
        ).format(sql.Identifier(table), sql.Identifier(f"{table}_id_seq"))
        self.connection.execute(statement, {"least": max(at_least, 1), "table": table})


def _listed(columns: Sequence[str], prefix: str | None = None) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(prefix, c) if prefix else sql.Identifier(c) for c in columns)
