"""One user at a time: found, locked, changed."""

from datetime import datetime

from chalicelib.identity.rules import Counter
from chalicelib.kit.db import Connection
from chalicelib.kit.roles import Role
from chalicelib.kit.values import value


@value
class User:
    """A row of users."""

    id: int
    username: str
    email: str
    role: Role
    identity_sub: str | None
    legacy_password_hash: str | None
    mfa_enabled: bool
    password_changed_at: datetime
    must_change_password: bool
    is_active: bool
    is_protected: bool
    failed_login_attempts: int
    locked_until: datetime | None
    last_login_at: datetime | None
    deleted_at: datetime | None
    created_at: datetime
    version: int

    @property
    def may_sign_in(self) -> bool:
        """Whether there is anything to check a password against."""
        return self.is_active and self.deleted_at is None and bool(self.identity_sub or self.legacy_password_hash)

    @property
    def counter(self) -> Counter:
        """The wrong passwords so far."""
        return Counter(self.failed_login_attempts, self.locked_until)


_USER = """
        SELECT id, username, email, role, identity_sub, legacy_password_hash, mfa_enabled, password_changed_at,
               must_change_password, is_active, is_protected, failed_login_attempts, locked_until, last_login_at,
               deleted_at, created_at, version
          FROM users
"""


def by_login(db: Connection, login: str) -> User | None:
    """The live user with this username or e-mail, whatever the case (BR-002); locked."""
    return db.fetch_one(
        User,
        _USER
        + """
         WHERE (lower(username) = lower(%(login)s) OR lower(email) = lower(%(login)s))
           AND deleted_at IS NULL
         ORDER BY id
         LIMIT 1
           FOR NO KEY UPDATE
        """,
        login=login,
    )


def by_id(db: Connection, user_id: int) -> User | None:
    """A user, deleted or not."""
    return db.fetch_one(
        User,
        _USER
        + """
         WHERE id = %(user_id)s
           AND NOT is_client
        """,
        user_id=user_id,
    )


def lock(db: Connection, user_id: int) -> User | None:
    """A user, deleted or not; locked."""
    return db.fetch_one(
        User,
        _USER
        + """
         WHERE id = %(user_id)s
           AND NOT is_client
           FOR NO KEY UPDATE
        """,
        user_id=user_id,
    )


def lock_with_admins(db: Connection, user_ids: list[int]) -> list[User]:
    """These users and every active admin, locked in the order of their ids, so that nobody can go at once (BR-031)."""
    return db.fetch(
        User,
        _USER
        + """
         WHERE (id = ANY(%(user_ids)s) AND NOT is_client)
            OR (role = 'admin' AND is_active AND deleted_at IS NULL)
         ORDER BY id
           FOR UPDATE
        """,
        user_ids=user_ids,
    )


def is_taken(db: Connection, username: str, email: str) -> bool:
    """Whether the name is anybody's, or the address a live user's."""
    return bool(
        db.value(
            """
            SELECT EXISTS (SELECT
                             FROM users
                            WHERE lower(username) = lower(%(username)s)
                               OR (lower(email) = lower(%(email)s) AND deleted_at IS NULL))
            """,
            username=username,
            email=email,
        )
    )


def is_email_taken(db: Connection, email: str, *, but: int) -> bool:
    """Whether another live user has the address."""
    return bool(
        db.value(
            """
            SELECT EXISTS (SELECT
                             FROM users
                            WHERE lower(email) = lower(%(email)s)
                              AND deleted_at IS NULL
                              AND id <> %(but)s)
            """,
            email=email,
            but=but,
        )
    )


def insert(
    db: Connection,
    *,
    username: str,
    email: str,
    role: Role,
    identity_sub: str,
    is_active: bool,
    must_change_password: bool,
    now: datetime,
    is_protected: bool = False,
) -> int:
    """Store a new user; the id."""
    return int(
        db.value(
            """
            INSERT INTO users (username, email, role, identity_sub, is_active, is_protected, must_change_password,
                               password_changed_at, created_at, updated_at)
            VALUES (%(username)s, %(email)s, %(role)s, %(identity_sub)s, %(is_active)s, %(is_protected)s,
                    %(must_change_password)s, %(now)s, %(now)s, %(now)s)
            RETURNING id
            """,
            username=username,
            email=email,
            role=role,
            identity_sub=identity_sub,
            is_active=is_active,
            is_protected=is_protected,
            must_change_password=must_change_password,
            now=now,
        )
    )


def has_protected(db: Connection) -> bool:
    """Whether there is a protected admin already."""
    return bool(db.value("SELECT EXISTS (SELECT FROM users WHERE is_protected)"))


@value
class Duty:
    """Something that a user still has to do or to answer for."""

    user_id: int
    kind: str
    id: int
    name: str


def duties(db: Connection, user_ids: list[int]) -> list[Duty]:
    """Open orders that these users drive or created, and live routes that they drive (BR-033, BR-034)."""
    return db.fetch(
        Duty,
        """
        SELECT usr.id AS user_id, 'order' AS kind, service_order.id, service_order.status AS name
          FROM users usr
          JOIN service_orders service_order
            ON usr.id IN (service_order.driver_id, service_order.created_by)
         WHERE usr.id = ANY(%(user_ids)s)
           AND service_order.status IN ('pending', 'in_progress')
         UNION ALL
        SELECT driver_id, 'route', id, name
          FROM routes
         WHERE driver_id = ANY(%(user_ids)s)
           AND deleted_at IS NULL
         ORDER BY user_id, kind, id
        """,
        user_ids=user_ids,
    )
