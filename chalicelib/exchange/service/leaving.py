"""The whole fleet as files: one moment of it, each file with its number of rows and its checksum."""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from chalicelib.exchange import rules
from chalicelib.exchange.models.rows import Entity
from chalicelib.exchange.queries import jobs, leaving
from chalicelib.exchange.queries.jobs import Job
from chalicelib.exchange.rules import ENTITIES, MANIFEST
from chalicelib.kit import clock, db, files
from chalicelib.kit.db import Connection

LONGEST_STATEMENT = "10min"
ALWAYS = (2000, 1, 1, 0, 0, 0)
"""The time of every file in the zip, so that the same fleet gives the same bytes."""


def run(job: Job) -> bool:
    """Write the fleet into a zip and store it."""
    with db.transaction() as connection:
        if not jobs.begin(connection, job.id, None):
            return True
    key = f"exchange/out/{job.id}.zip"
    with tempfile.TemporaryFile() as target:
        manifest = write(job.form, target)
        target.seek(0)
        files.put(key, target.read())
    with db.transaction() as connection:
        jobs.finish(connection, job.id, clock.now(), manifest={"key": key, **manifest})
    return True


def write(form: str, target: IO[bytes]) -> dict[str, Any]:  # Any: JSON
    """Write the fleet as a zip of files of one form; what is in them."""
    told: dict[str, Any] = {}
    with db.transaction(read_only=True) as connection, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        leaving.settle(connection, longest=LONGEST_STATEMENT)
        for entity in ENTITIES:
            told[entity] = _write_one(connection, archive, entity, form)
        manifest = {
            "files": told,
            "salesLeftBehind": leaving.sales_left_behind(connection),
            "salesArchived": leaving.sales_archived(connection),
        }
        archive.writestr(zipfile.ZipInfo(MANIFEST, ALWAYS), b"".join(rules.as_lines([manifest])))
    return manifest


def _write_one(connection: Connection, archive: zipfile.ZipFile, entity: Entity, form: str) -> dict[str, Any]:
    counted = _Counted(leaving.rows(connection, entity))
    pieces = rules.as_csv(entity, counted) if form == "csv" else rules.as_lines(counted)
    entry = zipfile.ZipInfo(f"{entity}.{'csv' if form == 'csv' else 'jsonl'}", ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    checksum = hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as member:
        for piece in pieces:
            checksum.update(piece)
            member.write(piece)
    return {"rows": counted.rows, "sha256": checksum.hexdigest()}


class _Counted:
    """Rows, counted as they pass."""

    def __init__(self, rows: Iterator[dict[str, Any]]) -> None:
        self._source = rows
        self.rows = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._source:
            self.rows += 1
            yield row
