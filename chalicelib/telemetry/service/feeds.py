"""Reads that partners and tools send: proven, stored, answered; applied later, exactly once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit import aws, clock, logs
from chalicelib.kit.call import Call
from chalicelib.kit.errors import PayloadTooLarge
from chalicelib.kit.settings import settings
from chalicelib.telemetry.adapters import ADAPTERS
from chalicelib.telemetry.dex.lines import MAX_BYTES
from chalicelib.telemetry.errors import FileNotFound, FileTooLarge, PartnerNotFound, SignatureInvalid
from chalicelib.telemetry.models.feeds import FileRead, FileStatus, SentRead, Taken, TakenFile
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.queries.files import NewFile, StoredFile
from chalicelib.telemetry.service import raw

LARGEST_DELIVERY = 5 * 1024 * 1024
SECRETS_KEPT_SECONDS = 300
ENTRIES_A_BATCH = 10


@dataclass(frozen=True)
class Partner:
    """Who sends: the adapter that understands them and the secrets that they may sign with."""

    adapter: str
    secrets: Sequence[str]


def take_reads(call: Call, sent: Sequence[SentRead]) -> Taken:
    """Store what a signed-in tool sends, and have it applied."""
    return _take(call, sent, source="api", partner=None, received_by=call.principal.user_id)


def take_delivery(call: Call, name: str) -> Taken:
    """Store what a partner's signed webhook delivers, and have it applied."""
    partner = _partner(name, int(clock.now().timestamp()) // SECRETS_KEPT_SECONDS)
    if partner is None or partner.adapter not in ADAPTERS:
        raise PartnerNotFound
    if len(call.raw_body) > LARGEST_DELIVERY:
        raise PayloadTooLarge("A delivery has at most 5 MiB.")
    _prove(call, partner)
    return _take(call, ADAPTERS[partner.adapter](call.raw_body), source="webhook", partner=name, received_by=None)


def _prove(call: Call, partner: Partner) -> None:
    """Whether the raw bytes are signed by the partner; while a secret is changed, by either one."""
    for secret in partner.secrets:
        try:
            Webhook(secret).verify(call.raw_body, dict(call.headers), json_parse=False)
        except (WebhookVerificationError, ValueError):
            continue
        return
    raise SignatureInvalid


@lru_cache(maxsize=64)
def _partner(name: str, _period: int) -> Partner | None:
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


def _take(call: Call, sent: Sequence[SentRead], *, source: str, partner: str | None, received_by: int | None) -> Taken:
    contents = [read.data for read in sent]
    if any(len(content) > MAX_BYTES for content in contents):
        raise FileTooLarge
    new = [
        _new_file(read, content, source=source, partner=partner, received_by=received_by)
        for read, content in zip(sent, contents, strict=True)
    ]
    with call.transaction(read_only=True) as db:
        known = files.known(db, [file.sha256 for file in new])
    # What is stored is never written again: a delivery that comes twice costs no more than two looks.
    raw.keep([content for file, content in zip(new, contents, strict=True) if file.sha256 not in known])
    with call.transaction() as db:
        devices = {read.device_id for read in sent if read.device_id is not None}
        if devices and files.live_devices(db, sorted(devices)) != len(devices):
            raise DeviceNotFound
        stored = files.note(db, new, call.now)
    queue([file.id for file in {file.id: file for file in stored if file.status == "stored"}.values()])
    seen: set[int] = set()
    return Taken(files=[_taken(file, seen) for file in stored])


def _new_file(read: SentRead, content: bytes, *, source: str, partner: str | None, received_by: int | None) -> NewFile:
    sha256 = hashlib.sha256(content).digest()
    return NewFile(
        sha256=sha256,
        filename=read.filename,
        size_bytes=len(content),
        s3_key=raw.key_of(sha256),
        source=source,
        partner=partner,
        device_id=read.device_id,
        received_by=received_by,
    )


def _taken(file: StoredFile, seen: set[int]) -> TakenFile:
    is_again = not file.is_new or file.id in seen
    seen.add(file.id)
    return TakenFile(file_id=file.id, filename=file.filename, sha256=file.sha256.hex(), duplicate=is_again)


def queue(file_ids: Sequence[int]) -> int:
    """Hand files to the queue; how many it took. What it did not take the sweep finds in the database."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    address = settings().telemetry_queue_url
    taken = 0
    for start in range(0, len(file_ids) if address else 0, ENTRIES_A_BATCH):
        batch = file_ids[start : start + ENTRIES_A_BATCH]
        entries = [{"Id": str(file_id), "MessageBody": json.dumps({"fileId": file_id})} for file_id in batch]
        try:
            answer = aws.client("sqs").send_message_batch(QueueUrl=address, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            # The files are stored, which is what the sender was promised; the sweep queues them again.
            logs.logger().warning("files could not be queued", count=len(batch), cause=type(error).__name__)
            continue
        taken += len(answer.get("Successful", []))
    return taken


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
