"""Partners who deliver to us, and their deliveries by the ids that they gave them."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.partners.models.inbound import DeliveriesQuery, InboundDelivery, InboundPartner, Stored

GIVEN_UP_AFTER = 5
"""Attempts after which the queue gives a file up (`maxReceiveCount`)."""


@value
class Keys:
    """How the deliveries of a partner are understood and proven."""

    adapter: str
    secret_sealed: bytes
    old_secret_sealed: bytes | None
    old_secret_until: datetime | None
    disabled_at: datetime | None


def keys(db: Connection, name: str) -> Keys | None:
    """The keys of a partner."""
    return db.fetch_one(
        Keys,
        """
        SELECT adapter, secret_sealed, old_secret_sealed, old_secret_until, disabled_at
          FROM inbound_partners
         WHERE name = %(name)s
        """,
        name=name,
    )


_PARTNER = """
        SELECT partner.name, partner.adapter, partner.disabled_at IS NULL AS enabled,
               '/api/telemetry/webhooks/' || partner.name AS path, partner.old_secret_until,
               (SELECT max(received_at) FROM inbound_deliveries WHERE partner = partner.name) AS last_delivery_at,
               creator.username AS created_by, partner.created_at
          FROM inbound_partners partner
          JOIN users creator ON creator.id = partner.created_by
"""


def partners(db: Connection) -> list[InboundPartner]:
    """All partners, by name."""
    return db.fetch(InboundPartner, _PARTNER + " ORDER BY partner.name LIMIT 1000")


def partner(db: Connection, name: str) -> InboundPartner | None:
    """One partner."""
    return db.fetch_one(InboundPartner, _PARTNER + " WHERE partner.name = %(name)s", name=name)


def insert(db: Connection, name: str, adapter: str, sealed: bytes, *, by: int, now: datetime) -> None:
    """Write a partner."""
    db.execute(
        """
        INSERT INTO inbound_partners (name, adapter, secret_sealed, created_by, created_at, updated_at)
        VALUES (%(name)s, %(adapter)s, %(sealed)s, %(by)s, %(now)s, %(now)s)
        """,
        name=name,
        adapter=adapter,
        sealed=sealed,
        by=by,
        now=now,
    )


def rotate(db: Connection, name: str, sealed: bytes, *, until: datetime) -> bool:
    """Sign with a new secret from now on, and with the one before until a time; whether there is such a partner."""
    return bool(
        db.execute(
            """
            UPDATE inbound_partners
               SET old_secret_sealed = secret_sealed, old_secret_until = %(until)s, secret_sealed = %(sealed)s
             WHERE name = %(name)s
            """,
            name=name,
            sealed=sealed,
            until=until,
        )
    )


def switch(db: Connection, name: str, *, enabled: bool, now: datetime) -> bool:
    """Take deliveries, or none; whether there is such a partner."""
    return bool(
        db.execute(
            """
            UPDATE inbound_partners
               SET disabled_at = CASE WHEN %(enabled)s THEN NULL ELSE coalesce(disabled_at, %(now)s) END
             WHERE name = %(name)s
            """,
            name=name,
            enabled=enabled,
            now=now,
        )
    )


def store(
    db: Connection, *, partner: str, message_id: str, adapter: str, sha256: bytes, size: int, now: datetime
) -> Stored:
    """Note a delivery by its sender's id, or find the one that came with it before."""
    found = db.fetch_one(
        Stored,
        """
        WITH fresh AS (
            INSERT INTO inbound_deliveries (partner, message_id, adapter, sha256, size_bytes, received_at)
            VALUES (%(partner)s, %(message_id)s, %(adapter)s, %(sha256)s, %(size)s, %(now)s)
                ON CONFLICT (partner, message_id) DO UPDATE SET message_id = excluded.message_id
            RETURNING id, partner, adapter, sha256, unpacked_at, file_ids, xmax = 0 AS is_new)
        SELECT id, partner, adapter, sha256, unpacked_at, file_ids, is_new FROM fresh
        """,
        partner=partner,
        message_id=message_id,
        adapter=adapter,
        sha256=sha256,
        size=size,
        now=now,
    )
    assert found is not None  # noqa: S101 - narrows the type: either way there is a row
    return found


def some(db: Connection, ids: Sequence[int]) -> list[Stored]:
    """Deliveries by id."""
    return db.fetch(
        Stored,
        """
        SELECT id, partner, adapter, sha256, unpacked_at, file_ids, false AS is_new
          FROM inbound_deliveries
         WHERE id = ANY(%(ids)s)
         ORDER BY id
        """,
        ids=list(ids),
    )


def unpacked(db: Connection, delivery_id: int, file_ids: Sequence[int], now: datetime) -> None:
    """Note into which files a delivery was unpacked."""
    db.execute(
        """
        UPDATE inbound_deliveries
           SET unpacked_at = %(now)s, file_ids = %(file_ids)s, error = NULL, attempts = attempts + 1
         WHERE id = %(id)s
        """,
        id=delivery_id,
        file_ids=list(file_ids),
        now=now,
    )


def failed(db: Connection, delivery_id: int, error: str) -> None:
    """Note why a delivery could not be unpacked."""
    db.execute(
        """
        UPDATE inbound_deliveries
           SET error = %(error)s, attempts = attempts + 1
         WHERE id = %(id)s
           AND unpacked_at IS NULL
        """,
        id=delivery_id,
        error=error,
    )


def left_lying(db: Connection, *, before: datetime, most: int) -> list[int]:
    """Deliveries that were stored, but neither unpacked nor found wanting, as when their function died."""
    return db.values(
        """
        SELECT id
          FROM inbound_deliveries
         WHERE unpacked_at IS NULL
           AND error IS NULL
           AND received_at < %(before)s
         ORDER BY id
         LIMIT %(most)s
        """,
        before=before,
        most=most,
    )


_DELIVERIES = """
        WITH told AS (
            SELECT delivery.id, delivery.partner, delivery.message_id, delivery.size_bytes, delivery.received_at,
                   delivery.attempts, delivery.file_ids, coalesce(delivery.error, files.error) AS error,
                   CASE WHEN delivery.error IS NOT NULL THEN 'dead'
                        WHEN delivery.unpacked_at IS NULL THEN 'stored'
                        WHEN files.are_dead THEN 'dead'
                        WHEN files.are_applied THEN 'applied'
                        ELSE 'unpacked' END AS status
              FROM inbound_deliveries delivery
              LEFT JOIN LATERAL (
                   SELECT coalesce(bool_and(file.status = 'applied'), true) AS are_applied,
                          bool_or(file.status = 'stored' AND file.attempts >= %(given_up)s) AS are_dead,
                          max(file.last_error) FILTER (WHERE file.status = 'stored') AS error
                     FROM dex_files file
                    WHERE file.id = ANY(delivery.file_ids)) files ON true
             WHERE (%(partner)s::text IS NULL OR delivery.partner = %(partner)s)),
        matching AS (
            SELECT * FROM told WHERE %(status)s::text IS NULL OR status = %(status)s)
"""


def deliveries(db: Connection, query: DeliveriesQuery) -> list[InboundDelivery]:
    """A page of the deliveries, newest first."""
    return db.fetch(
        InboundDelivery,
        _DELIVERIES + "SELECT * FROM matching ORDER BY id DESC LIMIT %(limit)s OFFSET %(offset)s",  # noqa: S608
        limit=query.per_page,
        offset=(query.page - 1) * query.per_page,
        given_up=GIVEN_UP_AFTER,
        partner=query.partner,
        status=query.status,
    )


def count(db: Connection, query: DeliveriesQuery) -> int:
    """How many deliveries match."""
    sql = _DELIVERIES + "SELECT count(*) FROM matching"  # noqa: S608 - constants
    return int(db.value(sql, given_up=GIVEN_UP_AFTER, partner=query.partner, status=query.status))
