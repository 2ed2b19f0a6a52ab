"""From the outbox to deliveries: each event in its public form, once, and a delivery to each who is subscribed."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from pydantic import ValidationError

from chalicelib.kit import clock, logs
from chalicelib.kit.db import transaction
from chalicelib.partners.models.published import LARGEST_BODY, AboutDevice, Envelope, Payload, StreamPlace
from chalicelib.partners.queries import published
from chalicelib.partners.queries.published import Happened, Told
from chalicelib.partners.rules.catalogue import BY_TOPIC, PublicEvent
from chalicelib.partners.service import waking

CUTS = ((100, 2000), (20, 500), (3, 100))
"""Items of a list and characters of a text that are kept of what is too large, in the order in which it is tried."""


def fan_out(event_ids: Sequence[str]) -> list[str]:
    """Make the deliveries of these events of the outbox; those that could not be brought into their public form.

    Doing it again changes nothing. What was committed is delivered soon: each webhook that has something new is woken.
    """
    try:
        webhooks, failed = _fanned_out(event_ids)
    except psycopg.DataError:
        # One of them holds what no column can: the others must not fail with it.
        logs.logger().exception("events cannot be fanned out together", events=list(event_ids))
        if len(event_ids) == 1:
            return list(event_ids)
        return [failure for event_id in event_ids for failure in fan_out([event_id])]
    waking.wake_idle(webhooks)
    return failed


def _fanned_out(event_ids: Sequence[str]) -> tuple[list[int], list[str]]:
    with transaction() as db:
        told, failed = _told(published.happened(db, event_ids))
        if not told:
            return [], failed
        published.write(db, told)
        return published.fan_out(db, [event.id for event in told], clock.now()), failed


def _told(events: Sequence[Happened]) -> tuple[list[Told], list[str]]:
    told, failed = [], []
    for event in events:
        public = BY_TOPIC.get(event.topic)
        if public is None:
            continue
        try:
            told.append(in_public(public, event))
        except (ValidationError, KeyError):
            logs.logger().exception("an event does not fit its public form", topic=event.topic, event=event.event_id)
            failed.append(event.event_id)
    return told, failed


def in_public(public: PublicEvent, event: Happened) -> Told:
    """The public form of an event: always the same bytes and the same id, however often it is made."""
    payload = public.facts(event.resource_id, event.payload)
    message_id = str(uuid.uuid5(uuid.UUID(event.event_id), public.name))
    envelope = Envelope(
        id=message_id,
        type=public.name,
        version=public.version,
        timestamp=event.created_at,
        sequence=_place(event),
        devices=[AboutDevice.model_validate(device) for device in event.devices],
        route_ids=list(event.route_ids),
        link=public.link_for(payload),
        data=payload,
    )
    return Told(
        id=message_id,
        name=public.name,
        stream=event.stream,
        stream_number=event.stream_number,
        device_ids=[device.id for device in envelope.devices],
        route_ids=envelope.route_ids,
        admins_only=public.admins_only,
        scope=public.scope,
        body=small(envelope),
        occurred_at=event.created_at,
    )


def _place(event: Happened) -> StreamPlace | None:
    if event.stream is None or event.stream_number is None:
        return None
    return StreamPlace(stream=event.stream, number=event.stream_number)


def small(envelope: Envelope) -> str:
    """The envelope as JSON of at most 20,000 bytes; lists and texts are cut where it would be more."""
    body = envelope.model_dump_json(by_alias=True)
    for items, letters in CUTS:
        if len(body.encode()) <= LARGEST_BODY:
            break
        cut = envelope.model_copy(
            update={
                "is_cut": True,
                "devices": envelope.devices[:items],
                "route_ids": envelope.route_ids[:items],
                "data": _cut(envelope.data, items, letters),
            }
        )
        body = cut.model_dump_json(by_alias=True)
    return body


def _cut(payload: Payload, items: int, letters: int) -> Payload:
    def shorter(fact: Any) -> Any:  # Any: a fact of any kind
        if isinstance(fact, list):
            return [shorter(item) for item in fact[:items]]
        return fact[:letters] if isinstance(fact, str) else fact

    facts: Mapping[str, Any] = {name: shorter(getattr(payload, name)) for name in type(payload).model_fields}
    return payload.model_copy(update=dict(facts))
