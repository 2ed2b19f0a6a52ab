"""API clients: programs of partners that call in their own name, within their scopes, rows and plan of requests.

The token only says which credential it is of. Everything that counts is read from the database on each request, so
that revoking, expiring and narrowing take effect at once.
"""

from datetime import UTC, datetime, timedelta
from typing import ClassVar

from chalicelib.kit.budget import Budget
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.kit.errors import Forbidden, RateLimited, SessionOver
from chalicelib.kit.events import Event
from chalicelib.kit.principal import Principal
from chalicelib.kit.roles import MANAGER
from chalicelib.kit.scopes import Rows, Scope
from chalicelib.kit.tokens import ClientToken
from chalicelib.kit.values import value

MINUTE = 60
DAY = 86_400
NOTE_USE_EVERY = timedelta(minutes=1)


class ClosedToClients(Forbidden):
    """403: no scope opens this route to API clients."""

    code = "CLOSED_TO_CLIENTS"
    message = "API clients may not call this."


class ScopeMissing(Forbidden):
    """403: the API client, or its token, lacks the scope of this route."""

    code = "SCOPE_MISSING"
    message = "This needs a scope that the token does not carry."


class NeedsWholeFleet(Forbidden):
    """403: this tells of the whole fleet, and the API client is limited to some rows."""

    code = "NEEDS_WHOLE_FLEET"
    message = "This tells of the whole fleet. Your API client is limited to some routes, locations or devices."


@value(kw_only=True)
class ClientCalled(Event):
    """An API client was let in to call something."""

    action: ClassVar[str] = "api_client.called"
    resource: ClassVar[str] = "endpoint"
    method: str
    credential: str


@value
class _Client:
    id: int
    user_id: int
    name: str
    scopes: list[str]
    is_filtered: bool
    requests_per_minute: int
    requests_per_day: int


_LIVE = """
        SELECT client.id, client.user_id, client.name, client.scopes, client.is_filtered, client.requests_per_minute,
               client.requests_per_day
          FROM api_client_credentials credential
          JOIN api_clients client ON client.id = credential.client_id
         WHERE credential.pool_client_id = %(credential)s
           AND (credential.ends_at IS NULL OR credential.ends_at > %(now)s)
           AND (client.expires_at IS NULL OR client.expires_at > %(now)s)
           AND client.revoked_at IS NULL
"""


def _live(db: Connection, token: ClientToken, now: datetime) -> _Client:
    client = db.fetch_one(_Client, _LIVE, credential=token.credential, now=now)
    if client is None:
        raise SessionOver
    return client


def admit(call: Call, token: ClientToken) -> None:
    """Count a request against its client's plan, note the use, and leave the audit row of the call, all or nothing.

    Runs before the request's own transaction, which may be read only and may be rolled back. Sets `call.budget`.
    Raises `SessionOver` when the client or its credential is revoked or over, `RateLimited` when the plan is spent.
    """
    with call.transaction() as db:
        client = _live(db, token, call.now)
        call.caller = _principal(client, token, None)
        call.budget = _spend(db, client, call.now)
        if call.budget.is_over:
            raise RateLimited(retry_after_seconds=call.budget.reset_seconds)
        _note_use(db, client, token, call.now)
        call.record(ClientCalled(resource_id=call.path, method=call.method, credential=token.credential))


def _spend(db: Connection, client: _Client, now: datetime) -> Budget:
    """Count one request in the present minute and day; what is left of the one that ends the client's patience first.

    Each window is fixed and begins at a multiple of its length. A refused request is not counted, as its transaction is
    rolled back.
    """
    seconds = int(now.timestamp())
    plan = {"api_client_minute": (MINUTE, client.requests_per_minute), "api_client_day": (DAY, client.requests_per_day)}
    begun = {scope: seconds - seconds % length for scope, (length, _) in plan.items()}
    hits = db.fetch(
        _Hits,
        """
        INSERT INTO rate_limits (scope, subject, window_start, hits)
        SELECT scope, %(subject)s, window_start, 1
          FROM unnest(%(scopes)s::text[], %(starts)s::timestamptz[]) AS spent (scope, window_start)
         ORDER BY scope
            ON CONFLICT (scope, subject, window_start) DO UPDATE SET hits = rate_limits.hits + 1
        RETURNING scope, hits
        """,
        subject=str(client.id),
        scopes=list(begun),
        starts=[datetime.fromtimestamp(start, UTC) for start in begun.values()],
    )
    policy = ", ".join(f"{limit};w={length}" for length, limit in plan.values())
    windows = [
        Budget(
            limit=plan[spent.scope][1],
            window_seconds=plan[spent.scope][0],
            used=spent.hits,
            reset_seconds=begun[spent.scope] + plan[spent.scope][0] - seconds,
            policy=policy,
        )
        for spent in hits
    ]
    over = [window for window in windows if window.is_over]
    # Of two spent windows the longer one says when to come back; of two open ones the emptier one is told.
    if over:
        return max(over, key=lambda window: window.reset_seconds)
    return min(windows, key=lambda window: (window.remaining, window.window_seconds))


@value
class _Hits:
    scope: str
    hits: int


def _note_use(db: Connection, client: _Client, token: ClientToken, now: datetime) -> None:
    """Note the last use of the client and of the credential, at most once a minute."""
    db.execute(
        """
        WITH used AS (
            UPDATE api_clients
               SET last_used_at = %(now)s
             WHERE id = %(client_id)s
               AND (last_used_at IS NULL OR last_used_at < %(before)s))
        UPDATE api_client_credentials
           SET last_used_at = %(now)s
         WHERE pool_client_id = %(credential)s
           AND (last_used_at IS NULL OR last_used_at < %(before)s)
        """,
        client_id=client.id,
        credential=token.credential,
        now=now,
        before=now - NOTE_USE_EVERY,
    )


def authenticate(db: Connection, token: ClientToken, now: datetime) -> Principal:
    """The API client behind a verified token, with its rows as they are in this transaction.

    Raises `SessionOver` when the client or its credential is revoked or over.
    """
    client = _live(db, token, now)
    return _principal(client, token, _devices(db, client) if client.is_filtered else None)


def _devices(db: Connection, client: _Client) -> tuple[int, ...]:
    """The devices that a filter lets through: those named, and those on its routes and at its locations."""
    found: list[int] = db.value(
        """
        SELECT coalesce(array_agg(device.id ORDER BY device.id), '{}')
          FROM devices device
         WHERE EXISTS (SELECT
                         FROM api_client_rows allowed
                        WHERE allowed.client_id = %(client_id)s
                          AND (allowed.device_id = device.id
                               OR allowed.route_id = device.route_id
                               OR allowed.location_id = device.location_id))
        """,
        client_id=client.id,
    )
    return tuple(found)


def _principal(client: _Client, token: ClientToken, devices: tuple[int, ...] | None) -> Principal:
    return Principal(
        user_id=client.user_id,
        username=client.name,
        # What a service asks of the role, it asks of people: a client is a driver of nothing and an admin of nothing.
        role=MANAGER,
        session_id=None,
        must_change_password=False,
        last_activity_at=None,
        client_id=client.id,
        scopes=frozenset(client.scopes) & token.scopes,
        devices=devices,
    )


def check(caller: Principal, scope: Scope | None, rows: Rows) -> None:
    """Refuse a route that the caller's scopes do not open, or that goes beyond the caller's rows."""
    if scope is None:
        raise ClosedToClients
    if scope not in caller.scopes:
        raise ScopeMissing(f"This needs the scope {scope}.", scope=scope)
    if rows == "whole" and caller.devices is not None:
        raise NeedsWholeFleet
