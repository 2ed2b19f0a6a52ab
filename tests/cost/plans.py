"""How PostgreSQL carries out what a request said, and which of it reads a large table from end to end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tools.bench.recording import Said

LARGE = 900
"""Rows from which on a table of the generated fleet of a thousand devices counts as large."""

MOST_OF_IT = 0.4
"""The part of a table from which on reading all of it is right, because it is asked for."""


@dataclass(frozen=True)
class Scan:
    """A table that a statement reads from end to end."""

    table: str
    part: float
    statement: str


@dataclass(frozen=True)
class Sizes:
    """Rows by table; of a partition its own, and of all partitions together under each of their names."""

    own: dict[str, float]
    whole: dict[str, float]


def sizes(connection: psycopg.Connection[Any]) -> Sizes:
    """Return how many rows there are."""
    found = connection.execute(
        """
        SELECT relname, coalesce(parent.inhparent::regclass::text, relname), greatest(reltuples, 0)
          FROM pg_class
          LEFT JOIN pg_inherits parent ON parent.inhrelid = pg_class.oid
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        """
    ).fetchall()
    whole: dict[str, float] = {}
    for _, table, rows in found:
        whole[table] = whole.get(table, 0) + rows
    return Sizes({name: rows for name, _, rows in found}, {name: whole[table] for name, table, _ in found})


def explained(connection: psycopg.Connection[Any], said: Sequence[Said]) -> Iterator[Scan]:
    """Yield the large tables that statements read from end to end.

    A partition may be so small that reading it whole is the cheapest way to find a row in it. What counts there is
    whether there is another way, for the day on which it is larger: PostgreSQL is asked to avoid the scan.
    """
    known = sizes(connection)
    for one in said:
        text = " ".join(str(one.query).split())
        if text.split()[0].upper() not in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            continue
        for table, rows in _scanned(connection, one, avoid=False):
            if known.own.get(table, 0) > LARGE:
                yield Scan(table, rows / known.own[table], text)
        for table, rows in _scanned(connection, one, avoid=True):
            if known.own.get(table, 0) <= LARGE < known.whole.get(table, 0):
                yield Scan(table, rows / max(1.0, known.own[table]), text)


def _scanned(connection: psycopg.Connection[Any], one: Said, *, avoid: bool) -> Iterator[tuple[str, float]]:
    with connection.transaction(force_rollback=True):
        connection.execute("SELECT set_config('enable_seqscan', %s, true)", ["off" if avoid else "on"])
        ((plan,),) = connection.execute(f"EXPLAIN (FORMAT JSON) {one.query}".encode(), one.params).fetchall()
    for node in _nodes(plan[0]["Plan"]):
        if node["Node Type"] == "Seq Scan":
            yield node["Relation Name"], node["Plan Rows"]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner)
