"""Partners who deliver to us: made, rotated and switched by admins; their signatures proven, their deliveries noted."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chalicelib.kit import db
from chalicelib.kit.call import Call
from chalicelib.partners import events
from chalicelib.partners.errors import InboundPartnerNotFound, MessageIdReused, UnknownAdapter
from chalicelib.partners.models import inbound as models
from chalicelib.partners.queries import inbound as queries
from chalicelib.partners.queries.inbound import Keys
from chalicelib.partners.service import secrets
from chalicelib.telemetry.adapters import ADAPTERS

LONGEST_MESSAGE_ID = 200
MESSAGE_ID = "webhook-id"


def partners(call: Call) -> list[models.InboundPartner]:
    """All partners, by name."""
    return queries.partners(call.db)


def create(call: Call, wish: models.NewInboundPartner) -> models.InboundPartnerWithSecret:
    """Let somebody deliver. The secret is told this once."""
    if wish.adapter not in ADAPTERS:
        raise UnknownAdapter(adapters=sorted(ADAPTERS))
    secret = secrets.fresh()
    sealed = secrets.seal(secret, _sealed_for(wish.name))
    with call.transaction() as connection:
        queries.insert(connection, wish.name, wish.adapter, sealed, by=call.principal.user_id, now=call.now)
        call.record(events.InboundPartnerCreated(resource_id=wish.name, adapter=wish.adapter))
        return models.InboundPartnerWithSecret(partner=_partner(call, wish.name), secret=secret)


def rotate(call: Call, name: str, wish: models.InboundRotation) -> models.InboundPartnerWithSecret:
    """Make a new secret; the one before is good for the overlap."""
    secret, until = secrets.fresh(), call.now + timedelta(hours=wish.overlap_hours)
    sealed = secrets.seal(secret, _sealed_for(name))
    with call.transaction() as connection:
        if not queries.rotate(connection, name, sealed, until=until):
            raise InboundPartnerNotFound
        call.record(events.InboundSecretRotated(resource_id=name, old_secret_until=until))
        return models.InboundPartnerWithSecret(partner=_partner(call, name), secret=secret)


def switch(call: Call, name: str, wish: models.InboundSwitch) -> models.InboundPartner:
    """Take deliveries of a partner, or none."""
    if not queries.switch(call.db, name, enabled=wish.enabled, now=call.now):
        raise InboundPartnerNotFound
    call.record(events.InboundPartnerSwitched(resource_id=name, enabled=wish.enabled))
    return _partner(call, name)


def deliveries(call: Call, query: models.DeliveriesQuery) -> models.InboundDeliveries:
    """A page of what was delivered."""
    return models.InboundDeliveries(deliveries=queries.deliveries(call.db, query), total=queries.count(call.db, query))


def keys(call: Call, name: str) -> tuple[str, Sequence[str]] | None:
    """The adapter of a partner and the secrets that hold now, none of one that is switched off; None for a stranger."""
    with call.transaction(read_only=True) as connection:
        found = queries.keys(connection, name)
    if found is None:
        return None
    sealed = [] if found.disabled_at else _good(call, found)
    return found.adapter, [secrets.opened(one, _sealed_for(name)) for one in sealed]


def _good(call: Call, found: Keys) -> list[bytes]:
    is_old_good = found.old_secret_until is not None and found.old_secret_until > call.now
    return [found.secret_sealed, *([found.old_secret_sealed] if found.old_secret_sealed and is_old_good else [])]


def is_proven(call: Call, with_secrets: Sequence[str]) -> bool:
    """Whether the raw bytes are signed with one of the secrets, at most five minutes ago or ahead."""
    if not 0 < len(call.headers.get(MESSAGE_ID, "")) <= LONGEST_MESSAGE_ID:
        return False
    for secret in with_secrets:
        try:
            Webhook(secret).verify(call.raw_body, dict(call.headers), json_parse=False)
        except (WebhookVerificationError, ValueError):
            continue
        return True
    return False


def note(call: Call, partner: str, adapter: str) -> models.Stored:
    """Note a proven delivery whose bytes are stored. Raises `MessageIdReused` when its id came with other bytes."""
    sha256 = hashlib.sha256(call.raw_body).digest()
    with call.transaction() as connection:
        stored = queries.store(
            connection,
            partner=partner,
            message_id=call.headers[MESSAGE_ID],
            adapter=adapter,
            sha256=sha256,
            size=len(call.raw_body),
            now=call.now,
        )
    if stored.sha256 != sha256:
        raise MessageIdReused
    return stored


def unpacked(call: Call, delivery_id: int, file_ids: Sequence[int]) -> None:
    """Note that a delivery has become files."""
    with call.transaction() as connection:
        queries.unpacked(connection, delivery_id, file_ids, call.now)


def failed(call: Call, delivery_id: int, error: str) -> None:
    """Note that a delivery is dead, and why."""
    with call.transaction() as connection:
        queries.failed(connection, delivery_id, error)


def chosen(wish: models.ReplayWish) -> list[models.Stored]:
    """The deliveries that are to be applied again."""
    with db.transaction(read_only=True) as connection:
        ids = wish.ids or []
        if wish.dead_of is not None:
            dead = models.DeliveriesQuery(partner=wish.dead_of, status="dead", per_page=models.MOST_REPLAYED)
            ids = [one.id for one in queries.deliveries(connection, dead)]
        return queries.some(connection, ids)


def left_lying(*, before: datetime, most: int) -> list[models.Stored]:
    """The deliveries that were stored and never looked at again."""
    with db.transaction(read_only=True) as connection:
        return queries.some(connection, queries.left_lying(connection, before=before, most=most))


def _partner(call: Call, name: str) -> models.InboundPartner:
    found = queries.partner(call.db, name)
    if found is None:
        raise InboundPartnerNotFound
    return found


def _sealed_for(name: str) -> str:
    return f"inbound-{name}"
