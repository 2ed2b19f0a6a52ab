"""The files of the archive: JSON lines, compressed, each with a manifest beside it, and proven when they are read.

`archive/sales/2024-01/part-1.jsonl.gz` holds a sale a line, with the columns of the table `sales` and what had been
taken off it (`corrected_units`, `corrected_cents`); `part-1.manifest.json` says what the file sums up to.
"""

import gzip
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import BinaryIO

from chalicelib.kit import files
from chalicelib.kit.values import value
from chalicelib.sales.errors import ArchiveDiffers
from chalicelib.sales.models.archives import MonthHeld, Sums

PREFIX = "archive/sales"
LINES_AT_ONCE = 2000
BLOCK = 1 << 20


@value
class Kept:
    """A file as it was written."""

    key: str
    sha256: bytes
    size: int


def key_of(month: date, part: int) -> str:
    """Where a file of a month is."""
    return f"{PREFIX}/{month:%Y-%m}/part-{part}.jsonl.gz"


def write(target: BinaryIO, lines: Iterable[str]) -> None:
    """Write the lines of a file, whatever their number."""
    # Without a time and a name in it, the same sales make the same bytes.
    with gzip.GzipFile(fileobj=target, mode="wb", filename="", mtime=0) as packed:
        for line in lines:
            packed.write(line.encode() + b"\n")


def keep(month: date, part: int, file: BinaryIO, held: MonthHeld) -> Kept:
    """Store a file and its manifest, then read it back and hold it to the database's own sums. No transaction is open.

    Raises `ArchiveDiffers`, `Unavailable`.
    """
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
    kept = Kept(key_of(month, part), digest.digest(), file.tell())
    file.seek(0)
    files.put(kept.key, file, "application/gzip")
    files.put(kept.key.replace(".jsonl.gz", ".manifest.json"), _manifest(month, part, kept, held), "application/json")
    with fetched(kept.key, kept.sha256) as stored:
        for _ in chunks(stored, kept.key, held.sums):
            pass
    return kept


def _manifest(month: date, part: int, kept: Kept, held: MonthHeld) -> bytes:
    told = {
        "month": f"{month:%Y-%m}",
        "part": part,
        "file": kept.key,
        "sha256": kept.sha256.hex(),
        "bytes": kept.size,
        "sales": held.sales,
        "units": held.units,
        "revenueCents": held.revenue_cents,
        "ids": held.ids,
        "firstSoldAt": held.first_sold_at.isoformat(),
        "lastSoldAt": held.last_sold_at.isoformat(),
    }
    return json.dumps(told, indent=2).encode() + b"\n"


@contextmanager
def fetched(key: str, sha256: bytes) -> Iterator[BinaryIO]:
    """A file of the archive on this machine's disk, for as long as the block lasts.

    Raises `ArchiveDiffers` when it is not what was stored, `Unavailable`.
    """
    digest = hashlib.sha256()
    with tempfile.TemporaryFile() as local:
        with files.opened(key) as source:
            while block := source.read(BLOCK):
                digest.update(block)
                local.write(block)
        if digest.digest() != sha256:
            raise ArchiveDiffers(file=key)
        local.seek(0)
        yield local


def chunks(file: BinaryIO, key: str, sums: Sums) -> Iterator[list[str]]:
    """The lines of a file, some at a time. Raises `ArchiveDiffers` at the end when they sum up to something else."""
    sales = units = cents = 0
    chunk: list[str] = []
    with gzip.GzipFile(fileobj=file) as lines:
        for raw in lines:
            sale = json.loads(raw)
            sales, units, cents = sales + 1, units + sale["units"], cents + sale["revenue_cents"]
            chunk.append(raw.decode())
            if len(chunk) == LINES_AT_ONCE:
                yield chunk
                chunk = []
    if Sums(sales, units, cents) != sums:
        raise ArchiveDiffers(file=key, sales=sales, units=units, revenue_cents=cents)
    if chunk:
        yield chunk
