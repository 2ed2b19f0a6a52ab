"""A month's sales derived anew from the raw reads alone, and compared with the books to the cent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kit import db
from chalicelib.kit.values import value
from chalicelib.sales import service as sales
from chalicelib.telemetry.dex import Read, Verdict, parse
from chalicelib.telemetry.intervals import reading_of
from chalicelib.telemetry.queries import files, links, verifying
from chalicelib.telemetry.queries.verifying import ChainLink, OnlyTold, OnTheBooks, RawRead
from chalicelib.telemetry.rules import chains
from chalicelib.telemetry.rules.documents import document_of
from chalicelib.telemetry.rules.lines import Line, ProductChange, Target, lines
from chalicelib.telemetry.rules.walking import StoredReading, walk
from chalicelib.telemetry.service import raw

MACHINES_AT_ONCE = 200


@dataclass
class Report:
    """What was compared, and everything that does not fit.

    `confirmed_*` are live vends among what the reads say; `only_told_*` those that no read has covered, for which
    nothing stands but the feed's own word.
    """

    month: str
    machines: int = 0
    reads: int = 0
    sales: int = 0
    units: int = 0
    revenue_cents: int = 0
    corrected_units: int = 0
    corrected_cents: int = 0
    confirmed_units: int = 0
    confirmed_cents: int = 0
    only_told_units: int = 0
    only_told_cents: int = 0
    problems: list[str] = field(default_factory=list)


@value
class _Evidence:
    reads: Sequence[RawRead]
    chain: Sequence[ChainLink]
    targets: Sequence[Target]
    changes: Sequence[ProductChange]
    books: Sequence[OnTheBooks]
    told: Sequence[OnlyTold]


def verify(month: date) -> Report:
    """Prove the sales of a month of the company: raw bytes, chains, interval sales and books."""
    with db.transaction(read_only=True) as connection:
        zone = ZoneInfo(files.company_zone(connection))
        archived = sales.archived(connection)
    since, until = _bounds(month, zone)
    report = Report(month=f"{month:%Y-%m}")
    if archived.holds(since) or archived.holds(until - timedelta(microseconds=1)):
        report.problems.append("Sales of this month are archived: restore them first (python -m tools.sales restore).")
        return report
    for device_id in _machines():
        with db.transaction(read_only=True) as connection:
            targets = links.targets(connection, [device_id])
            evidence = _Evidence(
                reads=verifying.raw_reads(connection, device_id),
                chain=verifying.chains(connection, device_id),
                targets=targets,
                changes=links.product_changes(
                    connection, [target.slot_id for target in targets], datetime(1970, 1, 1, tzinfo=zone)
                ),
                books=verifying.on_the_books(connection, device_id, since, until),
                told=verifying.live_vends(connection, device_id),
            )
        _compare(report, device_id, evidence, zone, since, until)
    return report


def _bounds(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    first = month.replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time.min, zone), datetime.combine(following, time.min, zone)


def _machines() -> Iterator[int]:
    after = 0
    while True:
        with db.transaction(read_only=True) as connection:
            found = verifying.machines(connection, after=after, limit=MACHINES_AT_ONCE)
        if not found:
            return
        yield from found
        after = found[-1]


def _compare(
    report: Report, device_id: int, evidence: _Evidence, zone: ZoneInfo, since: datetime, until: datetime
) -> None:
    report.machines += 1
    report.reads += len(evidence.reads)
    report.problems += [f"device {device_id}: {problem}" for problem in _broken_links(evidence.chain)]
    stored, problems = _readings(device_id, evidence.reads, zone)
    report.problems += [f"device {device_id}: {problem}" for problem in problems]
    steps = walk(stored, has_anchor=False)
    derived = [line for line in lines(steps, evidence.targets, evidence.changes) if since <= line.sold_at < until]
    report.problems += [f"device {device_id}: {problem}" for problem in _differences(derived, evidence)]
    report.sales += len(evidence.books)
    report.units += sum(sale.units for sale in evidence.books)
    report.revenue_cents += sum(sale.revenue_cents for sale in evidence.books)
    report.corrected_units += sum(sale.corrected_units for sale in evidence.books)
    report.corrected_cents += sum(sale.corrected_cents for sale in evidence.books)
    _add_told(report, derived, evidence, since, until)


def _add_told(report: Report, derived: Sequence[Line], evidence: _Evidence, since: datetime, until: datetime) -> None:
    keys = {line.key for line in derived}
    confirmed = [vend for vend in evidence.told if keys.intersection(vend.keys)]
    only_told = [vend for vend in evidence.told if vend.status != "confirmed" and since <= vend.sold_at < until]
    report.confirmed_units += len(confirmed)
    report.confirmed_cents += sum(vend.cents for vend in confirmed)
    report.only_told_units += len(only_told)
    report.only_told_cents += sum(vend.cents for vend in only_told)


def _broken_links(links_of_chains: Sequence[ChainLink]) -> Iterator[str]:
    newest: dict[str, tuple[int, bytes]] = {}
    for link in links_of_chains:
        number, previous = newest.get(link.machine_key, (0, chains.START))
        if link.number != number + 1:
            yield f"chain {link.machine_key} lacks link {number + 1}"
        made = chains.link(
            link.previous_hash,
            key=link.machine_key,
            number=link.number,
            content=link.content,
            file=link.file,
            received_at=link.received_at,
            collected_at=link.collected_at,
        )
        if link.hash != made or (link.number == number + 1 and link.previous_hash != previous):
            yield f"chain {link.machine_key} is broken at link {link.number}, read {link.read_id}"
        newest[link.machine_key] = link.number, link.hash


def _readings(device_id: int, reads: Sequence[RawRead], zone: ZoneInfo) -> tuple[list[StoredReading], list[str]]:
    """What the raw files say, whatever the tables made of them."""
    stored: list[StoredReading] = []
    problems: list[str] = []
    parsed: dict[bytes, Sequence[Read]] = {}
    for one in reads:
        try:
            read = _read_again(one, zone, parsed)
        except raw.RawMissing as missing:
            problems.append(f"read {one.read_id}: {missing.sentence}")
            continue
        if read is None:
            problems.append(f"read {one.read_id} is not in its raw file")
        elif read.verdict is Verdict.ACCEPTED:
            stored.append(_stored(device_id, one, read))
    return stored, problems


def _read_again(one: RawRead, zone: ZoneInfo, parsed: dict[bytes, Sequence[Read]]) -> Read | None:
    if one.s3_key is None or one.file_sha256 is None:
        return parse((one.raw_content or "").encode(), uploaded_at=one.came_at, zone=zone)[0]
    if one.file_sha256 not in parsed:
        content = raw.fetch(one.s3_key, one.file_sha256)
        parsed[one.file_sha256] = parse(content, uploaded_at=one.came_at, zone=zone)
    return next((read for read in parsed[one.file_sha256] if read.content_hash == one.sha256), None)


def _stored(device_id: int, one: RawRead, read: Read) -> StoredReading:
    reading = reading_of(read, content_hash=one.sha256, received_at=one.came_at)
    return StoredReading(
        device_id=device_id,
        read_id=one.read_id,
        sha256=one.sha256,
        received_at=one.came_at,
        is_dated=one.is_dated,
        read_at=read.read_at,
        reading=document_of(reading),
        position=None,
        carried=None,
    )


def _differences(derived: Sequence[Line], evidence: _Evidence) -> Iterator[str]:
    """What the reads say beside the lines on the books and the live vends that stand for part of them."""
    told = {line.key: (line.units, line.revenue_cents) for line in derived}
    booked = {sale.import_key.split(":", 2)[2]: (sale.units, sale.revenue_cents) for sale in evidence.books}
    for vend in evidence.told:
        for key in (key for key in vend.keys if key in told):
            units, cents = booked.get(key, (0, 0))
            booked[key] = units + 1, cents + vend.cents
            break
    for key in sorted(told.keys() | booked.keys()):
        wanted, found = told.get(key, (0, 0)), booked.get(key, (0, 0))
        if wanted != found:
            yield f"sale {key}: the reads say {wanted[0]} units, {wanted[1]} cents; booked {found[0]}, {found[1]}"
