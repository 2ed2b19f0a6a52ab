"""Subscribing: webhooks made, changed, switched on and off, given a new secret, ended."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.kit.principal import Principal
from chalicelib.partners.errors import (
    EventClosed,
    TargetNotAllowed,
    TooManyWebhooks,
    UnknownEventType,
    UnknownFilter,
    WebhookNotFound,
)
from chalicelib.partners.events import WebhookChanged, WebhookCreated, WebhookDeleted, WebhookSecretRotated
from chalicelib.partners.models.webhooks import (
    Rotation,
    WebhookBody,
    WebhookChange,
    WebhookDone,
    WebhookShown,
    WebhookWithSecret,
)
from chalicelib.partners.queries import webhooks as queries
from chalicelib.partners.queries.webhooks import Wanted, Webhook
from chalicelib.partners.rules import catalogue
from chalicelib.partners.rules.targets import TargetRefused
from chalicelib.partners.service import secrets, sending, waking


def create(call: Call, body: WebhookBody) -> WebhookWithSecret:
    """Subscribe. The answer holds the secret, which nobody can see again."""
    _refuse_unknown(call.principal, body.event_types)
    _refuse_target(body.url)
    secret = secrets.fresh()
    with call.transaction() as db:
        _refuse_strange_filter(call, body.device_ids, body.route_ids)
        webhook_id = queries.next_id(db)
    sealed = secrets.seal(secret, webhook_id)
    wanted = Wanted(
        url=body.url,
        description=body.description,
        event_types=_once(body.event_types),
        device_ids=sorted(set(body.device_ids)),
        route_ids=sorted(set(body.route_ids)),
    )
    with call.transaction() as db:
        if queries.count(db) >= queries.MOST:
            raise TooManyWebhooks
        queries.insert(db, webhook_id, wanted, sealed, by=call.principal, at=call.now)
        call.record(WebhookCreated(resource_id=webhook_id, url=wanted.url, event_types=wanted.event_types))
        made = _found(call, webhook_id)
    return WebhookWithSecret.model_validate({**vars(made), "secret": secret})


def listing(call: Call) -> list[WebhookShown]:
    """All webhooks."""
    return [WebhookShown.model_validate(one) for one in queries.all_of_them(call.db, call.now, seen_by=call.principal)]


def show(call: Call, webhook_id: int) -> WebhookShown:
    """One webhook."""
    return WebhookShown.model_validate(_found(call, webhook_id))


def change(call: Call, webhook_id: int, body: WebhookChange) -> WebhookShown:
    """Change a webhook; switched on, it goes on with what has waited."""
    if body.event_types is not None:
        _refuse_unknown(call.principal, body.event_types)
    if body.url is not None:
        _refuse_target(body.url)
    with call.transaction() as db:
        if not queries.lock(db, webhook_id, seen_by=call.principal):
            raise WebhookNotFound
        _refuse_strange_filter(call, body.device_ids or (), body.route_ids or ())
        before = _found(call, webhook_id)
        queries.change(db, webhook_id, _changed(before, body))
        if body.enabled is True:
            queries.switch_on(db, webhook_id)
        if body.enabled is False:
            queries.switch_off(db, webhook_id, call.now)
        after = _found(call, webhook_id)
        _record_change(call, before, after)
    if after.enabled:
        waking.wake([webhook_id])
    return WebhookShown.model_validate(after)


def rotate(call: Call, webhook_id: int, body: Rotation) -> WebhookWithSecret:
    """Draw a new secret; for some hours every delivery is signed with both."""
    secret, until = secrets.fresh(), call.now + timedelta(hours=body.overlap_hours)
    sealed = secrets.seal(secret, webhook_id)
    with call.transaction() as db:
        if not queries.lock(db, webhook_id, seen_by=call.principal):
            raise WebhookNotFound
        queries.rotate(db, webhook_id, sealed, until)
        shown = _found(call, webhook_id)
        call.record(WebhookSecretRotated(resource_id=webhook_id, url=shown.url, old_secret_until=until))
    return WebhookWithSecret.model_validate({**vars(shown), "secret": secret})


def delete(call: Call, webhook_id: int) -> WebhookDone:
    """End a webhook; its secrets are erased, and what waits for it is not delivered."""
    if not queries.lock(call.db, webhook_id, seen_by=call.principal):
        raise WebhookNotFound
    gone = _found(call, webhook_id)
    queries.delete(call.db, webhook_id, call.now)
    call.record(WebhookDeleted(resource_id=webhook_id, url=gone.url))
    return WebhookDone()


def _found(call: Call, webhook_id: int) -> Webhook:
    found = queries.one(call.db, webhook_id, call.now, seen_by=call.principal)
    if found is None:
        raise WebhookNotFound
    return found


def _once(event_types: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(event_types))


def _changed(before: Webhook, body: WebhookChange) -> Wanted:
    return Wanted(
        url=before.url if body.url is None else body.url,
        description=before.description if body.description is None else body.description,
        event_types=before.event_types if body.event_types is None else _once(body.event_types),
        device_ids=before.device_ids if body.device_ids is None else sorted(set(body.device_ids)),
        route_ids=before.route_ids if body.route_ids is None else sorted(set(body.route_ids)),
    )


def _record_change(call: Call, before: Webhook, after: Webhook) -> None:
    names = ("url", "description", "event_types", "device_ids", "route_ids", "enabled")
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    if changed:
        call.record(
            WebhookChanged(
                resource_id=after.id,
                url=after.url,
                before={name: getattr(before, name) for name in changed},
                after={name: getattr(after, name) for name in changed},
            )
        )


def _refuse_unknown(caller: Principal, event_types: Sequence[str]) -> None:
    if unknown := [one for one in event_types if not catalogue.is_pattern(one)]:
        raise UnknownEventType(f"The catalogue has no event {unknown[0]}.", unknown=unknown)
    if caller.client_id is None:
        return
    if closed := [one for one in event_types if catalogue.beyond(one, caller.scopes)]:
        raise EventClosed(f"This needs a scope to read what {closed[0]} tells of.", closed=closed)


def _refuse_target(url: str) -> None:
    """Refuse a URL that deliveries must not go to; it looks the host up, so no transaction may be open."""
    try:
        sending.checked_address(sending.checked_target(url))
    except TargetRefused as refusal:
        raise TargetNotAllowed(str(refusal)) from refusal


def _refuse_strange_filter(call: Call, device_ids: Sequence[int], route_ids: Sequence[int]) -> None:
    devices = queries.unknown_devices(call.db, device_ids, seen_by=call.principal) if device_ids else []
    routes = queries.unknown_routes(call.db, route_ids) if route_ids else []
    if devices or routes:
        raise UnknownFilter(deviceIds=devices, routeIds=routes)
