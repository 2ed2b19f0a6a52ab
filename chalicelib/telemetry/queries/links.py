"""Which device a read is of, and which slot a selection stands for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.telemetry.rules.grids import GridSelection, GridSlot
from chalicelib.telemetry.rules.lines import ProductChange, Target


@value
class Match:
    """A read and the device that was found for it."""

    read_id: int
    device_id: int
    basis: str


def link_by_what_they_say(db: Connection, read_ids: Sequence[int]) -> list[Match]:
    """Link reads that have no device: by the machine's key, else its serial, else its asset number (BR-143).

    Each way counts only when exactly one live device answers to it.
    """
    return db.fetch(
        Match,
        """
        WITH wanted AS (
            SELECT id, coalesce(comm_id, '') || '/' || coalesce(machine_serial, '') AS machine_key,
                   machine_serial, asset_reported
              FROM dex_reads
             WHERE id = ANY(%(read_ids)s) AND device_id IS NULL AND status <> 'rejected'),
        candidate AS (
            SELECT wanted.id AS read_id, device.id AS device_id, 1 AS rank
              FROM wanted
              JOIN devices device ON device.dex_machine_key = wanted.machine_key AND device.deleted_at IS NULL
             UNION ALL
            SELECT wanted.id, device.id, 2
              FROM wanted
              JOIN devices device ON device.serial_number = wanted.machine_serial AND device.deleted_at IS NULL
             UNION ALL
            SELECT wanted.id, device.id, 3
              FROM wanted
              JOIN devices device ON lower(device.asset) = lower(wanted.asset_reported) AND device.deleted_at IS NULL),
        best AS (
            SELECT read_id, rank, min(device_id) AS device_id
              FROM candidate
             GROUP BY read_id, rank
            HAVING count(*) = 1),
        chosen AS (
            SELECT DISTINCT ON (read_id) read_id, device_id, rank FROM best ORDER BY read_id, rank)
        UPDATE dex_reads read
           SET device_id = chosen.device_id
          FROM chosen
         WHERE read.id = chosen.read_id
        RETURNING read.id AS read_id, read.device_id, (ARRAY['key', 'serial', 'asset'])[chosen.rank] AS basis
        """,
        read_ids=list(read_ids),
    )


def link_to(db: Connection, devices: Mapping[int, int]) -> list[int]:
    """Link reads, by id, to the devices named for them, if they have none; the ids of those that now are."""
    return db.values(
        """
        UPDATE dex_reads read
           SET device_id = named.device_id
          FROM unnest(%(read_ids)s::bigint[], %(device_ids)s::bigint[]) AS named (read_id, device_id)
         WHERE read.id = named.read_id AND read.device_id IS NULL AND read.status <> 'rejected'
        RETURNING read.id
        """,
        read_ids=list(devices),
        device_ids=list(devices.values()),
    )


@value
class LinkableRead:
    """A read that somebody wants to link."""

    id: int
    device_id: int | None
    status: str
    machine_key: str


def linkable(db: Connection, read_id: int) -> LinkableRead | None:
    """A read, locked."""
    return db.fetch_one(
        LinkableRead,
        """
        SELECT id, device_id, status, coalesce(comm_id, '') || '/' || coalesce(machine_serial, '') AS machine_key
          FROM dex_reads
         WHERE id = %(id)s
           FOR NO KEY UPDATE
        """,
        id=read_id,
    )


def link_machine(db: Connection, read: LinkableRead, device_id: int) -> list[int]:
    """Link a read, and every unlinked read of its machine, to a device; the ids of the reads."""
    return db.values(
        """
        UPDATE dex_reads
           SET device_id = %(device_id)s
         WHERE id = %(read_id)s
            OR (device_id IS NULL AND status <> 'rejected'
                AND coalesce(comm_id, '') || '/' || coalesce(machine_serial, '') = %(machine_key)s)
        RETURNING id
        """,
        read_id=read.id,
        device_id=device_id,
        machine_key=read.machine_key,
    )


def hold_device(db: Connection, device_id: int) -> bool:
    """Whether a live device has this id; it stays so until the transaction ends."""
    found = db.values("SELECT id FROM devices WHERE id = %(id)s AND deleted_at IS NULL FOR NO KEY UPDATE", id=device_id)
    return bool(found)


def learn_key(db: Connection, device_id: int, machine_key: str) -> None:
    """Know a machine by its key from now on; a key belongs to one live device."""
    db.execute(
        """
        UPDATE devices
           SET dex_machine_key = CASE WHEN id = %(device_id)s THEN %(machine_key)s END
         WHERE (id = %(device_id)s AND dex_machine_key IS DISTINCT FROM %(machine_key)s)
            OR (id <> %(device_id)s AND dex_machine_key = %(machine_key)s AND deleted_at IS NULL)
        """,
        device_id=device_id,
        machine_key=machine_key,
    )


@value
class UnreadRead:
    """A read that was imported: its text is here, what the engine compares is not."""

    id: int
    raw_content: str
    uploaded_at: datetime


def without_reading(db: Connection, device_ids: Sequence[int]) -> list[UnreadRead]:
    """Imported reads of devices that the interval engine cannot compare yet."""
    return db.fetch(
        UnreadRead,
        """
        SELECT read.id, read.raw_content, read.uploaded_at
          FROM dex_reads read
         WHERE read.device_id = ANY(%(device_ids)s)
           AND read.raw_content IS NOT NULL AND read.status <> 'rejected'
           AND NOT EXISTS (SELECT FROM dex_readings reading WHERE reading.read_id = read.id)
         ORDER BY read.id
        """,
        device_ids=list(device_ids),
    )


def targets(db: Connection, device_ids: Sequence[int]) -> list[Target]:
    """The slot of every mapped selection: a person's mapping, else what a planogram states, if only one does."""
    return db.fetch(
        Target,
        """
        WITH slot AS (
            SELECT cabinet.device_id, slot.id, slot.product_id, slot.dex_selection,
                   coalesce(slot.price_cents, product.price_cents) AS price_cents
              FROM device_cabinets cabinet
              JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
              JOIN planogram_slots slot ON slot.planogram_id = planogram.id AND slot.retired_at IS NULL
              LEFT JOIN products product ON product.id = slot.product_id
             WHERE cabinet.device_id = ANY(%(device_ids)s) AND cabinet.removed_at IS NULL),
        said AS (
            SELECT mapping.device_id, mapping.selection, mapping.slot_id
              FROM dex_mappings mapping
             WHERE mapping.device_id = ANY(%(device_ids)s)
             UNION ALL
            SELECT device_id, dex_selection, min(id)
              FROM slot
             WHERE dex_selection IS NOT NULL
               AND NOT EXISTS (SELECT
                                 FROM dex_mappings mapping
                                WHERE mapping.device_id = slot.device_id AND mapping.selection = slot.dex_selection)
             GROUP BY device_id, dex_selection
            HAVING count(*) = 1)
        SELECT said.device_id, said.selection, said.slot_id, slot.product_id, slot.price_cents
          FROM said
          JOIN slot ON slot.id = said.slot_id AND slot.device_id = said.device_id
         ORDER BY said.device_id, said.selection
        """,
        device_ids=list(device_ids),
    )


def product_changes(db: Connection, slot_ids: Sequence[int], since: datetime) -> list[ProductChange]:
    """When slots got another product, from a moment on."""
    return db.fetch(
        ProductChange,
        """
        SELECT change.slot_id, change.at, change.old_product_id,
               coalesce(change.old_price_cents, product.price_cents) AS old_price_cents
          FROM planogram_slot_changes change
          LEFT JOIN products product ON product.id = change.old_product_id
         WHERE change.slot_id = ANY(%(slot_ids)s)
           AND change.at > %(since)s
           AND change.old_product_id IS DISTINCT FROM change.new_product_id
         ORDER BY change.slot_id, change.at, change.id
        """,
        slot_ids=list(slot_ids),
        since=since,
    )


def note_slots(db: Connection, read_ids: Sequence[int], found: Sequence[Target]) -> None:
    """Write beside the selections of reads which slots they stand for now."""
    db.execute(
        """
        UPDATE dex_selections selection
           SET slot_id = target.slot_id
          FROM dex_reads read,
               unnest(%(device_ids)s::bigint[], %(selections)s::text[], %(slot_ids)s::bigint[])
               AS target (device_id, selection, slot_id)
         WHERE selection.read_id = ANY(%(read_ids)s)
           AND read.id = selection.read_id
           AND target.device_id = read.device_id AND target.selection = selection.selection
           AND selection.slot_id IS DISTINCT FROM target.slot_id
        """,
        read_ids=list(read_ids),
        device_ids=[target.device_id for target in found],
        selections=[target.selection for target in found],
        slot_ids=[target.slot_id for target in found],
    )


def replace_mappings(
    db: Connection, device_id: int, selections: Sequence[str], slot_ids: Sequence[int], by: int
) -> None:
    """Let these be all mappings of a device."""
    db.execute(
        "DELETE FROM dex_mappings WHERE device_id = %(device_id)s AND NOT selection = ANY(%(selections)s)",
        device_id=device_id,
        selections=list(selections),
    )
    db.execute(
        """
        INSERT INTO dex_mappings (device_id, selection, slot_id, created_by)
        SELECT %(device_id)s, selection, slot_id, %(by)s
          FROM unnest(%(selections)s::text[], %(slot_ids)s::bigint[]) AS wanted (selection, slot_id)
            ON CONFLICT (device_id, selection) DO UPDATE
           SET slot_id = excluded.slot_id, created_by = excluded.created_by
         WHERE dex_mappings.slot_id <> excluded.slot_id
        """,
        device_id=device_id,
        selections=list(selections),
        slot_ids=list(slot_ids),
        by=by,
    )


@value
class MappedSelection:
    """A mapping as it is stored."""

    selection: str
    slot_id: int


def mappings(db: Connection, device_id: int) -> list[MappedSelection]:
    """The mappings that people have made for a device."""
    return db.fetch(
        MappedSelection,
        "SELECT selection, slot_id FROM dex_mappings WHERE device_id = %(id)s ORDER BY selection",
        id=device_id,
    )


@value
class NewestRead:
    """The newest read of a device that may be booked."""

    id: int
    read_at: datetime
    pattern_type: str | None
    pattern_confidence: float


def newest_read(db: Connection, device_id: int) -> NewestRead | None:
    """The newest good read of a device by the machine's own order."""
    return db.fetch_one(
        NewestRead,
        """
        SELECT read.id, coalesce(read.read_at, least(read.collected_at, read.uploaded_at)) AS read_at,
               read.pattern_type, coalesce(read.pattern_confidence, 0)::float8 AS pattern_confidence
          FROM dex_reads read
          LEFT JOIN dex_intervals interval ON interval.read_id = read.id
         WHERE read.device_id = %(id)s AND read.status <> 'rejected' AND NOT read.is_quarantined
         ORDER BY interval.position DESC NULLS LAST,
                  coalesce(read.read_at, least(read.collected_at, read.uploaded_at)) DESC, read.id DESC
         LIMIT 1
        """,
        id=device_id,
    )


def grid_selections(db: Connection, read_id: int) -> list[GridSelection]:
    """The selections of a read with their places in the grid."""
    return db.fetch(
        GridSelection,
        """
        SELECT selection, price_cents, product_text, row_label, col_label, row_no, col_no
          FROM dex_selections
         WHERE read_id = %(id)s
         ORDER BY row_no, col_no, id
        """,
        id=read_id,
    )


def grid_slots(db: Connection, device_id: int) -> list[GridSlot]:
    """The slots of a device's live cabinets."""
    return db.fetch(
        GridSlot,
        """
        SELECT slot.id AS slot_id, cabinet.cabinet_index, cabinet.rows, cabinet.cols, slot.position, slot.row_no,
               slot.col_no, slot.product_id, product.name AS product_name,
               coalesce(slot.price_cents, product.price_cents) AS price_cents
          FROM device_cabinets cabinet
          JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
          JOIN planogram_slots slot ON slot.planogram_id = planogram.id AND slot.retired_at IS NULL
          LEFT JOIN products product ON product.id = slot.product_id
         WHERE cabinet.device_id = %(id)s AND cabinet.removed_at IS NULL
         ORDER BY cabinet.cabinet_index, slot.row_no, slot.col_no
        """,
        id=device_id,
    )
