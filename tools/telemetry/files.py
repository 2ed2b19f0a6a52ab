"""DEX files looked at by hand: one at a time, or what was sold between two."""

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from chalicelib.telemetry.dex import Read, Verdict, parse
from chalicelib.telemetry.intervals import Interval, Reading, Sold, between, reading_of


def show(options: argparse.Namespace) -> int:
    """Print what the parser finds in each file; 1 when a read may not be booked."""
    reads = [(path, read) for path in options.files for read in parse(path.read_bytes(), uploaded_at=datetime.now(UTC))]
    if options.summary:
        print("\n\n".join(_summary(path, read) for path, read in reads))
    else:
        documents = [{"file": path.name, **_document(read)} for path, read in reads]
        json.dump(documents, sys.stdout, default=_plain, indent=1)
        print()
    return 0 if all(read.verdict is Verdict.ACCEPTED for _, read in reads) else 1


def _document(read: Read) -> dict[str, object]:
    """All of a read: identity, verdict, issues, selections, and each record with its typed values by name.

    Amounts of records come with the decimals that they are sent with; a failing check of the sums is no error.
    """
    records = [
        {
            "line_no": record.line_no,
            "record_type": record.record_type,
            "raw": record.raw,
            "fields": record.fields,
            "values": [value._asdict() for value in record.values],
        }
        for record in read.records
    ]
    checks = [dataclasses.asdict(check) | {"holds": check.holds} for check in read.cross_checks]
    issues = [dataclasses.asdict(issue) | {"rule": issue.rule} for issue in read.issues]
    whole = dataclasses.asdict(dataclasses.replace(read, records=()))
    return whole | {"cross_checks": checks, "issues": issues, "records": records}


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


def compare(options: argparse.Namespace) -> int:
    """Print what was sold from the old read to the new one; 1 when something of it cannot be booked."""
    now = datetime.now(UTC)
    old, new = (_reading(path, now) for path in (options.old, options.new))
    interval = between(old, new)
    held = [sold for sold in interval.sold if sold.proposed_units is not None]
    if options.json:
        told = {
            "outcome": interval.outcome,
            "units": interval.units,
            "valueCents": interval.value_cents,
            "old": old.content_hash.hex(),
            "new": new.content_hash.hex(),
            "flags": sorted(interval.flags),
        }
        json.dump({**told, "selections": [_row(sold) for sold in interval.sold]}, sys.stdout)
        print()
    else:
        print("\n".join(_told(interval)))
    return 1 if held or not (old.is_accepted and new.is_accepted) else 0


def _reading(path: Path, now: datetime) -> Reading:
    read, *_ = parse(path.read_bytes(), uploaded_at=now)
    if read.verdict is not Verdict.ACCEPTED:
        print(f"{path.name} is {read.verdict}: nothing would be booked from it", file=sys.stderr)
    return reading_of(read, content_hash=read.content_hash, received_at=now)


def _row(sold: Sold) -> dict[str, object]:
    return {
        "selection": sold.selection,
        "status": sold.outcome.value,
        "units": sold.units,
        "valueCents": sold.value_cents,
        "proposedUnits": sold.proposed_units,
        "testUnits": sold.test_units,
        "freeUnits": sold.free_units,
        "reason": _reason(sold),
    }


def _told(interval: Interval) -> Iterator[str]:
    yield f"{interval.outcome}: {interval.units} units, {interval.value_cents} cents"
    if interval.missing_reads:
        yield f"  {interval.missing_reads} reads in between are missing"
    for sold in interval.sold:
        cents = "?" if sold.value_cents is None else sold.value_cents
        amounts = f"{sold.selection:>10}  {sold.units:>6} units  {cents:>9} cents"
        yield f"  {amounts}  {sold.outcome.value:<15} {_reason(sold)}".rstrip()
    for check in interval.sum_checks:
        holds = "holds" if check.holds else f"differs by {check.actual - check.expected}"
        yield f"  {check.name}: {holds}"


def _reason(sold: Sold) -> str:
    """Why it was judged so, in a few words."""
    words = [flag.value.replace("_", " ") for flag in sorted(sold.flags)]
    if sold.modulus:
        words.append(f"the counter wrapped at {sold.modulus}")
    if sold.proposed_units is not None:
        words.append(f"held: {sold.proposed_units} units would be booked")
    if sold.test_units or sold.free_units:
        words.append(f"{sold.test_units} test and {sold.free_units} free vends")
    return ", ".join(words)


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    raise TypeError(f"{type(value).__name__} has no JSON form")
