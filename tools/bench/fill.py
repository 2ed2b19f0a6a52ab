"""Filling a migrated database with a fleet of a given size, by `fleet.sql`: minutes at the most."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

SCRIPT = Path(__file__).with_name("fleet.sql")


@dataclass(frozen=True)
class Size:
    """How much there is: devices, and sales in the past year."""

    name: str
    devices: int
    sales: int

    def __str__(self) -> str:
        return f"{self.devices:,} devices and {self.sales:,} sales"


SIZES = {
    size.name: size
    for size in (Size("small", 100, 100_000), Size("medium", 1_000, 1_000_000), Size("large", 5_000, 5_000_000))
}


def fill(url: str, size: Size, *, now: datetime, told: Callable[[str], None] = lambda _: None) -> None:
    """Write the fleet as a superuser into a migrated, empty database, and gather its statistics.

    All in one transaction; the rows keep the constraints' rules by construction, so triggers rest meanwhile.
    """
    with psycopg.connect(url, options="-c timezone=UTC") as connection:
        _prepare(connection, size, now)
        for step, statements in steps():
            started = time.perf_counter()
            connection.execute(statements)
            told(f"  {step} in {time.perf_counter() - started:.1f} s")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def _prepare(connection: psycopg.Connection[tuple[object, ...]], size: Size, now: datetime) -> None:
    settings = {
        "bench.devices": str(size.devices),
        "bench.sales": str(size.sales),
        "bench.now": now.isoformat(),
        "session_replication_role": "replica",
        "synchronous_commit": "off",
        "work_mem": "256MB",
        "maintenance_work_mem": "256MB",
        "jit": "off",
    }
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])


def steps() -> Iterator[tuple[str, bytes]]:
    """Yield the steps of the script: a name, and its statements."""
    _, *rest = re.split(r"^-- step: (\w+)$", SCRIPT.read_text(), flags=re.MULTILINE)
    for name, statements in zip(rest[::2], rest[1::2], strict=True):
        yield name, statements.encode()
