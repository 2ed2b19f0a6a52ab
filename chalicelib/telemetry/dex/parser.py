"""The way from a file to its reads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from chalicelib.telemetry.dex import clocks, currency
from chalicelib.telemetry.dex.crosschecks import cross_check
from chalicelib.telemetry.dex.frame import Frame, check_frame, frames, record_id
from chalicelib.telemetry.dex.integrity import Integrity, check_integrity, verdict_of
from chalicelib.telemetry.dex.issues import RULES, Code, Findings, Severity
from chalicelib.telemetry.dex.lines import Limits, content_hash, hash_of, read_lines
from chalicelib.telemetry.dex.models import Read, Record, Status, Verdict
from chalicelib.telemetry.dex.selections import clock_of, gather
from chalicelib.telemetry.dex.values import parse_number, read_record

MAX_BAD_RECORDS: Final = 10
MAX_BAD_SHARE: Final = 0.05
DEFAULT_DECIMALS: Final = 2
MAX_DECIMALS: Final = 3


def parse(
    content: bytes, *, uploaded_at: datetime | None = None, zone: tzinfo = UTC, limits: Limits | None = None
) -> tuple[Read, ...]:
    """Every machine read of a file, at least one; whatever is wrong with it is said in `issues`, nothing is raised.

    `uploaded_at` (aware) is what the machine's clock is judged against: without it `read_at` and `last_sale_at` stay
    None, because a machine's clock is never believed unseen. `zone` is where the machine stands.
    """
    limits = limits or Limits()
    findings = Findings()
    lines = read_lines(content, limits, findings)
    if lines is None:
        return (_refused(findings, content_hash(content)),)
    found = frames(lines)
    if len(found) > limits.max_reads:
        message = f"The file holds {len(found)} reads; {limits.max_reads} are allowed."
        findings.add(Code.TOO_MANY_READS, message, line_no=found[limits.max_reads].first_line_no)
        return (_refused(findings, content_hash(content)),)
    if not found:
        findings.add(Code.NO_DXS, "The file must start with a DXS record.", line_no=1)
        return (_refused(findings, content_hash(content)),)
    return tuple(_read(frame, uploaded_at, zone) for frame in found)


def _refused(findings: Findings, digest: bytes) -> Read:
    return Read(status=Status.REJECTED, verdict=Verdict.REJECTED, content_hash=digest, issues=findings.ordered())


def _read(frame: Frame, uploaded_at: datetime | None, zone: tzinfo) -> Read:
    findings = Findings()
    check_frame(frame, findings)
    decimals = _decimal_places(frame, findings)
    records = _records(frame, decimals, findings)
    if not records:
        return _refused(findings, hash_of(frame.lines))
    integrity = check_integrity(frame, records, findings)
    clock, read_at = _clock(records, uploaded_at, zone, findings)
    selections, pattern = gather(records, _believer(clock, read_at, uploaded_at, zone), findings)
    checks = cross_check(records, selections, findings)
    status = _status(findings)
    read = Read(
        status=status,
        verdict=verdict_of(status, integrity),
        content_hash=hash_of(frame.lines),
        records=records,
        selections=selections,
        issues=findings.ordered(),
        cross_checks=checks,
        decimal_places=decimals,
        machine_clock=clock,
        read_at=read_at,
        pattern=pattern,
    )
    return _with_integrity(_with_machine(read), integrity)


def _decimal_places(frame: Frame, findings: Findings) -> int:
    """DX-011: ID401 scales every amount, so it is needed before any record is read."""
    line = next((line for line in frame.body if record_id(line) == "ID4"), None)
    if line is None:
        return DEFAULT_DECIMALS
    text = line.raw.split("*")[1] if "*" in line.raw else ""
    number = parse_number(text)
    if number is not None and 0 <= number <= MAX_DECIMALS:
        return number
    if text:
        message = f"ID401 is '{text[:20]}', not 0 to {MAX_DECIMALS}; {DEFAULT_DECIMALS} decimals are taken."
        findings.add(Code.DECIMAL_PLACES, message, line_no=line.line_no, field_no=1, record_type="ID4")
    return DEFAULT_DECIMALS


def _records(frame: Frame, decimals: int, findings: Findings) -> tuple[Record, ...]:
    lines = frame.lines
    records = tuple(record for line in lines if (record := read_record(line, decimals, findings)))
    bad = len(lines) - len(records)
    if bad >= MAX_BAD_RECORDS or bad > MAX_BAD_SHARE * len(lines):
        message = f"{bad} of {len(lines)} lines are no records; this is no readable DEX file."
        findings.add(Code.TOO_MANY_BAD_RECORDS, message, line_no=frame.last_line_no)
    return records


def _clock(
    records: tuple[Record, ...], uploaded_at: datetime | None, zone: tzinfo, findings: Findings
) -> tuple[datetime | None, datetime | None]:
    """DX-018: what the machine's clock shows (ID5, else EA3), and the instant when it can be believed."""
    firsts = {record.record_type: record for record in reversed(records)}
    told = ((firsts[kind], clock_of(firsts[kind])) for kind in ("ID5", "EA3") if kind in firsts)
    record, clock = next(((record, clock) for record, clock in told if clock), (records[0], None))
    if clock is None or uploaded_at is None:
        return clock, None
    instant = clocks.in_zone(clock, zone)
    if instant is not None and not clocks.is_suspect(instant, uploaded_at):
        return clock, instant
    message = f"The machine's clock shows {clock.isoformat(' ')}, which cannot be right."
    findings.add(Code.CLOCK_SUSPECT, message, line_no=record.line_no, field_no=1, record_type=record.record_type)
    return clock, None


def _believer(
    clock: datetime | None, read_at: datetime | None, uploaded_at: datetime | None, zone: tzinfo
) -> Callable[[datetime], datetime | None]:
    """Judges the times of last sales: none ahead of the upload, none by a clock that is wrong now; old ones pass."""

    def believe(told: datetime) -> datetime | None:
        if uploaded_at is None or (clock is not None and read_at is None):
            return None
        instant = clocks.in_zone(told, zone)
        return None if instant is None or clocks.is_ahead(instant, uploaded_at) else instant

    return believe


def _status(findings: Findings) -> Status:
    if any(RULES[issue.code].rejects for issue in findings.issues):
        return Status.REJECTED
    if any(issue.severity is not Severity.INFO for issue in findings.issues):
        return Status.PARSED_WITH_WARNINGS
    return Status.PARSED


def _with_machine(read: Read) -> Read:
    firsts = {record.record_type: record for record in reversed(read.records)}

    def stated(record_type: str, field_no: int) -> str | None:
        record = firsts.get(record_type)
        return ((record.text(field_no) or "").strip() or None) if record else None

    return replace(
        read,
        comm_id=stated("DXS", 1),
        dts_version=stated("DXS", 3),
        machine_serial=stated("ID1", 1),
        machine_model=stated("ID1", 2),
        asset_reported=stated("ID1", 6),
        board_serial=stated("CB1", 1),
        currency=currency.currency_of(stated("ID4", 2), stated("ID4", 3), read.decimal_places),
        read_count=read.number("EA3", "reads"),
        reset_count=read.number("EA3", "resets"),
    )


def _with_integrity(read: Read, integrity: Integrity) -> Read:
    return replace(
        read,
        crc_expected=integrity.crc_expected,
        crc_actual=integrity.crc_actual,
        crc_ok=integrity.crc_ok,
        crc_swapped=integrity.crc_swapped,
        se_count_expected=integrity.se_expected,
        se_count_actual=integrity.se_actual,
    )
