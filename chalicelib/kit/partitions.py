"""The monthly partitions of the tables that grow for ever."""

from datetime import date

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

TABLES = ("sales", "audit_events", "activity_events")
MONTHS_AHEAD = 3


@value
class Month:
    """One month of a table: `created`, `present`, or `held by default` when rows came before their partition."""

    table_name: str
    partition_name: str
    outcome: str


def ensure(db: Connection, first: date, *, months_ahead: int = MONTHS_AHEAD) -> list[Month]:
    """Make the partitions of every table from the month of `first` on; safe to repeat and to run twice at once."""
    return db.fetch(
        Month,
        """
        SELECT wanted.table_name, made.partition_name, made.outcome
          FROM unnest(%(tables)s::text[]) AS wanted (table_name)
         CROSS JOIN LATERAL cvd_ensure_partitions(wanted.table_name, %(first)s, %(months_ahead)s) made
         ORDER BY made.partition_name
        """,
        tables=list(TABLES),
        first=first,
        months_ahead=months_ahead,
    )
