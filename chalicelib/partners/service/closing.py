"""Giving an endpoint up: it is switched off, the audit trail and an alert tell it, and admins get mail."""

from typing import Final

from chalicelib.kit import aws, clock, logs
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.settings import settings
from chalicelib.partners.events import WebhookGivenUp
from chalicelib.partners.queries import lanes
from chalicelib.partners.queries.lanes import Lane
from chalicelib.partners.rules.targets import TargetRefused, target_of

REASONS: Final = {
    "gone": "it answered 410 Gone",
    "dead": "it has taken nothing for five days",
}


class Work(Call):
    """Work that nobody is signed in for; the audit trail names the webhooks themselves."""

    @property
    def actor(self) -> Actor:
        """The webhooks."""
        return Actor(user_id=None, username="webhooks", role=None, ip=None, user_agent=None, request_id=self.request_id)


def work(name: str) -> Work:
    """A call for a piece of work."""
    return Work(request_id=name, method="WORK", path="webhooks", now=clock.now(), ip="", headers={})


def give_up(lane: Lane, reason: str) -> None:
    """Switch an endpoint off and tell everybody who should know; once."""
    call = work(f"webhook-{lane.webhook_id}")
    told = f"Webhook {lane.webhook_id} to {host_of(lane.url)} was switched off: {REASONS[reason]}."
    with call.transaction() as db:
        if not lanes.give_up(db, lane.webhook_id, reason, call.now):
            return
        lanes.alert(db, told, call.now)
        call.record(WebhookGivenUp(resource_id=lane.webhook_id, url=lane.url, reason=reason))
        addresses = lanes.admins_addresses(db)
    _mail(addresses, told)


def host_of(url: str) -> str:
    """The host alone: a path may hold what only its owner should see."""
    try:
        return target_of(url, loopback=True).host
    except TargetRefused:
        return "a target that is not allowed any more"


def _mail(addresses: list[str], told: str) -> None:
    """Tell admins by mail, where mail is set up; what cannot be sent is in the alert all the same."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    sender = settings().mail_sender
    if sender is None or not addresses:
        return
    text = f"{told}\n\nWhat waits for it is kept. Switch it on again under Webhooks, and replay what it has missed.\n"
    try:
        aws.client("ses").send_email(
            Source=sender,
            Destination={"BccAddresses": addresses},
            Message={"Subject": {"Data": "A webhook was switched off"}, "Body": {"Text": {"Data": text}}},
        )
    except (BotoCoreError, ClientError) as error:
        logs.logger().warning("admins could not be told by mail", cause=type(error).__name__)
