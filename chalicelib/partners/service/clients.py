"""API clients: made, changed, rotated, revoked and deleted by admins; the pool is told outside of transactions."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from chalicelib.kit import clock, scopes
from chalicelib.kit.call import Call
from chalicelib.kit.db import transaction
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.events import changes
from chalicelib.kit.job import Job
from chalicelib.kit.settings import settings
from chalicelib.partners import events, pool
from chalicelib.partners.errors import ClientNotFound, ClientRevoked, ExpiryInThePast
from chalicelib.partners.models import clients as models
from chalicelib.partners.queries import clients as queries

CLEARED_AT_ONCE = 50

_UNTOLD = {"credentials", "created_at", "updated_at", "last_used_at", "version", "id", "created_by"}


def listed(call: Call, query: models.ClientsQuery) -> list[models.Client]:
    """The clients, by name."""
    return queries.listed(call.db, query, call.now)


def one(call: Call, client_id: int) -> models.Client:
    """One client."""
    return _there(queries.one(call.db, client_id, call.now))


def vocabulary() -> list[models.ScopeShown]:
    """The scopes that there are."""
    return [models.ScopeShown(scope=scope, description=text) for scope, text in scopes.VOCABULARY.items()]


def create(call: Call, wish: models.NewClient) -> models.ClientMade:
    """Make a client and its first credential."""
    _check_expiry(call, wish)
    with _credential(wish.name, wish.scopes) as made, call.transaction() as db:
        username = re.sub(r"[^A-Za-z0-9]", "", wish.name)[:30] + secrets.token_hex(6)
        client_id = queries.insert(db, wish, username=username, by=call.principal.user_id, now=call.now)
        queries.set_rows(db, client_id, wish.rows)
        queries.add_credential(db, client_id, made.pool_client_id, call.now)
        client = one(call, client_id)
        call.record(
            events.ClientCreated(
                resource_id=client_id, name=client.name, credential=made.pool_client_id, after=_told(client)
            )
        )
    return models.ClientMade(client=client, credential=_secret(made))


@contextmanager
def _credential(name: str, allowed: list[scopes.Scope]) -> Iterator[pool.Made]:
    """A credential in the pool; taken back when what it is for does not come about."""
    made = pool.create(name, allowed)
    try:
        yield made
    except BaseException:
        pool.delete(made.pool_client_id)
        raise


def change(call: Call, client_id: int, wish: models.ClientChange) -> models.Client:
    """Change a client; scopes, rows and plan hold from its next request on."""
    with call.transaction() as db:
        old = _alive(queries.lock(db, client_id, call.now))
        if wish.version is not None and wish.version != old.version:
            raise VersionConflict(version=old.version)
        new = _changed(old, wish)
        if wish.expires_at is not None:
            _check_expiry(call, new)
        queries.update(db, client_id, new)
        if wish.says("rows"):
            queries.set_rows(db, client_id, wish.rows)
        client = one(call, client_id)
        before, after = changes(_told(old), _told(client))
        call.record(events.ClientChanged(resource_id=client_id, name=client.name, before=before, after=after))
    if client.scopes != old.scopes:
        for credential in client.credentials:
            pool.allow(credential.client_id, client.name, client.scopes)
    return client


def _changed(old: models.Client, wish: models.ClientChange) -> models.NewClient:
    """What the client shall be: what was sent, else what it is."""
    kept = old.model_dump(include=set(models.NewClient.model_fields))
    may_be_nothing = {"rows", "expires_at"}
    sent = {
        name: value
        for name, value in wish.model_dump(include=wish.model_fields_set - {"version"}).items()
        if value is not None or name in may_be_nothing
    }
    return models.NewClient.model_validate({**kept, **sent})


def rotate(call: Call, client_id: int, wish: models.Rotation) -> models.ClientMade:
    """Make a new credential; the one before stays good for the overlap, any older one ends at once."""
    with call.transaction(read_only=True):
        before = _alive(one(call, client_id))
    with _credential(before.name, list(before.scopes)) as made, call.transaction() as db:  # type: ignore[arg-type]  # The database holds what the model let in.
        old = _alive(queries.lock(db, client_id, call.now))
        until = call.now + timedelta(hours=wish.overlap_hours)
        queries.end_credentials(db, client_id, newest_until=until, now=call.now)
        queries.add_credential(db, client_id, made.pool_client_id, call.now)
        client = one(call, client_id)
        call.record(
            events.ClientRotated(
                resource_id=client_id,
                name=old.name,
                credential=made.pool_client_id,
                overlap_hours=wish.overlap_hours,
            )
        )
    return models.ClientMade(client=client, credential=_secret(made))


def revoke(call: Call, client_id: int) -> models.Client:
    """Revoke a client: its tokens open nothing from this moment on. Again changes nothing."""
    with call.transaction() as db:
        old = _there(queries.lock(db, client_id, call.now))
        if old.status != "revoked":
            queries.revoke(db, client_id, by=call.principal.user_id, now=call.now)
            ended = [credential.client_id for credential in old.credentials]
            call.record(events.ClientWasRevoked(resource_id=client_id, name=old.name, credentials=ended))
        return one(call, client_id)


def delete(call: Call, client_id: int) -> models.ClientDeleted:
    """Revoke a client and take it out of the lists."""
    with call.transaction() as db:
        old = _there(queries.lock(db, client_id, call.now))
        queries.revoke(db, client_id, by=call.principal.user_id, now=call.now)
        queries.mark_deleted(db, client_id, call.now)
        call.record(events.ClientWasDeleted(resource_id=client_id, name=old.name))
    return models.ClientDeleted(message=f'API client "{old.name}" deleted')


def clear_away() -> dict[str, int]:
    """Delete in the pool what opens nothing any more; how many credentials went."""
    now = clock.now()
    with transaction(read_only=True) as db:
        dead = queries.over(db, now, most=CLEARED_AT_ONCE)
    for pool_client_id in dead:
        pool.delete(pool_client_id)
        with transaction() as db:
            queries.forget(db, pool_client_id)
    return {"cleared": len(dead)}


CLEAR_AWAY = Job("api_clients_clear_away", clear_away)


def _check_expiry(call: Call, wish: models.NewClient) -> None:
    if wish.expires_at is not None and wish.expires_at <= call.now:
        raise ExpiryInThePast


def _told(client: models.Client) -> dict[str, object]:
    return client.model_dump(mode="json", exclude=_UNTOLD)


def _there(client: models.Client | None) -> models.Client:
    if client is None:
        raise ClientNotFound
    return client


def _alive(client: models.Client | None) -> models.Client:
    if _there(client).status == "revoked":
        raise ClientRevoked
    return _there(client)


def _secret(made: pool.Made) -> models.Secret:
    return models.Secret(client_id=made.pool_client_id, client_secret=made.secret, token_url=settings().token_url)
