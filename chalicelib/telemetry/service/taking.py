"""What is delivered: stored under its own hash, noted, queued, answered; applied later, exactly once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit import aws, logs
from chalicelib.kit.call import Call
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value
from chalicelib.telemetry.dex.lines import MAX_BYTES
from chalicelib.telemetry.errors import FileTooLarge
from chalicelib.telemetry.models.feeds import Delivery, SentRead, Taken, TakenFile
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.queries.files import NewFile, StoredFile
from chalicelib.telemetry.service import happenings, raw

ENTRIES_A_BATCH = 10


@value
class Sender:
    """Who delivers, and by which way in: a partner by webhook, or somebody signed in."""

    source: str
    partner: str | None = None
    user_id: int | None = None

    @property
    def name(self) -> str:
        """What the ids of vends and events are unique under."""
        return f"partner/{self.partner}" if self.partner else f"user/{self.user_id}"


def take(call: Call, sender: Sender, delivery: Delivery) -> Taken:
    """Store what is delivered and have it applied. Vends and events of one delivery are one file."""
    parts = [_read_file(sender, read) for read in delivery.reads]
    if delivery.happenings:
        parts.append(_feed_file(sender, delivery))
    if any(len(content) > MAX_BYTES for _, content in parts):
        raise FileTooLarge
    with call.transaction(read_only=True) as db:
        known = files.known(db, [file.sha256 for file, _ in parts])
    # What is stored is never written again: a delivery that comes twice costs no more than two looks.
    raw.keep([content for file, content in parts if file.sha256 not in known])
    with call.transaction() as db:
        devices = {one.device_id for one in (*delivery.reads, *delivery.happenings) if one.device_id is not None}
        if devices and files.live_devices(db, sorted(devices)) != len(devices):
            raise DeviceNotFound
        stored = files.note(db, [file for file, _ in parts], call.now)
    # A file that comes again while it waits is in the queue already; if it is not, the sweep sees to it.
    queue(sorted({file.id for file in stored if file.is_new}))
    seen: set[int] = set()
    return Taken(files=[_taken(file, seen) for file in stored])


def _read_file(sender: Sender, read: SentRead) -> tuple[NewFile, bytes]:
    file = _file(sender, read.data, kind="dex", filename=read.filename, device_id=read.device_id)
    return replace(file, collected_at=read.collected_at), read.data


def _feed_file(sender: Sender, delivery: Delivery) -> tuple[NewFile, bytes]:
    content = happenings.content_of(sender.name, delivery.happenings)
    return _file(sender, content, kind="feed", filename="feed.json", device_id=None), content


def _file(sender: Sender, content: bytes, *, kind: str, filename: str, device_id: int | None) -> NewFile:
    sha256 = hashlib.sha256(content).digest()
    return NewFile(
        sha256=sha256,
        kind=kind,
        filename=filename,
        size_bytes=len(content),
        s3_key=raw.key_of(sha256),
        source=sender.source,
        partner=sender.partner,
        device_id=device_id,
        received_by=sender.user_id,
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
