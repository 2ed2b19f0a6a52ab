"""One import: what the steps share, their order, and the single transaction around them."""

import getpass
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tools.legacy.refusal import Refused
from tools.legacy.report import Issues, Report
from tools.legacy.rows import Row, rows_of
from tools.legacy.source import Source
from tools.legacy.target import Target

Policy = Literal["clamp", "rebuild", "strict"]


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    policy: Policy = "clamp"
    is_dry_run: bool = False
    is_forced: bool = False
    must_reset: bool = False
    keeps_duplicates: bool = False
    cancel_stale_days: int | None = None
    sales_zone: str | None = None
    owner: str | None = None
    articles: Path | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """What later steps ask about a product."""

    price_cents: int
    name: str


@dataclass(frozen=True, slots=True)
class Device:
    """What later steps ask about a device."""

    asset: str
    created_at: datetime
    route_id: int | None
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Cabinet:
    """What later steps ask about a cabinet."""

    device_id: int
    type_name: str
    index: int
    rows: int
    cols: int


@dataclass
class Known:
    """What has been brought over so far: legacy ids on the left, ids in the target on the right."""

    users: dict[int, int] = field(default_factory=dict)
    drivers: set[int] = field(default_factory=set)
    owner_id: int = 0
    locations: dict[int, int] = field(default_factory=dict)
    default_location: int = 0
    routes: dict[int, int | None] = field(default_factory=dict)
    device_types: dict[int, int] = field(default_factory=dict)
    cabinet_types: dict[int, int] = field(default_factory=dict)
    products: dict[int, Product] = field(default_factory=dict)
    devices: dict[int, Device] = field(default_factory=dict)
    cabinets: dict[int, Cabinet] = field(default_factory=dict)
    planned: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Run:
    """Everything that a step may use."""

    source: Source
    target: Target
    options: Options
    now: datetime
    zone: ZoneInfo
    sales_zone: ZoneInfo
    id: int
    report: Report
    known: Known = field(default_factory=Known)

    @property
    def issues(self) -> Issues:
        return self.report.issues

    def rows(self, table: str) -> Iterator[Row]:
        return rows_of(self.source, table, self.issues, self.zone)

    def converted(self, table: str, number: int) -> None:
        self.report.tables[table].converted += number

    def skipped(self, table: str, number: int) -> None:
        self.report.tables[table].skipped += number

    def time(self, row: Row, column: str) -> datetime:
        """A time that the target needs: where the file has none, the latest moment that it tells of."""
        return row.instant(column) or self.source.moment


Step = Callable[[Run], None]


def begin(source: Source, target: Target, options: Options) -> Run:
    """Enter the run into the target's book."""
    zone_name = target.value("SELECT time_zone FROM company_settings") or "America/Detroit"
    started = target.value("SELECT now()")
    run_id = target.value(
        """
        INSERT INTO import_runs (sha256, filename, generation, started_at, by)
        VALUES (%(sha256)s, %(filename)s, %(generation)s, %(started)s, %(by)s)
        RETURNING id
        """,
        sha256=source.sha256,
        filename=source.path.name,
        generation=source.generation,
        started=started,
        by=getpass.getuser(),
    )
    report = Report(source.path.name, source.sha256.hex(), source.generation, Issues())
    for table, number in source.counts.items():
        report.tables[table].read = number
    sales_zone = zone(options.sales_zone or zone_name)
    return Run(source, target, options, started, zone(zone_name), sales_zone, run_id, report)


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(f"There is no time zone {name}; name one as America/Detroit.") from error


def finish(run: Run, stats: str) -> None:
    """Write the issues down and close the entry in the target's book."""
    run.target.insert(
        "import_issues",
        ("run_id", "table_name", "legacy_id", "column_name", "severity", "code", "old_value", "new_value"),
        (
            (run.id, issue.table, issue.legacy_id, issue.column, issue.severity.value, issue.code, issue.old, issue.new)
            for issue in run.issues.all
        ),
    )
    run.target.execute(
        "UPDATE import_runs SET finished_at = clock_timestamp(), stats = %(stats)s::jsonb WHERE id = %(id)s",
        id=run.id,
        stats=stats,
    )


def earlier_run(target: Target, sha256: bytes) -> datetime | None:
    """When this very file was imported, if it was."""
    moment: datetime | None = target.value(
        "SELECT max(finished_at) FROM import_runs WHERE sha256 = %(sha256)s", sha256=sha256
    )
    return moment


def lock(target: Target) -> None:
    """One import at a time."""
    key = int.from_bytes(hashlib.sha256(b"cvd legacy import").digest()[:7], "big")
    if not target.value("SELECT pg_try_advisory_xact_lock(%(key)s)", key=key):
        raise Refused("Another import into this database is running.")
