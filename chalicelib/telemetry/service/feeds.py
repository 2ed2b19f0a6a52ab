"""Reads, vends and events that partners and tools send: proven, and taken."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from chalicelib.kit import aws, clock
from chalicelib.kit.call import Call
from chalicelib.kit.errors import PayloadTooLarge
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value
from chalicelib.partners.service import inbound
from chalicelib.telemetry.adapters import ADAPTERS
from chalicelib.telemetry.errors import FileNotFound, PartnerNotFound, SignatureInvalid
from chalicelib.telemetry.models.feeds import (
    Delivery,
    FileRead,
    FileStatus,
    SentEvent,
    SentRead,
    SentVend,
    Taken,
)
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.service import deliveries, raw
from chalicelib.telemetry.service.taking import Sender, take

LARGEST_DELIVERY = 5 * 1024 * 1024
SECRETS_KEPT_SECONDS = 300


@value
class Partner:
    """Who sends: the adapter that understands them and the secrets that they may sign with."""

    adapter: str
    secrets: Sequence[str]


def take_reads(call: Call, sent: Sequence[SentRead]) -> Taken:
    """Store reads that a signed-in tool sends, and have them applied."""
    return take(call, Sender("api", user_id=call.principal.user_id), Delivery(reads=sent))


def take_happenings(call: Call, sent: Sequence[SentVend | SentEvent]) -> Taken:
    """Store vends and events that a signed-in tool sends, and have them applied."""
    return take(call, Sender("api", user_id=call.principal.user_id), Delivery(happenings=sent))


def take_delivery(call: Call, name: str) -> Taken:
    """Store what a partner's signed webhook delivers, then have it applied.

    A delivery is known by the id that its sender gave it: the same one again is answered and moves nothing.
    """
    adapter, secrets = _partner(call, name)
    if len(call.raw_body) > LARGEST_DELIVERY:
        raise PayloadTooLarge("A delivery has at most 5 MiB.")
    if not inbound.is_proven(call, secrets):
        raise SignatureInvalid
    raw.keep([call.raw_body])
    return deliveries.unpack(call, inbound.note(call, name, adapter), call.raw_body)


def _partner(call: Call, name: str) -> tuple[str, Sequence[str]]:
    """The adapter of a partner and the secrets that hold now: of an admin's making, else made by hand."""
    known = inbound.keys(call, name)
    if known is None:
        by_hand = _partner_by_hand(name, int(clock.now().timestamp()) // SECRETS_KEPT_SECONDS)
        known = (by_hand.adapter, by_hand.secrets) if by_hand else None
    if known is None or known[0] not in ADAPTERS:
        raise PartnerNotFound
    return known


@lru_cache(maxsize=64)
def _partner_by_hand(name: str, _period: int) -> Partner | None:
    """A partner, out of Secrets Manager: `{"adapter": "generic", "secrets": ["whsec_..."]}`; looked up now and then."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    if not name.replace("-", "").isalnum() or len(name) > 40 or not name.isascii():
        return None
    try:
        stored = aws.client("secretsmanager").get_secret_value(SecretId=f"cvd-{settings().stage}-partner-{name}")
    except ClientError as error:
        if aws.error_code(error) == "ResourceNotFoundException":
            return None
        raise aws.unreachable(error) from error
    except BotoCoreError as error:
        raise aws.unreachable(error) from error
    told: dict[str, Any] = json.loads(stored["SecretString"])
    return Partner(adapter=str(told["adapter"]), secrets=tuple(told["secrets"]))


def status(call: Call, file_id: int) -> FileStatus:
    """How far a file has come, and which reads it brought."""
    file = files.one(call.db, file_id)
    if file is None:
        raise FileNotFound
    return FileStatus(
        file_id=file.id,
        filename=file.filename,
        sha256=file.sha256.hex(),
        status="applied" if file.applied_at else "stored",
        received_at=file.received_at,
        applied_at=file.applied_at,
        attempts=file.attempts,
        reads=[FileRead.model_validate(read, from_attributes=True) for read in files.reads_of(call.db, file_id)],
    )
