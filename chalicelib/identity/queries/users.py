"""Users as an admin sees them: lists, what they did, what was done to them, how many there are."""

from datetime import datetime, timedelta

from chalicelib.identity.user_models import (
    AuditEvent,
    RecentActivity,
    UserAction,
    UserCounts,
    UserOrder,
    UserRow,
    UserSearch,
)
from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.values import value

NEWEST_EVENTS = 500
NEWEST_ORDERS = 100

_ROW = """
        SELECT usr.id, usr.username, usr.email, usr.role, usr.is_active, usr.created_at, usr.updated_at,
               usr.last_login_at AS last_login, usr.failed_login_attempts, usr.locked_until,
               usr.deleted_at IS NOT NULL AS is_deleted, usr.deleted_at, usr.deleted_by,
               deleter.username AS deleted_by_username, coalesce(usr.locked_until > %(now)s, false) AS is_locked,
               usr.must_change_password, usr.mfa_enabled, usr.version
          FROM users usr
          LEFT JOIN users deleter ON deleter.id = usr.deleted_by
"""

_COUNT = """
        SELECT count(*)
          FROM users usr
"""

_FOUND = """
         WHERE NOT usr.is_protected
           AND NOT usr.is_client
           AND (%(include_deleted)s OR usr.deleted_at IS NULL)
           AND (%(role)s::text IS NULL OR usr.role = %(role)s)
           AND (%(search)s::text IS NULL
                OR strpos(lower(usr.username), lower(%(search)s)) > 0
                OR strpos(lower(usr.email), lower(%(search)s)) > 0)
           AND CASE %(status)s::text
                    WHEN 'active' THEN usr.is_active
                    WHEN 'inactive' THEN NOT usr.is_active
                    WHEN 'locked' THEN usr.locked_until > %(now)s
                    WHEN 'deleted' THEN usr.deleted_at IS NOT NULL
                    ELSE true
               END
"""


def page(db: Connection, search: UserSearch, now: datetime) -> list[UserRow]:
    """One page of the users that fit, newest first (BR-038)."""
    return db.fetch(
        UserRow,
        _ROW
        + _FOUND
        + """
         ORDER BY usr.created_at DESC, usr.id DESC
         LIMIT %(limit)s
        OFFSET %(offset)s
        """,
        limit=search.size,
        offset=(search.page - 1) * search.size,
        **_filters(search, now),
    )


def count(db: Connection, search: UserSearch, now: datetime) -> int:
    """How many users fit."""
    return int(db.value(_COUNT + _FOUND, **_filters(search, now)))


def _filters(search: UserSearch, now: datetime) -> dict[str, object]:
    return {
        "include_deleted": search.include_deleted,
        "role": search.role,
        "search": search.search,
        "status": search.status,
        "now": now,
    }


def row(db: Connection, user_id: int, *, seen_by: int, now: datetime) -> UserRow | None:
    """One user, deleted or not; a protected one is there for themselves only (BR-032)."""
    return db.fetch_one(
        UserRow,
        _ROW
        + """
         WHERE usr.id = %(user_id)s
           AND NOT usr.is_client
           AND (NOT usr.is_protected OR usr.id = %(seen_by)s)
        """,
        user_id=user_id,
        seen_by=seen_by,
        now=now,
    )


def actions(db: Connection, user_id: int, *, limit: int, offset: int) -> list[UserAction]:
    """What a user did, newest first."""
    return db.fetch(
        UserAction,
        """
        SELECT id, action, resource_type,
               CASE WHEN resource_id ~ '^[0-9]{1,15}$' THEN resource_id::bigint END AS resource_id,
               details::text, host(ip) AS ip_address, at AS created_at
          FROM audit_events
         WHERE actor_id = %(user_id)s
         ORDER BY at DESC, id DESC
         LIMIT %(limit)s
        OFFSET %(offset)s
        """,
        user_id=user_id,
        limit=limit,
        offset=offset,
    )


def count_actions(db: Connection, user_id: int) -> int:
    """How often a user did something."""
    return int(db.value("SELECT count(*) FROM audit_events WHERE actor_id = %(user_id)s", user_id=user_id))


def audit_trail(db: Connection, user_id: int, page: Paged) -> list[AuditEvent]:
    """The newest of what was done to a user."""
    return db.fetch(
        AuditEvent,
        """
        SELECT id, actor_id AS user_id, action, resource_type, %(user_id)s::bigint AS resource_id,
               nullif(jsonb_strip_nulls(coalesce(details, '{}') || jsonb_build_object(
                          'before', before, 'after', after)), '{}')::text AS details,
               host(ip) AS ip_address, at AS created_at, actor_username, outcome
          FROM audit_events
         WHERE resource_type IN ('user', 'user_lifecycle')
           AND resource_id = %(user_id)s::text
         ORDER BY at DESC, id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        user_id=user_id,
        limit=page.limit(NEWEST_EVENTS),
        offset=page.offset,
    )


@value
class SignInEvent:
    """A sign-in, a refused one or a sign-out of a user."""

    action: str
    ip: str | None
    at: datetime
    user_agent: str | None
    reason: str | None


def sign_ins(db: Connection, user_id: int, actions_: list[str], limit: int) -> list[SignInEvent]:
    """The newest sign-ins and sign-outs of a user (US-006)."""
    return db.fetch(
        SignInEvent,
        """
        SELECT action, host(ip) AS ip, at, user_agent, details ->> 'reason' AS reason
          FROM audit_events
         WHERE resource_type = 'user'
           AND resource_id = %(user_id)s::text
           AND action = ANY(%(actions)s)
         ORDER BY at DESC, id DESC
         LIMIT %(limit)s
        """,
        user_id=user_id,
        actions=actions_,
        limit=limit,
    )


def counts(db: Connection) -> UserCounts:
    """How many users there are, without the protected one."""
    found = db.fetch_one(
        UserCounts,
        """
        SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS total,
               count(*) FILTER (WHERE is_active AND deleted_at IS NULL) AS active,
               count(*) FILTER (WHERE NOT is_active AND deleted_at IS NULL) AS inactive,
               count(*) FILTER (WHERE deleted_at IS NOT NULL) AS deleted
          FROM users
         WHERE NOT is_protected
           AND NOT is_client
        """,
    )
    return found or UserCounts(total=0, active=0, inactive=0, deleted=0)


def recent_activity(db: Connection, now: datetime) -> RecentActivity:
    """What became of users in the last 30 days, by the audit trail."""
    found = db.fetch_one(
        RecentActivity,
        """
        SELECT count(*) FILTER (WHERE action = 'user.activated') AS activations,
               count(*) FILTER (WHERE action = 'user.deactivated') AS deactivations,
               count(*) FILTER (WHERE action = 'user.deleted') AS deletions
          FROM audit_events
         WHERE action IN ('user.activated', 'user.deactivated', 'user.deleted')
           AND outcome = 'success'
           AND at > %(since)s
        """,
        since=now - timedelta(days=30),
    )
    return found or RecentActivity(activations=0, deactivations=0, deletions=0)


def orders(db: Connection, user_id: int, page: Paged) -> list[UserOrder]:
    """The newest service orders that a user drives."""
    return db.fetch(
        UserOrder,
        """
        SELECT service_order.id, service_order.status, service_order.created_at, route.name AS route_name
          FROM service_orders service_order
          JOIN routes route ON route.id = service_order.route_id
         WHERE service_order.driver_id = %(user_id)s
         ORDER BY service_order.created_at DESC, service_order.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        user_id=user_id,
        limit=page.limit(NEWEST_ORDERS),
        offset=page.offset,
    )


def count_orders(db: Connection, user_id: int) -> int:
    """How many service orders a user drives."""
    return int(db.value("SELECT count(*) FROM service_orders WHERE driver_id = %(user_id)s", user_id=user_id))
