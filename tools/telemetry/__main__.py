"""Look at DEX files by hand: `python -m tools.telemetry parse FILE ... [--json]`."""

import argparse
import dataclasses
import json
import sys
from datetime import UTC, date, datetime, time
from pathlib import Path

from chalicelib.telemetry.dex import Read, Verdict, parse


def main(arguments: list[str] | None = None) -> int:
    """Print what the parser finds in each file; the exit code is 1 when a read may not be booked."""
    parser = argparse.ArgumentParser(prog="python -m tools.telemetry", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("parse", help="parse DEX files and print their reads")
    command.add_argument("files", nargs="+", type=Path)
    command.add_argument("--json", action="store_true", help="print every record, selection and issue as JSON")
    options = parser.parse_args(arguments)
    reads = [(path, read) for path in options.files for read in parse(path.read_bytes(), uploaded_at=datetime.now(UTC))]
    if options.json:
        json.dump([{"file": path.name, **dataclasses.asdict(read)} for path, read in reads], sys.stdout, default=_plain)
        print()
    else:
        print("\n\n".join(_summary(path, read) for path, read in reads))
    return 0 if all(read.verdict is Verdict.ACCEPTED for _, read in reads) else 1


def _summary(path: Path, read: Read) -> str:
    """A read in some lines: the machine, the proofs, the sums, the issues."""
    units = sum(selection.units_init or 0 for selection in read.selections)
    cents = sum(selection.value_init_cents or 0 for selection in read.selections)
    lines = [
        f"{path.name}: {read.status}, {read.verdict}",
        f"  machine {read.machine_serial} model {read.machine_model} comm id {read.comm_id} level {read.dts_version}",
        f"  clock {read.machine_clock} currency {read.currency} decimals {read.decimal_places}",
        f"  {read.total_records} records, {len(read.selections)} selections, {units} units, {cents} cents",
        f"  G85 {read.crc_expected} computed {read.crc_actual}; SE {read.se_count_expected} of {read.se_count_actual}",
        f"  {read.pattern.type} {read.pattern.rows} x {read.pattern.cols}, confidence {read.pattern.confidence}",
    ]
    lines += [f"  line {i.line_no} field {i.field_no}: {i.severity} {i.code}: {i.message}" for i in read.issues]
    return "\n".join(lines)


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no JSON form")


if __name__ == "__main__":
    sys.exit(main())
