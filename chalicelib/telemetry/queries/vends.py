"""Vends that feeds told as they happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.telemetry.rules.lines import PaymentKind

Row = dict[str, Any]  # Any: a row as JSON, by column


@value
class Told:
    """A vend that was written, and its device, if that is known."""

    device_id: int | None
    at: datetime


def insert(db: Connection, rows: Sequence[Row]) -> list[Told]:
    """Write vends, each once by its sender and id; those that are new."""
    return db.fetch(
        Told,
        """
        INSERT INTO live_vends (file_id, sender, event_id, comm_id, machine_serial, asset_reported, device_id,
                                selection, payment_kind, cents, vended_at, received_at)
        SELECT file_id, sender, event_id, comm_id, machine_serial, asset_reported, device_id, selection, payment_kind,
               cents, vended_at, received_at
          FROM jsonb_populate_recordset(NULL::live_vends, %(rows)s::jsonb)
         ORDER BY sender, event_id
            ON CONFLICT (sender, event_id) DO NOTHING
        RETURNING device_id, vended_at AS at
        """,
        rows=to_json(rows).decode(),
    )


@value
class Machine:
    """What a feed calls a machine."""

    comm_id: str | None
    serial: str | None
    asset: str | None


@value
class Place:
    """A machine, by its place in the question, and the device that it is."""

    place: int
    device_id: int


def devices_of(db: Connection, machines: Sequence[Machine]) -> Mapping[Machine, int]:
    """The live devices that machines are: by key, serial or asset number, or by reads of the same serial.

    Each way counts only when exactly one device answers to it, as for reads (BR-143).
    """
    found = db.fetch(
        Place,
        """
        WITH wanted AS (
            SELECT *
              FROM unnest(%(comm_ids)s::text[], %(serials)s::text[], %(assets)s::text[])
                   WITH ORDINALITY AS wanted (comm_id, serial, asset, place)),
        candidate AS (
            SELECT wanted.place, device.id AS device_id, 1 AS rank
              FROM wanted
              JOIN devices device ON device.dex_machine_key = wanted.comm_id || '/' || coalesce(wanted.serial, '')
             UNION ALL
            SELECT wanted.place, device.id, 2
              FROM wanted
              JOIN devices device ON device.serial_number = wanted.serial
             UNION ALL
            SELECT wanted.place, device.id, 3
              FROM wanted
              JOIN devices device ON lower(device.asset) = lower(wanted.asset)
             UNION
            SELECT wanted.place, read.device_id, 4
              FROM wanted
              JOIN dex_reads read ON read.machine_serial = wanted.serial AND read.device_id IS NOT NULL),
        best AS (
            SELECT candidate.place, candidate.rank, min(device.id) AS device_id
              FROM candidate
              JOIN devices device ON device.id = candidate.device_id AND device.deleted_at IS NULL
             GROUP BY candidate.place, candidate.rank
            HAVING count(*) = 1)
        SELECT DISTINCT ON (place) place::integer, device_id FROM best ORDER BY place, rank
        """,
        comm_ids=[machine.comm_id for machine in machines],
        serials=[machine.serial for machine in machines],
        assets=[machine.asset for machine in machines],
    )
    return {machines[one.place - 1]: one.device_id for one in found}


def adopt(db: Connection, devices: Mapping[str, int]) -> None:
    """Link vends and events that have no device to the one that their machine's reads were linked to, by its serial."""
    db.execute(
        """
        WITH machine AS (
            SELECT *
              FROM unnest(%(serials)s::text[], %(ids)s::bigint[]) AS machine (serial, device_id)),
        event AS (
            UPDATE machine_events event
               SET device_id = machine.device_id
              FROM machine
             WHERE event.device_id IS NULL AND event.source = 'feed' AND event.machine_serial = machine.serial)
        UPDATE live_vends vend
           SET device_id = machine.device_id
          FROM machine
         WHERE vend.device_id IS NULL AND vend.machine_serial = machine.serial
        """,
        serials=list(devices),
        ids=list(devices.values()),
    )


@value(kw_only=True)
class StoredVend:
    """A vend as it is stored; `sale_*` tell the sale that it is on the books as, if it is."""

    vend_id: int
    device_id: int
    selection: str
    payment_kind: PaymentKind
    cents: int
    at: datetime
    received_at: datetime
    status: str
    read_id: int | None
    times_stated: int
    sale_id: int | None
    sale_sold_at: datetime | None
    sale_device_id: int | None
    sale_product_id: int | None
    sale_slot_id: int | None
    sale_import_key: str | None


def around(
    db: Connection, device_ids: Sequence[int], since: Sequence[datetime], read_ids: Sequence[int]
) -> list[StoredVend]:
    """The vends of devices from moments on, all that are provisional, and all that these reads have settled."""
    return db.fetch(
        StoredVend,
        """
        WITH asked AS (
            SELECT asked.device_id, asked.since
              FROM unnest(%(device_ids)s::bigint[], %(since)s::timestamptz[]) AS asked (device_id, since)
              JOIN devices device ON device.id = asked.device_id AND device.deleted_at IS NULL),
        wanted AS (
            SELECT vend.id
              FROM asked
              JOIN live_vends vend ON vend.device_id = asked.device_id AND vend.vended_at > asked.since
             UNION
            SELECT vend.id
              FROM asked
              JOIN live_vends vend ON vend.device_id = asked.device_id AND vend.status = 'provisional'
             UNION
            SELECT vend.id
              FROM asked
              JOIN live_vends vend ON vend.device_id = asked.device_id AND vend.read_id = ANY(%(read_ids)s))
        SELECT vend.id AS vend_id, vend.device_id, vend.selection, vend.payment_kind, vend.cents, vend.vended_at AS at,
               vend.received_at, vend.status, vend.read_id, vend.times_stated, vend.sale_id, vend.sale_sold_at,
               sale.device_id AS sale_device_id, sale.product_id AS sale_product_id, sale.slot_id AS sale_slot_id,
               sale.import_key AS sale_import_key
          FROM wanted
          JOIN live_vends vend ON vend.id = wanted.id
          LEFT JOIN sales sale ON sale.id = vend.sale_id AND sale.sold_at = vend.sale_sold_at
         ORDER BY vend.id
        """,
        device_ids=list(device_ids),
        since=list(since),
        read_ids=list(read_ids),
    )


@value(kw_only=True)
class Change:
    """What is to be stored of a vend."""

    vend_id: int
    status: str
    read_id: int | None
    sale_id: int | None
    sale_sold_at: datetime | None
    times_stated: int


def store(db: Connection, changes: Sequence[Change]) -> None:
    """Write what became of vends."""
    db.execute(
        """
        UPDATE live_vends vend
           SET status = change.status, read_id = change.read_id, sale_id = change.sale_id,
               sale_sold_at = change.sale_sold_at, times_stated = change.times_stated
          FROM unnest(%(ids)s::bigint[], %(statuses)s::text[], %(read_ids)s::bigint[], %(sale_ids)s::bigint[],
                      %(sale_times)s::timestamptz[], %(times)s::integer[])
               AS change (id, status, read_id, sale_id, sale_sold_at, times_stated)
         WHERE vend.id = change.id
        """,
        ids=[change.vend_id for change in changes],
        statuses=[change.status for change in changes],
        read_ids=[change.read_id for change in changes],
        sale_ids=[change.sale_id for change in changes],
        sale_times=[change.sale_sold_at for change in changes],
        times=[change.times_stated for change in changes],
    )
