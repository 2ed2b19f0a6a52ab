"""Preferences, avatars, push subscriptions and drivers' places."""

from datetime import datetime
from typing import Any

from chalicelib.kit.db import Connection, Jsonb
from chalicelib.preferences.models.kept import Place, PlaceRow, StoredAvatar, Subscription


def preferences(db: Connection, user_id: int) -> dict[str, Any]:  # Any: the browser's own, free in form
    """The preferences of a user."""
    found = db.value("SELECT preferences FROM user_preferences WHERE user_id = %(user_id)s", user_id=user_id)
    return dict(found or {})


def keep_preferences(db: Connection, user_id: int, preferences: dict[str, Any]) -> None:  # Any: as above
    """Put preferences in the place of the earlier ones."""
    db.execute(
        """
        INSERT INTO user_preferences (user_id, preferences)
        VALUES (%(user_id)s, %(preferences)s)
            ON CONFLICT (user_id) DO UPDATE SET preferences = excluded.preferences
        """,
        user_id=user_id,
        preferences=Jsonb(preferences),
    )


def has_user(db: Connection, user_id: int, *, seen_by: int) -> bool:
    """Whether there is such a user; the protected one only sees itself (BR-032)."""
    return bool(
        db.value(
            """
            SELECT EXISTS (SELECT
                             FROM users
                            WHERE id = %(id)s
                              AND deleted_at IS NULL
                              AND (NOT is_protected OR id = %(seen_by)s))
            """,
            id=user_id,
            seen_by=seen_by,
        )
    )


def avatar(db: Connection, user_id: int) -> StoredAvatar | None:
    """Where the avatar of a user lies."""
    return db.fetch_one(
        StoredAvatar, "SELECT s3_key, content_type FROM user_avatars WHERE user_id = %(id)s", id=user_id
    )


def keep_avatar(db: Connection, user_id: int, stored: StoredAvatar, size_bytes: int) -> str | None:
    """Put an avatar in the place of the earlier one; the key of that one."""
    # The user's row is locked, so that of two uploads at the same moment none is forgotten in the bucket.
    db.execute("SELECT FROM users WHERE id = %(id)s FOR NO KEY UPDATE", id=user_id)
    earlier = avatar(db, user_id)
    db.execute(
        """
        INSERT INTO user_avatars (user_id, s3_key, content_type, size_bytes)
        VALUES (%(user_id)s, %(s3_key)s, %(content_type)s, %(size_bytes)s)
            ON CONFLICT (user_id) DO UPDATE
           SET s3_key = excluded.s3_key, content_type = excluded.content_type, size_bytes = excluded.size_bytes
        """,
        user_id=user_id,
        s3_key=stored.s3_key,
        content_type=stored.content_type,
        size_bytes=size_bytes,
    )
    return earlier.s3_key if earlier else None


def drop_avatar(db: Connection, user_id: int) -> str | None:
    """Forget an avatar; its key, if there was one."""
    key: str | None = db.value("DELETE FROM user_avatars WHERE user_id = %(id)s RETURNING s3_key", id=user_id)
    return key


def subscribe(db: Connection, user_id: int, wanted: Subscription, user_agent: str) -> None:
    """Keep a push subscription; a browser that somebody else signed in with before is theirs no longer."""
    db.execute(
        """
        INSERT INTO push_subscriptions (user_id, endpoint, p256dh, auth, user_agent)
        VALUES (%(user_id)s, %(endpoint)s, %(p256dh)s, %(auth)s, %(user_agent)s)
            ON CONFLICT (endpoint) DO UPDATE
           SET user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
               user_agent = excluded.user_agent, disabled_at = NULL
        """,
        user_id=user_id,
        endpoint=wanted.endpoint,
        p256dh=wanted.keys.p256dh,
        auth=wanted.keys.auth,
        user_agent=user_agent,
    )


def drop_oldest_subscriptions(db: Connection, user_id: int, *, most: int) -> None:
    """Forget all but the newest subscriptions of a user."""
    db.execute(
        """
        DELETE FROM push_subscriptions
         WHERE id IN (SELECT id
                        FROM push_subscriptions
                       WHERE user_id = %(user_id)s
                       ORDER BY updated_at DESC, id DESC
                      OFFSET %(most)s)
        """,
        user_id=user_id,
        most=most,
    )


def unsubscribe(db: Connection, user_id: int, endpoint: str) -> None:
    """Forget a push subscription, if it is the user's."""
    db.execute(
        "DELETE FROM push_subscriptions WHERE user_id = %(user_id)s AND endpoint = %(endpoint)s",
        user_id=user_id,
        endpoint=endpoint,
    )


def note_place(db: Connection, user_id: int, place: Place, recorded_at: datetime) -> None:
    """Keep where a driver is; what was recorded earlier than what is known arrives too late."""
    db.execute(
        """
        INSERT INTO driver_locations AS known
               (user_id, latitude, longitude, accuracy_m, speed_mps, heading_degrees, recorded_at)
        VALUES (%(user_id)s, %(latitude)s, %(longitude)s, %(accuracy)s, %(speed)s, %(heading)s, %(recorded_at)s)
            ON CONFLICT (user_id) DO UPDATE
           SET latitude = excluded.latitude, longitude = excluded.longitude, accuracy_m = excluded.accuracy_m,
               speed_mps = excluded.speed_mps, heading_degrees = excluded.heading_degrees,
               recorded_at = excluded.recorded_at
         WHERE known.recorded_at <= excluded.recorded_at
        """,
        user_id=user_id,
        latitude=place.latitude,
        longitude=place.longitude,
        accuracy=place.accuracy,
        speed=place.speed,
        heading=place.heading,
        recorded_at=recorded_at,
    )


def places(db: Connection, since: datetime) -> list[PlaceRow]:
    """Where the active drivers were last, of those who told since then."""
    return db.fetch(
        PlaceRow,
        """
        SELECT usr.id AS driver_id, usr.username AS driver_name, place.latitude::float8 AS latitude,
               place.longitude::float8 AS longitude, place.accuracy_m AS accuracy, place.speed_mps AS speed,
               place.heading_degrees AS heading, place.recorded_at AS timestamp
          FROM driver_locations place
          JOIN users usr ON usr.id = place.user_id
         WHERE usr.role = 'driver'
           AND usr.is_active
           AND place.recorded_at >= %(since)s
         ORDER BY lower(usr.username), usr.id
         LIMIT 1000
        """,
        since=since,
    )


def forget_places(db: Connection, before: datetime) -> int:
    """Forget where drivers were before then; how many."""
    return db.execute("DELETE FROM driver_locations WHERE recorded_at < %(before)s", before=before)
