"""A statement of a person's own, run by the role that reads the reporting views and nothing else.

What keeps it harmless is the database: the role has no right to any table, the transaction is read only, the protocol
takes one statement, and time and rows are limited. Nothing is looked for in the text.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value

SECONDS = 5
NO_DATABASE = ("08", "53", "57")
"""The classes of errors that are about the connection or the server, not about the statement."""


@value
class Table:
    """What a statement gave; `is_cut` says that there were more rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]  # Any: values of any type
    is_cut: bool


class Rejected(Exception):
    """The database does not run the statement, in its own words."""


def run(statement: str, *, most: int) -> Table:
    """Run one statement; at most so many rows. Raises `Rejected`, and `Unavailable` without a database."""
    try:
        with _connect() as connection:
            return _run(connection, statement, most)
    except psycopg.errors.QueryCanceled as error:
        raise Rejected(f"The query took longer than {SECONDS} seconds: narrow it.") from error
    except psycopg.Error as error:
        if error.sqlstate is None or error.sqlstate[:2] in NO_DATABASE:
            raise Unavailable from error
        raise Rejected(error.diag.message_primary or str(error)) from error


def _run(connection: psycopg.Connection[Any], statement: str, most: int) -> Table:
    connection.read_only = True
    with connection.cursor(row_factory=tuple_row) as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", (f"{SECONDS}s",))
        rows = list[Sequence[Any]]()
        # Row by row, which also is the protocol that takes one statement only. The text is the person's own.
        for row in cursor.stream(statement):
            if len(rows) == most:
                return Table(_names(cursor), rows, is_cut=True)
            rows.append(row)
        return Table(_names(cursor), rows, is_cut=False)


def _names(cursor: psycopg.Cursor[Any]) -> list[str]:
    """The names of the columns; one that comes again gets a number."""
    names = list[str]()
    for column in cursor.description or ():
        name, number = column.name, 1
        while name in names:
            number += 1
            name = f"{column.name}_{number}"
        names.append(name)
    return names


def _connect() -> psycopg.Connection[Any]:
    config = settings()
    if config.database_iam_user:
        from chalicelib.kit import aws  # Only where IAM is used: importing boto3 is dear.

        return psycopg.connect(
            config.database_url,
            user=config.reporting_user,
            password=aws.database_token(config.database_url, config.reporting_user),
            sslmode="verify-full",
            sslrootcert="system",
            connect_timeout=5,
        )
    return psycopg.connect(config.database_url, user=config.reporting_user, connect_timeout=5)
