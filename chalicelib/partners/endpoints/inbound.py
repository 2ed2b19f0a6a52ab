"""Partners who deliver to us, for admins: their secrets, what they delivered, and applying it again."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN
from chalicelib.kit.sheet import Sheet
from chalicelib.partners.errors import InboundNameTaken, InboundPartnerNotFound, UnknownAdapter
from chalicelib.partners.models.inbound import (
    DeliveriesQuery,
    InboundDeliveries,
    InboundPartner,
    InboundPartnerWithSecret,
    InboundRotation,
    InboundSwitch,
    NewInboundPartner,
    Replayed,
    ReplayWish,
)
from chalicelib.partners.service import inbound
from chalicelib.telemetry.service import deliveries

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/partners/inbound", roles=[ADMIN])
def list_inbound_partners(call: Call) -> list[InboundPartner]:
    """List the partners who may deliver to us by signed webhooks, by name."""
    return inbound.partners(call)


@endpoint(
    blueprint,
    "POST",
    "/api/partners/inbound",
    roles=[ADMIN],
    refusals=[InboundNameTaken, UnknownAdapter],
    status=201,
    own_transactions=True,
    keeps_answer=False,
    grants=["kms:Encrypt@webhook"],
)
def create_inbound_partner(call: Call, body: NewInboundPartner) -> InboundPartnerWithSecret:
    """Let a partner deliver. The secret is answered this once; deliveries are signed with it by Standard Webhooks."""
    return inbound.create(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/partners/inbound/{name}/secret",
    roles=[ADMIN],
    refusals=[InboundPartnerNotFound],
    own_transactions=True,
    keeps_answer=False,
    grants=["kms:Encrypt@webhook"],
)
def rotate_inbound_secret(call: Call, name: str, body: InboundRotation) -> InboundPartnerWithSecret:
    """Make a new secret, answered this once; the one before is good for the overlap."""
    return inbound.rotate(call, name, body)


@endpoint(blueprint, "PUT", "/api/partners/inbound/{name}", roles=[ADMIN], refusals=[InboundPartnerNotFound])
def switch_inbound_partner(call: Call, name: str, body: InboundSwitch) -> InboundPartner:
    """Take deliveries of a partner, or none from now on."""
    return inbound.switch(call, name, body)


@endpoint(blueprint, "GET", "/api/partners/inbound/deliveries", roles=[ADMIN], sheet=Sheet("deliveries"))
def list_inbound_deliveries(call: Call, query: DeliveriesQuery) -> InboundDeliveries:
    """List what was delivered to us, newest first, with how far it came and what went wrong."""
    return inbound.deliveries(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/partners/inbound/deliveries/replay",
    roles=[ADMIN],
    own_transactions=True,
    grants=[
        "s3:PutObject",
        "kms:GenerateDataKey",
        "s3:GetObject",
        "s3:ListBucket",
        "kms:Decrypt",
        "sqs:SendMessage@telemetry",
    ],
    memory=512,
    timeout=29,
)
def replay_inbound_deliveries(call: Call, body: ReplayWish) -> Replayed:
    """Apply dead deliveries again, by id or all of a partner (a hundred at once). Nothing is applied twice."""
    return deliveries.replay(call, body)
