"""The database: pooled connections, transactions that only the kit opens, and plain functions over SQL."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg.rows import class_row, dict_row
from psycopg.types.json import Jsonb
from pydantic import BaseModel

from chalicelib.kit import shown
from chalicelib.kit.answer import Json
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings

__all__ = ["Connection", "Jsonb", "close_all", "session", "transaction"]

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)

PREPARE_NEVER = None
"""Each statement is planned for its values: a plan for any values reads whole tables where few rows are asked for, and
a proxy pins connections that hold prepared statements (record 0046)."""

ROWS_AT_A_TIME = 2000
"""Of an answer that is too large to be held whole."""


class Connection:
    """A psycopg connection with a few ways to ask; parameters are always bound by name.

    `statements` counts what was sent, for the request's log line and for the tests that hold it constant.
    """

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self.raw = raw
        self.statements = 0

    def fetch(self, model: type[T], sql: str, **params: Any) -> list[T]:
        """All rows, each as a `model` made from the columns by name."""
        with self.raw.cursor(row_factory=class_row(model)) as cursor:
            return self._run(cursor, sql, params).fetchall()

    def fetch_json(self, model: type[Model], sql: str, **params: Any) -> Json[list[Model]]:
        """All rows as PostgreSQL writes them for the wire, each as a `model`: for answers of hundreds of rows and more.

        The selection stands alone, in its own order; its columns have the names of the model's fields, and what is
        nested is JSON already.
        """
        columns = shown.columns(model, "one")
        counted = (
            f"SELECT coalesce(json_agg(shown), '[]')::text, count(*) FROM (SELECT {columns} FROM ({sql}) one) shown"  # noqa: S608 - SQL
        )
        with self.raw.cursor() as cursor:
            text, rows = self._run(cursor, counted, params).fetchone() or ("[]", 0)
            return Json(text, rows)

    def fetch_json_one(self, model: type[Model], sql: str, **params: Any) -> Json[Model]:
        """The one row of a selection as PostgreSQL writes it for the wire, as a `model`."""
        return Json(self.value(f"SELECT {shown.row(model, sql)}::text", **params))

    def fetch_one(self, model: type[T], sql: str, **params: Any) -> T | None:
        """The first row as a `model`, or None."""
        with self.raw.cursor(row_factory=class_row(model)) as cursor:
            return self._run(cursor, sql, params).fetchone()

    def values(self, sql: str, **params: Any) -> list[Any]:
        """The first column of every row."""
        with self.raw.cursor() as cursor:
            return [row[0] for row in self._run(cursor, sql, params).fetchall()]

    def pairs(self, sql: str, **params: Any) -> dict[Any, Any]:  # Any: values of any type
        """The first column of every row, leading to the second: as names to ids."""
        with self.raw.cursor() as cursor:
            return dict(self._run(cursor, sql, params).fetchall())

    def value(self, sql: str, **params: Any) -> Any:
        """The first column of the first row, or None."""
        with self.raw.cursor() as cursor:
            row = self._run(cursor, sql, params).fetchone()
            return row[0] if row else None

    def execute(self, sql: str, **params: Any) -> int:
        """Run a statement; the number of rows that it touched."""
        with self.raw.cursor() as cursor:
            return self._run(cursor, sql, params).rowcount

    def stream(self, sql: str, **params: Any) -> Iterator[dict[str, Any]]:
        """The rows of an answer of any size by column, some at a time; the transaction must stay open meanwhile."""
        with self.raw.cursor(name="stream", row_factory=dict_row) as cursor:
            cursor.itersize = ROWS_AT_A_TIME
            self.statements += 1
            cursor.execute(sql, params or None)
            yield from cursor

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the transaction that is taken back by itself when anything is raised in it."""
        with self.raw.transaction():
            yield

    def check_now(self) -> None:
        """Check now what the database would check at the commit."""
        self.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.execute("SET CONSTRAINTS ALL DEFERRED")

    def _run(self, cursor: psycopg.Cursor[Any], sql: str, params: dict[str, Any]) -> psycopg.Cursor[Any]:
        self.statements += 1
        return cursor.execute(sql, params or None)


class _Pool:
    """Idle connections, the latest used first: one in a Lambda, one per concurrent request on a laptop."""

    def __init__(self) -> None:
        self.idle: deque[psycopg.Connection[Any]] = deque()
        self.places: threading.BoundedSemaphore | None = None

    def take(self) -> psycopg.Connection[Any]:
        if self.places is None:
            self.places = threading.BoundedSemaphore(settings().database_connections)
        if not self.places.acquire(timeout=settings().lock_timeout_ms / 1000):
            raise Unavailable
        try:
            return self.idle.pop() if self.idle else _open()
        except BaseException:
            self.places.release()
            raise

    def put_back(self, raw: psycopg.Connection[Any]) -> None:
        if raw.closed or raw.pgconn.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            raw.close()
        else:
            self.idle.append(raw)
        if self.places is not None:
            self.places.release()

    def renew(self) -> psycopg.Connection[Any]:
        """A new connection in the place of a dead one; its idle siblings died with it."""
        self.drain()
        return _open()

    def drain(self) -> None:
        while self.idle:
            self.idle.pop().close()


_pool = _Pool()


def _open() -> psycopg.Connection[Any]:
    try:
        return _connect()
    except psycopg.OperationalError as error:
        raise Unavailable from error


def _connect() -> psycopg.Connection[Any]:
    config = settings()
    if config.database_iam_user:
        from chalicelib.kit import aws  # Only where IAM is used: importing boto3 is dear.

        password = aws.database_token(config.database_url, config.database_iam_user)
        # The role itself carries the time limits.
        return psycopg.connect(
            config.database_url,
            user=config.database_iam_user,
            password=password,
            sslmode="verify-full",
            sslrootcert="system",
            connect_timeout=5,
            prepare_threshold=PREPARE_NEVER,
            autocommit=True,
        )
    limits = (
        f"-c statement_timeout={config.statement_timeout_ms} -c lock_timeout={config.lock_timeout_ms}"
        f" -c idle_in_transaction_session_timeout={config.idle_timeout_ms} -c timezone=UTC"
    )
    return psycopg.connect(
        config.database_url, options=limits, connect_timeout=5, prepare_threshold=PREPARE_NEVER, autocommit=True
    )


@contextmanager
def session(*, just_used: bool = False) -> Iterator[Connection]:
    """A connection without a transaction: each statement commits by itself. For the kit's own book-keeping.

    Whether it is alive is asked first, unless the request has `just_used` it.
    """
    raw = _pool.take()
    try:
        raw = raw if just_used else _alive(raw)
        yield Connection(raw)
    except psycopg.OperationalError as error:
        raise _unavailable_or(error) from error
    finally:
        _pool.put_back(raw)


@contextmanager
def transaction(*, read_only: bool = False, one_moment: bool = False) -> Iterator[Connection]:
    """One transaction: commits at the end of the block, rolls back when anything is raised in it.

    With `one_moment`, all its statements see the rows as they were at the first one.

    Raises `Unavailable` when the database cannot be reached or goes away; then nothing was committed, or, when it
    went away during the commit itself, whether it was committed is not known and an idempotency key tells.
    """
    raw = _pool.take()
    try:
        raw = _begin(raw, _begins(read_only=read_only, one_moment=one_moment))
        try:
            yield Connection(raw)
        except BaseException:
            _roll_back(raw)
            raise
        raw.execute("COMMIT")
    except psycopg.OperationalError as error:
        raise _unavailable_or(error) from error
    finally:
        _pool.put_back(raw)


def _begins(*, read_only: bool, one_moment: bool) -> LiteralString:
    if one_moment:
        return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    return "BEGIN READ ONLY" if read_only else "BEGIN"


def _begin(raw: psycopg.Connection[Any], statement: LiteralString) -> psycopg.Connection[Any]:
    try:
        raw.execute(statement)
    except psycopg.OperationalError:
        # The server was restarted while the connection lay idle: nothing has happened yet, so a new one may serve.
        raw.close()
        raw = _pool.renew()
        raw.execute(statement)
    return raw


def _alive(raw: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    try:
        raw.execute("SELECT 1")
    except psycopg.OperationalError:
        raw.close()
        return _pool.renew()
    return raw


def _roll_back(raw: psycopg.Connection[Any]) -> None:
    if not raw.closed:
        try:
            raw.execute("ROLLBACK")
        except psycopg.OperationalError:
            raw.close()  # The server has gone, and the transaction with it.


def _unavailable_or(error: psycopg.OperationalError) -> Exception:
    """A lost server is a refusal with a time to come back; what the SQL itself ran into stays what it is."""
    return error if error.sqlstate and not error.sqlstate.startswith(("08", "57")) else Unavailable()


def close_all() -> None:
    """Close every idle connection, as when the settings have changed."""
    _pool.drain()
    _pool.places = None
