"""Sessions: opened by a sign-in, found by their family of tokens, ended for a reason."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from chalicelib.identity.rules import ABSOLUTE
from chalicelib.kit.db import Connection
from chalicelib.kit.principal import IDLE
from chalicelib.kit.roles import Role
from chalicelib.kit.values import value

Reason = Literal["logout", "admin", "role_change", "password_change", "deactivated", "deleted", "security"]


def open_session(
    db: Connection, *, user_id: int, family: str, ip: str, user_agent: str, device_type: str, now: datetime
) -> str:
    """Store a session; its public id."""
    return str(
        db.value(
            """
            INSERT INTO sessions (token_family, user_id, created_at, last_activity_at, expires_at, absolute_expires_at,
                                  ip_address, user_agent, device_type)
            VALUES (%(family)s, %(user_id)s, %(now)s, %(now)s, %(now)s + %(idle)s, %(now)s + %(absolute)s,
                    %(ip)s::inet, %(user_agent)s, %(device_type)s)
            RETURNING id
            """,
            family=family,
            user_id=user_id,
            now=now,
            idle=IDLE,
            absolute=ABSOLUTE,
            ip=ip,
            user_agent=user_agent,
            device_type=device_type,
        )
    )


@value
class Session:
    """A session with the name of whose it is."""

    id: str
    user_id: int
    username: str
    role: Role


def end_family(db: Connection, family: str, reason: Reason, now: datetime) -> Session | None:
    """End the session of a family of tokens; None when it was over or never there."""
    return db.fetch_one(
        Session,
        """
        UPDATE sessions session
           SET revoked_at = %(now)s, revoked_by = session.user_id, revoke_reason = %(reason)s
          FROM users usr
         WHERE session.token_family = %(family)s
           AND session.revoked_at IS NULL
           AND usr.id = session.user_id
        RETURNING session.id::text, session.user_id, usr.username, usr.role
        """,
        family=family,
        reason=reason,
        now=now,
    )


def end_one(db: Connection, session_id: UUID, reason: Reason, *, by: int, now: datetime) -> Session | None:
    """End one session by its public id; None when it was over or never there."""
    return db.fetch_one(
        Session,
        """
        UPDATE sessions session
           SET revoked_at = %(now)s, revoked_by = %(by)s, revoke_reason = %(reason)s
          FROM users usr
         WHERE session.id = %(session_id)s
           AND session.revoked_at IS NULL
           AND usr.id = session.user_id
        RETURNING session.id::text, session.user_id, usr.username, usr.role
        """,
        session_id=session_id,
        reason=reason,
        by=by,
        now=now,
    )


def end_all(
    db: Connection, user_ids: list[int], reason: Reason, *, by: int, now: datetime, but: str | None = None
) -> int:
    """End every session of these users, but one; how many there were."""
    return db.execute(
        """
        UPDATE sessions
           SET revoked_at = %(now)s, revoked_by = %(by)s, revoke_reason = %(reason)s
         WHERE user_id = ANY(%(user_ids)s)
           AND revoked_at IS NULL
           AND id::text IS DISTINCT FROM %(but)s
        """,
        user_ids=user_ids,
        reason=reason,
        by=by,
        now=now,
        but=but,
    )


def keep_alive(db: Connection, family: str, subject: str, now: datetime) -> bool:
    """Move the idle limit of a live session whose user may still be here; False when it is over."""
    return bool(
        db.execute(
            """
            UPDATE sessions session
               SET last_activity_at = %(now)s, expires_at = least(%(now)s + %(idle)s, absolute_expires_at)
              FROM users usr
             WHERE session.token_family = %(family)s
               AND session.revoked_at IS NULL
               AND session.expires_at > %(now)s
               AND usr.id = session.user_id
               AND usr.identity_sub = %(subject)s
               AND usr.is_active
               AND usr.deleted_at IS NULL
            """,
            family=family,
            subject=subject,
            now=now,
            idle=IDLE,
        )
    )
