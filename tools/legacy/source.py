"""The legacy file: checked before anything else, opened read-only, its shape found by looking rather than assumed."""

import hashlib
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote

from tools.legacy import clean
from tools.legacy.refusal import Refused

_HEADER: Final = b"SQLite format 3\0"
_WAL_MAGIC: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_LOG_SUFFIXES: Final = ("-wal", "-journal")
_CORE: Final = ("devices", "products", "planograms", "planogram_slots", "cabinet_configurations")
_GENERATION_3: Final = frozenset(
    {"user_activity_log", "activity_alerts", "system_config", "ip_blocks", "security_incidents"}
)
_MOMENTS: Final = (
    ("audit_log", "created_at"),
    ("service_orders", "created_at"),
    ("devices", "created_at"),
    ("sales", "created_at"),
)


@dataclass(frozen=True)
class Source:
    """An open legacy database."""

    path: Path
    sha256: bytes
    connection: sqlite3.Connection

    @cached_property
    def tables(self) -> dict[str, tuple[str, ...]]:
        """The columns of every ordinary table; views and virtual tables do not count."""
        found = self.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
        return {str(name).lower(): self._columns(str(name)) for (name,) in found.fetchall()}

    def _columns(self, table: str) -> tuple[str, ...]:
        return tuple(str(row[1]).lower() for row in self.connection.execute(f"PRAGMA table_info({_quoted(table)})"))

    @cached_property
    def counts(self) -> dict[str, int]:
        return {table: int(self._value(f"SELECT count(*) FROM {_quoted(table)}") or 0) for table in self.tables}  # noqa: S608

    @cached_property
    def generation(self) -> int:
        """1: July 2025, no users; 2: August 2025; 3: after the soft-delete and activity migrations."""
        if "is_deleted" in self.tables.get("users", ()) or _GENERATION_3 & self.tables.keys():
            return 3
        return 2 if {"users", "service_order_cabinets"} & self.tables.keys() else 1

    def has(self, table: str, column: str | None = None) -> bool:
        return table in self.tables and (column is None or column in self.tables[table])

    def rows(self, table: str) -> Iterator[dict[str, clean.Raw]]:
        """Every row of a table, by column name; nothing when the file has no such table."""
        if table not in self.tables:
            return
        order = " ORDER BY id" if "id" in self.tables[table] else ""
        cursor = self.connection.execute(f"SELECT * FROM {_quoted(table)}{order}")  # noqa: S608 - a name that SQLite itself gave.
        while chunk := cursor.fetchmany(2000):
            for row in chunk:
                yield dict(zip(self.tables[table], row, strict=True))

    def highest_id(self, table: str) -> int:
        """The highest id that the table ever gave out, deleted rows included."""
        if not self._value("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"):
            return 0
        return clean.whole(self._value("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", table)).value or 0

    @cached_property
    def moment(self) -> datetime:
        """The latest moment that the file itself tells of: it stands in for times that are missing."""
        told = (
            clean.instant(self._value(f"SELECT max({column}) FROM {_quoted(table)}"), clean.Clock.UTC, UTC).value  # noqa: S608
            for table, column in _MOMENTS
            if self.has(table, column)
        )
        return max((moment for moment in told if moment), default=datetime(1970, 1, 1, tzinfo=UTC))

    def broken_references(self) -> Counter[str]:
        """Rows that point at nothing, counted as "child → parent"; the legacy application never enforced its keys."""
        try:
            found = self.connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.OperationalError:
            # A key that names a table or column that is not there cannot be checked; the conversion looks again itself.
            return Counter({"unreadable foreign keys": 1})
        return Counter(f"{table} → {parent}" for table, _, parent, _ in found)

    def _value(self, query: str, *parameters: object) -> clean.Raw:
        row = self.connection.execute(query, parameters).fetchone()
        return row[0] if row else None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Check the file and open it read-only; one with a log beside it is read from a copy, so that it stays as it is."""
    _refuse_what_is_no_database(path)
    logs = [
        log for suffix in _LOG_SUFFIXES if (log := path.with_name(path.name + suffix)).is_file() and log.stat().st_size
    ]
    with ExitStack() as stack:
        place, mode = path, "mode=ro&immutable=1"
        if logs:
            place, mode = _copied(path, logs, Path(stack.enter_context(tempfile.TemporaryDirectory()))), "mode=rw"
        connection = sqlite3.connect(f"file:{quote(str(place.resolve()))}?{mode}", uri=True)
        stack.callback(connection.close)
        connection.text_factory = clean.decode
        _check(path, connection)
        yield Source(path, _hash([path, *logs]), connection)


def _refuse_what_is_no_database(path: Path) -> None:
    name = path.name
    if re.search(r"-(wal|shm|journal)$", name):
        main = path.with_name(re.sub(r"-(wal|shm|journal)$", "", name))
        if not main.exists():
            raise Refused(f"{name} is a write-ahead log without its database: {main.name} is missing.")
        raise Refused(f"{name} is the log of a database: name the database itself, {main.name}.")
    if not path.exists():
        if path.with_name(name + "-wal").exists():
            raise Refused(f"{name} is missing; beside it lies only its write-ahead log, which is no use without it.")
        raise Refused(f"There is no file {path}.")
    if not path.is_file():
        raise Refused(f"{path} is {'a directory' if path.is_dir() else 'not a regular file'}: name the database file.")
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_HEADER))
    except PermissionError as error:
        raise Refused(f"{path} may not be read by this account.") from error
    if not head:
        raise Refused(f"{name} is an empty file.")
    if head[:4] in _WAL_MAGIC:
        raise Refused(f"{name} is a write-ahead log without its database.")
    if head != _HEADER:
        raise Refused(f"{name} is not an SQLite 3 database.")


def _copied(path: Path, logs: list[Path], folder: Path) -> Path:
    for file in (path, *logs):
        shutil.copyfile(file, folder / file.name)
    return folder / path.name


def _check(path: Path, connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()
        tables = {
            str(name).lower() for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    except sqlite3.DatabaseError as error:
        raise Refused(f"{path.name} is corrupt: {error}.") from error
    if found is None or found[0] != "ok":
        first_line = str(found[0] if found else "no answer").splitlines()[0]
        raise Refused(f"{path.name} is corrupt: {first_line}.")
    if missing := [table for table in _CORE if table not in tables]:
        raise Refused(f"{path.name} is not a database of the legacy application: it has no table {missing[0]}.")


def _hash(files: list[Path]) -> bytes:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    return digest.digest()
