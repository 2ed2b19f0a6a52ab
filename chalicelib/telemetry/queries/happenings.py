"""Events of machines: those that feeds told as they happened, and those that reads list (EA1) and count (EA2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

Row = dict[str, Any]  # Any: a row as JSON, by column


def insert(db: Connection, rows: Sequence[Row]) -> int:
    """Write events, each once by its sender and id; how many are new."""
    return db.execute(
        """
        INSERT INTO machine_events (source, file_id, read_id, sender, event_id, comm_id, machine_serial, asset_reported,
                                    device_id, code, is_active, occurred_at, received_at)
        SELECT source, file_id, read_id, sender, event_id, comm_id, machine_serial, asset_reported, device_id, code,
               is_active, occurred_at, received_at
          FROM jsonb_populate_recordset(NULL::machine_events, %(rows)s::jsonb)
         ORDER BY sender, event_id
            ON CONFLICT (sender, event_id) DO NOTHING
        """,
        rows=to_json(rows).decode(),
    )


@value
class Event:
    """Something that happened to a machine, and where it was told."""

    code: str
    is_active: bool | None
    occurred_at: datetime
    source: str


_MERGED = """
            SELECT code, is_active, occurred_at, source
              FROM machine_events
             WHERE device_id = %(device_id)s
             UNION ALL
            SELECT listed.code, listed.is_active, listed.occurred_at, listed.source
              FROM machine_events listed
              JOIN dex_reads read ON read.id = listed.read_id
             WHERE read.device_id = %(device_id)s
               AND NOT EXISTS (SELECT
                                 FROM machine_events told
                                WHERE told.device_id = %(device_id)s AND told.code = listed.code
                                  AND told.occurred_at BETWEEN listed.occurred_at - interval '2 minutes'
                                                           AND listed.occurred_at + interval '2 minutes')
"""
"""Of an event that a feed told and a read lists too, within the minutes that machines tell, the feed's counts."""


def latest(db: Connection, device_id: int, limit: int) -> list[Event]:
    """The latest events of a device, newest first, each once whoever told it."""
    return db.fetch(
        Event,
        f"""
        SELECT code, is_active, occurred_at, source
          FROM ({_MERGED}) event
         ORDER BY occurred_at DESC, code
         LIMIT %(limit)s
        """,  # noqa: S608 - constant
        device_id=device_id,
        limit=limit,
    )


@value
class Counted:
    """How often a kind of event has happened by the newest read: in all, since the read before, and told singly."""

    code: str
    is_active: bool | None
    total: int | None
    since_last_read: int | None
    told: int


def counted(db: Connection, device_id: int) -> list[Counted]:
    """The counters of events (EA2) of a device's newest read, beside the one before it."""
    return db.fetch(
        Counted,
        f"""
        WITH newest AS (
            SELECT read_id, previous_read_id, started_at, ended_at
              FROM dex_intervals
             WHERE device_id = %(device_id)s AND outcome <> 'duplicate'
             ORDER BY position DESC
             LIMIT 1),
        counter AS (
            SELECT record.read_id, record.parsed ->> 'event_id' AS code,
                   max((record.parsed ->> 'times_init')::bigint) AS total,
                   bool_or(record.parsed ->> 'active' = '1') AS is_active
              FROM newest
              JOIN dex_records record
                ON record.read_id IN (newest.read_id, newest.previous_read_id) AND record.record_type = 'EA2'
             WHERE record.parsed ->> 'event_id' IS NOT NULL
             GROUP BY record.read_id, record.parsed ->> 'event_id'),
        event AS ({_MERGED})
        SELECT now.code, now.is_active, now.total,
               CASE WHEN now.total >= before.total THEN now.total - before.total END AS since_last_read,
               (SELECT count(*)
                  FROM event
                 WHERE event.code = now.code AND event.is_active IS DISTINCT FROM false
                   AND event.occurred_at > newest.started_at
                   AND event.occurred_at <= newest.ended_at + interval '1 minute') AS told
          FROM newest
          JOIN counter now ON now.read_id = newest.read_id
          LEFT JOIN counter before ON before.read_id = newest.previous_read_id AND before.code = now.code
         ORDER BY now.code
        """,  # noqa: S608 - constant
        device_id=device_id,
    )


@value
class LiveVend:
    """A vend as it is shown."""

    selection: str
    payment_kind: str
    cash: int
    at: datetime
    status: str
    read_id: int | None


def latest_vends(db: Connection, device_id: int, limit: int) -> list[LiveVend]:
    """The latest vends of a device that feeds told, newest first."""
    return db.fetch(
        LiveVend,
        """
        SELECT selection, payment_kind, cents AS cash, vended_at AS at, status, read_id
          FROM live_vends
         WHERE device_id = %(device_id)s
         ORDER BY vended_at DESC, id DESC
         LIMIT %(limit)s
        """,
        device_id=device_id,
        limit=limit,
    )


@value
class Provisional:
    """What feeds told and no read has covered yet."""

    units: int
    cash: int


def provisional(db: Connection, device_id: int) -> Provisional:
    """The provisional vends of a device, added up."""
    found = db.fetch_one(
        Provisional,
        """
        SELECT count(*) AS units, coalesce(sum(cents), 0) AS cash
          FROM live_vends
         WHERE device_id = %(device_id)s AND status = 'provisional'
        """,
        device_id=device_id,
    )
    return found or Provisional(0, 0)
