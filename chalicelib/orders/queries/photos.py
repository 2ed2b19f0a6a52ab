"""Photos of orders; rows are added and redacted, never removed (BR-134)."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.orders.models.photos import Photo, PhotoFacts, Picture
from chalicelib.orders.queries.seeing import SEEN

_PHOTO = """
        SELECT photo.id, photo.service_order_id, photo.order_cabinet_id, photo.s3_key, photo.content_type,
               photo.size_bytes, photo.sha256, photo.photo_type, photo.captured_at, photo.latitude, photo.longitude,
               photo.uploaded_by, uploader.username AS uploaded_by_name, photo.notes, photo.redacted_at,
               photo.created_at
          FROM service_order_photos photo
          JOIN users uploader ON uploader.id = photo.uploaded_by
"""


def order_created_at(db: Connection, order_id: int, *, seen_by: Principal) -> datetime | None:
    """When an order was created; another driver's is not there (BR-095)."""
    created_at: datetime | None = db.value(
        f"SELECT orders.created_at FROM service_orders orders WHERE orders.id = %(id)s AND {SEEN}",  # noqa: S608
        id=order_id,
        **seen_by.sight,
    )
    return created_at


def has_stop(db: Connection, order_id: int, stop_id: int) -> bool:
    """Whether this is a cabinet of the order."""
    return bool(
        db.value(
            "SELECT true FROM service_order_cabinets WHERE id = %(stop_id)s AND service_order_id = %(order_id)s",
            stop_id=stop_id,
            order_id=order_id,
        )
    )


def same(db: Connection, order_id: int, *, sha256: bytes, client_photo_id: str | None) -> Photo | None:
    """The order's photo with the client's number for it or with the same bytes, redacted or not (BR-133)."""
    return db.fetch_one(
        Photo,
        f"""
        {_PHOTO}
         WHERE photo.service_order_id = %(order_id)s
           AND (photo.client_photo_id = %(client_photo_id)s OR photo.sha256 = %(sha256)s)
         ORDER BY photo.client_photo_id IS NOT DISTINCT FROM %(client_photo_id)s DESC,
                  photo.redacted_at IS NOT NULL, photo.id
         LIMIT 1
        """,
        order_id=order_id,
        sha256=sha256,
        client_photo_id=client_photo_id,
    )


def insert(
    db: Connection,
    order_id: int,
    facts: PhotoFacts,
    picture: Picture,
    *,
    uploaded_by: int,
    captured_at: datetime | None,
    at: datetime,
) -> bool:
    """Add a photo, unless it was added meanwhile; whether this did."""
    return bool(
        db.execute(
            """
            INSERT INTO service_order_photos (service_order_id, order_cabinet_id, s3_key, content_type, size_bytes,
                                              sha256, photo_type, captured_at, latitude, longitude, uploaded_by,
                                              client_photo_id, notes, created_at)
            VALUES (%(order_id)s, %(stop_id)s, %(key)s, %(content_type)s, %(size)s, %(sha256)s, %(photo_type)s,
                    %(captured_at)s, %(latitude)s, %(longitude)s, %(uploaded_by)s, %(client_photo_id)s, %(notes)s,
                    %(at)s)
                ON CONFLICT DO NOTHING
            """,
            order_id=order_id,
            stop_id=facts.order_cabinet_id,
            key=picture.key,
            content_type=picture.content_type,
            size=picture.size_bytes,
            sha256=picture.sha256,
            photo_type=facts.photo_type,
            captured_at=captured_at,
            latitude=facts.latitude,
            longitude=facts.longitude,
            uploaded_by=uploaded_by,
            client_photo_id=facts.client_photo_id,
            notes=facts.notes or None,
            at=at,
        )
    )


def of_order(db: Connection, order_id: int, *, redacted_too: bool, most: int) -> list[Photo]:
    """The photos of an order, newest first."""
    return db.fetch(
        Photo,
        f"""
        {_PHOTO}
         WHERE photo.service_order_id = %(order_id)s
           AND (%(redacted_too)s OR photo.redacted_at IS NULL)
         ORDER BY photo.created_at DESC, photo.id DESC
         LIMIT %(most)s
        """,
        order_id=order_id,
        redacted_too=redacted_too,
        most=most,
    )


def lock(db: Connection, order_id: int, photo_id: int) -> Photo | None:
    """A photo of an order, locked."""
    return db.fetch_one(
        Photo,
        f"{_PHOTO} WHERE photo.id = %(id)s AND photo.service_order_id = %(order_id)s FOR NO KEY UPDATE OF photo",
        id=photo_id,
        order_id=order_id,
    )


def redact(db: Connection, photo_id: int, *, by: int, at: datetime) -> None:
    """Take a photo out of sight."""
    db.execute(
        "UPDATE service_order_photos SET redacted_at = %(at)s, redacted_by = %(by)s WHERE id = %(id)s",
        id=photo_id,
        by=by,
        at=at,
    )


def without_photo(db: Connection, keys: Sequence[str]) -> list[str]:
    """Those of the keys that no photo in sight refers to."""
    return db.values(
        """
        SELECT key
          FROM unnest(%(keys)s::text[]) AS kept (key)
         WHERE NOT EXISTS (SELECT
                             FROM service_order_photos photo
                            WHERE photo.s3_key = kept.key
                              AND photo.redacted_at IS NULL)
        """,
        keys=list(keys),
    )


def redacted_since(db: Connection, since: datetime) -> list[str]:
    """Where the bytes of photos lay that were redacted lately."""
    return db.values("SELECT s3_key FROM service_order_photos WHERE redacted_at >= %(since)s ORDER BY id", since=since)


def has_photo_elsewhere(db: Connection, order_id: int, kept_cabinet_ids: Sequence[int]) -> bool:
    """Whether a photo was taken of one of the order's other cabinets."""
    return bool(
        db.value(
            """
            SELECT true
              FROM service_order_photos photo
              JOIN service_order_cabinets stop ON stop.id = photo.order_cabinet_id
             WHERE photo.service_order_id = %(order_id)s
               AND stop.cabinet_id <> ALL(%(kept)s::bigint[])
             LIMIT 1
            """,
            order_id=order_id,
            kept=list(kept_cabinet_ids),
        )
    )
