"""`python -m tools.legacy import FILE`: bring a legacy SQLite database into the target.

Exit codes: 0 done, or nothing to do; 1 a defect of the importer, nothing changed; 2 refused, nothing changed.
"""

import argparse
import json
import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any, Final

import psycopg

from tools.legacy import checks, run, source
from tools.legacy.progress import Progress
from tools.legacy.refusal import CheckFailed, Refused
from tools.legacy.report import Issues, Report
from tools.legacy.run import Options, Run
from tools.legacy.sequence import STEPS
from tools.legacy.source import Source
from tools.legacy.target import Target

_LOCAL_ENVIRONMENT: Final = Path(".local/environment.json")
_URLS: Final = ("MIGRATION_DATABASE_URL", "DATABASE_URL")


def main(arguments: list[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        report = import_file(chosen.file, _options(chosen), _database_url())
    except Refused as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 2
    except CheckFailed as failure:
        print(f"Failed, nothing was changed: {failure}.", file=sys.stderr)
        return 1
    print("\n".join(report.lines()))
    if chosen.report:
        report.save(chosen.report)
    return 0


def import_file(path: Path, options: Options, url: str) -> Report:
    """Import one file in one transaction and tell what was done; raises `Refused` when it is not done."""
    started = time.monotonic()
    with source.opened(path) as legacy, _connected(url) as connection:
        report = _import(legacy, Target(connection), options)
        if options.is_dry_run:
            connection.rollback()
    report.seconds = time.monotonic() - started
    return report


def _import(legacy: Source, target: Target, options: Options) -> Report:
    _refuse_unready(target)
    run.lock(target)
    earlier = run.earlier_run(target, legacy.sha256)
    if earlier and not options.is_forced:
        outcome = f"This file was imported on {earlier:%Y-%m-%d %H:%M} UTC already: nothing was changed."
        return Report(legacy.path.name, legacy.sha256.hex(), legacy.generation, Issues(), outcome=outcome)
    current = run.begin(legacy, target, options)
    try:
        _convert(current)
    except psycopg.errors.UniqueViolation as error:
        raise Refused(f"The target holds rows that stand in the way: {error.diag.message_detail}") from error
    except psycopg.errors.IntegrityError as error:
        raise CheckFailed(f"{error.diag.message_primary} ({error.diag.table_name})") from error
    except psycopg.errors.LockNotAvailable as error:
        raise Refused("The target is busy: a table stayed locked. Import when nobody works in it.") from error
    except sqlite3.DatabaseError as error:
        raise Refused(f"{legacy.path.name} is corrupt: {error}.") from error
    return _finished(current)


def _convert(current: Run) -> None:
    for name, number in current.source.broken_references().items():
        current.report.facts[f"broken references, {name}"] = number
    progress = Progress(len(STEPS) + 1)
    try:
        for name, step in STEPS.items():
            progress.step(name)
            step(current)
        progress.step("checks")
        checks.lift_sequences(current)
        checks.prove(current)
    finally:
        progress.done()


def _finished(current: Run) -> Report:
    report = current.report
    report.written = current.target.written
    report.outcome = "Dry run: nothing was changed." if current.options.is_dry_run else "Imported."
    run.finish(current, json.dumps(report.as_dict(), default=str))
    return report


def _refuse_unready(target: Target) -> None:
    if target.value("SELECT to_regclass('public.import_runs')") is None:
        raise Refused("The target database has not been migrated: run `make migrate` first.")
    if not target.value(
        "SELECT has_table_privilege('audit_events', 'INSERT') AND has_table_privilege('sales', 'TRIGGER')"
    ):
        raise Refused("The import needs the owner of the schema: set MIGRATION_DATABASE_URL to a URL of cvd_migrator.")


def _connected(url: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(url, options="-c timezone=UTC -c lock_timeout=10s", connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Refused(f"The target database cannot be reached: {str(error).strip()}.") from error


def _database_url() -> str:
    known = dict(os.environ)
    if _LOCAL_ENVIRONMENT.is_file():
        known = {**json.loads(_LOCAL_ENVIRONMENT.read_text(encoding="utf-8")), **known}
    url = next((known[name] for name in _URLS if known.get(name)), None)
    if url is None:
        raise Refused("Set MIGRATION_DATABASE_URL to the target database.")
    return str(url)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.legacy", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("import", help="bring a legacy database over, in one transaction")
    command.add_argument("file", type=Path, metavar="FILE", help="the legacy SQLite database")
    command.add_argument("--dry-run", action="store_true", help="do everything, tell it, and roll it back")
    command.add_argument("--policy", choices=("clamp", "rebuild", "strict"), default="clamp",
                         help="slots over capacity: cut to it, deliver again by the rules, or refuse")  # fmt: skip
    command.add_argument("--force", action="store_true", help="import a file again, updating rows by id")
    command.add_argument("--force-reset", action="store_true", help="every imported user must choose a new password")
    command.add_argument("--keep-duplicates", action="store_true", help="keep DEX reads of the same content")
    command.add_argument(
        "--cancel-stale-days", type=_days, metavar="N", help="cancel orders pending for more than N days"
    )
    command.add_argument("--sales-zone", metavar="ZONE", help="the zone of the sales' times (default: the company's)")
    command.add_argument("--owner", metavar="USERNAME", help="who owns what has no owner; made, inactive, if not there")
    command.add_argument("--articles", type=Path, metavar="FOLDER", help="the knowledge base's Markdown files")
    command.add_argument("--report", type=_report_file, metavar="FILE.json", help="write the report as JSON as well")
    return parser


def _days(written: str) -> int:
    days = int(written)
    if days < 0:
        raise ValueError(written)
    return days


def _report_file(written: str) -> Path:
    if not Path(written).parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {Path(written).parent}")
    return Path(written)


def _options(chosen: argparse.Namespace) -> Options:
    return Options(
        policy=chosen.policy,
        is_dry_run=chosen.dry_run,
        is_forced=chosen.force,
        must_reset=chosen.force_reset,
        keeps_duplicates=chosen.keep_duplicates,
        cancel_stale_days=chosen.cancel_stale_days,
        sales_zone=chosen.sales_zone,
        owner=chosen.owner,
        articles=chosen.articles,
    )


if __name__ == "__main__":
    sys.exit(main())
