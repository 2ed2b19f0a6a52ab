"""Who is calling: a verified token, its session row and the user row, read anew on each request."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http.cookies import CookieError, SimpleCookie

from chalicelib.kit import rate_limit, tokens
from chalicelib.kit.db import Connection
from chalicelib.kit.db import session as book_keeping
from chalicelib.kit.errors import SessionOver, Unauthenticated
from chalicelib.kit.roles import Role
from chalicelib.kit.values import value

SESSION_COOKIE = "session"
IDLE = timedelta(hours=8)
TOUCH_EVERY = timedelta(minutes=1)

NO_TOKENS = {"", "null", "undefined"}
"""What a page sends as a bearer token when it has none."""


@value
class Principal:
    """A signed-in user or an API client, as the database has them now."""

    user_id: int
    username: str
    role: Role
    session_id: str | None
    must_change_password: bool
    last_activity_at: datetime | None
    client_id: int | None = None
    scopes: frozenset[str] = frozenset()
    devices: tuple[int, ...] | None = None
    """The devices that an API client may reach; None where all are open."""

    @property
    def sight(self) -> dict[str, str | int | list[int] | None]:
        """What a statement binds to keep to the caller's rows: `role`, `user_id` and `devices` (null: no filter).

        A statement that takes `seen_by` binds it whole, and holds to each part: a driver's `role` with `user_id`
        limits routes and orders to the driver's own, `devices` limits everything that belongs to a device.
        """
        devices = None if self.devices is None else list(self.devices)
        return {"role": self.role, "user_id": self.user_id, "devices": devices}

    @property
    def title(self) -> str:
        """What the audit trail calls the kind of caller."""
        return self.role if self.client_id is None else "api_client"


@value
class _SessionRow:
    session_id: str
    user_id: int
    username: str
    role: Role
    identity_sub: str | None
    must_change_password: bool
    usable: bool
    revoked_at: datetime | None
    expires_at: datetime
    absolute_expires_at: datetime
    last_activity_at: datetime
    requests: int


@value
class Credential:
    """A token as it came, and whether a browser sent it by itself."""

    token: str
    is_cookie: bool


def credential(headers: Mapping[str, str]) -> Credential | None:
    """The token of a request: the bearer token if there is one, else the session cookie."""
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer.strip() not in NO_TOKENS:
        return Credential(bearer.strip(), is_cookie=False)
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(SESSION_COOKIE)
    except CookieError:
        return None
    return Credential(morsel.value, is_cookie=True) if morsel and morsel.value else None


def authenticate(db: Connection, presented: tokens.AccessToken, now: datetime) -> Principal:
    """The principal behind a verified token.

    Raises `SessionOver` when the session is unknown, revoked, idle too long (8 h) or too old (24 h), or its user
    was deactivated or deleted (BR-014..016); and `RateLimited` when the user has made too many requests this minute.
    """
    row = db.fetch_one(
        _SessionRow,
        """
        SELECT session.id::text AS session_id, usr.id AS user_id, usr.username, usr.role, usr.identity_sub,
               usr.must_change_password, usr.is_active AND usr.deleted_at IS NULL AS usable,
               session.revoked_at, session.expires_at, session.absolute_expires_at, session.last_activity_at,
               coalesce(spent.hits, 0) AS requests
          FROM sessions session
          JOIN users usr ON usr.id = session.user_id
          LEFT JOIN rate_limits spent ON spent.scope = 'requests' AND spent.subject = usr.id::text
                                     AND spent.window_start = %(minute)s
         WHERE session.token_family = %(family)s
        """,
        family=presented.family,
        minute=rate_limit.minute_of(now),
    )
    if row is None or row.revoked_at or row.identity_sub != presented.subject:
        raise SessionOver
    if not row.usable or now >= min(row.expires_at, row.absolute_expires_at):
        raise SessionOver
    rate_limit.check_requests(row.requests, now)
    return Principal(
        row.user_id, row.username, row.role, row.session_id, row.must_change_password, row.last_activity_at
    )


def touch(principal: Principal, path: str, now: datetime) -> None:
    """Slide the idle limit of a session, at most once a minute (BR-014), outside of the request's transaction."""
    if principal.last_activity_at is None or now - principal.last_activity_at < TOUCH_EVERY:
        return
    with book_keeping(just_used=True) as db:
        db.execute(
            """
            UPDATE sessions
               SET last_activity_at = %(now)s,
                   expires_at = least(%(now)s + %(idle)s, absolute_expires_at),
                   activity_count = activity_count + 1,
                   last_api_endpoint = %(path)s
             WHERE id = %(session_id)s
               AND revoked_at IS NULL
               AND last_activity_at = %(seen)s
            """,
            session_id=principal.session_id,
            seen=principal.last_activity_at,
            path=path,
            now=now,
            idle=IDLE,
        )


def required(presented: Credential | None) -> Credential:
    """The credential, or the refusal for want of one."""
    if presented is None:
        raise Unauthenticated
    return presented
