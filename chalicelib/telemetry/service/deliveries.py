"""Partners' deliveries: stored whole, then unpacked into files; what cannot be unpacked is kept, seen and replayed."""

from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal, Unavailable
from chalicelib.partners import events
from chalicelib.partners.models.inbound import Replayed, ReplayWish, Stored
from chalicelib.partners.service import inbound
from chalicelib.telemetry.adapters import ADAPTERS
from chalicelib.telemetry.models.feeds import Taken, TakenFile
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.service import raw
from chalicelib.telemetry.service.taking import Sender, queue, take

LONGEST_ERROR = 500


def unpack(call: Call, stored: Stored, body: bytes) -> Taken:
    """Make files of a delivery and have them applied; one that was unpacked before is answered, and moves nothing.

    What the adapter cannot understand, and what names a device that is not there, is noted with its reason: it is a
    dead letter, to be replayed. Raises `Unavailable` when the storage is; then the sender, or the sweep, tries again.
    """
    if stored.unpacked_at is not None:
        return _again(call, stored)
    try:
        taken = take(call, Sender("webhook", partner=stored.partner), ADAPTERS[stored.adapter](body))
    except Unavailable:
        raise
    except Refusal as refusal:
        inbound.failed(call, stored.id, f"{refusal.code}: {refusal.sentence}"[:LONGEST_ERROR])
        return Taken(files=[])
    inbound.unpacked(call, stored.id, [file.file_id for file in taken.files])
    return taken


def _again(call: Call, stored: Stored) -> Taken:
    with call.transaction(read_only=True) as db:
        known = files.some(db, stored.file_ids)
    return Taken(
        files=[
            TakenFile(file_id=file.id, filename=file.filename, sha256=file.sha256.hex(), duplicate=True)
            for file in known
        ]
    )


def stored_body(stored: Stored) -> bytes:
    """The raw bytes of a delivery. Raises `Unavailable`."""
    return raw.fetch(raw.key_of(stored.sha256), stored.sha256)


def replay(call: Call, wish: ReplayWish) -> Replayed:
    """Unpack dead deliveries again, and queue their files that are not applied; nothing is applied twice."""
    chosen = inbound.chosen(wish)
    for stored in chosen:
        if stored.unpacked_at is None:
            unpack(call, stored, stored_body(stored))
    with call.transaction() as db:
        waiting = files.begin_anew(db, [file_id for stored in chosen for file_id in stored.file_ids])
        for partner in sorted({stored.partner for stored in chosen}):
            ids = [stored.id for stored in chosen if stored.partner == partner]
            call.record(events.InboundReplayed(resource_id=partner, deliveries=ids))
    queue(waiting)
    return Replayed(replayed=[stored.id for stored in chosen])
