"""Reads, vends and events that partners and tools send."""

from chalice.app import Blueprint

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import PayloadTooLarge
from chalicelib.kit.roles import ADMIN, MANAGER, PUBLIC
from chalicelib.partners.errors import MessageIdReused
from chalicelib.telemetry.errors import FileNotFound, FileTooLarge, PartnerNotFound, SignatureInvalid
from chalicelib.telemetry.models.feeds import FileStatus, SentHappenings, SentReads, Taken
from chalicelib.telemetry.service import feeds

blueprint = Blueprint(__name__)

STORES = ("s3:PutObject", "kms:GenerateDataKey", "sqs:SendMessage@telemetry")


@endpoint(
    blueprint,
    "POST",
    "/api/telemetry/reads",
    roles=[ADMIN, MANAGER],
    refusals=[FileTooLarge, DeviceNotFound],
    status=202,
    own_transactions=True,
    largest_body=feeds.LARGEST_DELIVERY,
    grants=STORES,
    memory=512,
    timeout=29,
    scope="reads:write",
)
def send_reads(call: Call, body: SentReads) -> Taken:
    """Send one DEX file, or many under `reads`.

    202: they are stored, and will be applied; `/api/telemetry/files/{id}` tells how it went. The same content again is
    a duplicate and changes nothing.
    """
    return feeds.take_reads(call, body.reads)


@endpoint(
    blueprint,
    "POST",
    "/api/telemetry/events",
    roles=[ADMIN, MANAGER],
    refusals=[FileTooLarge, DeviceNotFound],
    status=202,
    own_transactions=True,
    largest_body=feeds.LARGEST_DELIVERY,
    grants=STORES,
    memory=512,
    timeout=29,
)
def send_happenings(call: Call, body: SentHappenings) -> Taken:
    """Send vends and events as machines tell them at once.

    A vend is a sale from now on, provisional until a read of its machine covers it: then what the read says counts, and
    nothing counts twice. Each is known by its sender and its `id`; the same one again changes nothing.
    """
    return feeds.take_happenings(call, body.events)


@endpoint(
    blueprint,
    "POST",
    "/api/telemetry/webhooks/{partner}",
    roles=PUBLIC,
    refusals=[PartnerNotFound, SignatureInvalid, MessageIdReused, PayloadTooLarge],
    status=202,
    own_transactions=True,
    grants=(*STORES, "secretsmanager:GetSecretValue@partner-*", "kms:Decrypt@webhook"),
    memory=512,
    timeout=29,
)
def receive_delivery(call: Call, partner: str) -> Taken:
    """Take a partner's delivery, signed by Standard Webhooks.

    The signature is proven on the raw bytes, within five minutes; then the delivery is stored and answered with 202.
    The same `webhook-id` again changes nothing. What cannot be understood is kept for an admin to see and to replay.
    """
    return feeds.take_delivery(call, partner)


@endpoint(
    blueprint,
    "GET",
    "/api/telemetry/files/{file_id}",
    roles=[ADMIN, MANAGER],
    refusals=[FileNotFound],
    scope="reads:read",
)
def show_file(call: Call, file_id: int) -> FileStatus:
    """Show how far a sent file has come, and which reads it brought."""
    return feeds.status(call, file_id)
