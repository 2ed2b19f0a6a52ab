"""Delivering to one webhook: one worker at a time, a few requests at once, none while it rests.

A webhook that hangs or fails costs its own worker alone. What a killed worker had not noted is delivered again.
"""

import random
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from standardwebhooks.webhooks import Webhook

from chalicelib.kit import clock, logs
from chalicelib.kit.db import transaction
from chalicelib.partners.queries import lanes
from chalicelib.partners.queries.lanes import Due, Lane, Mood, Settled
from chalicelib.partners.rules import retries
from chalicelib.partners.rules.retries import Attempt
from chalicelib.partners.service import closing, secrets, sending, waking

WAVE = 8
"""Requests to one webhook at once; one alone while it is not known to answer again."""

LEASE = timedelta(seconds=60)
"""How long a worker that was killed keeps its webhook from others; kept longer with every wave."""

LONGEST_WORK_SECONDS = 40.0
USER_AGENT = "CVD-Webhooks/1"


def work(webhook_id: int) -> int:
    """Deliver what is due to a webhook, for 40 seconds at most; how many attempts were made.

    Nothing is done when somebody else is at work on it, when it rests or is switched off. Afterwards it is woken again
    for what is due next: also for what came in just before the lease was given back.
    """
    lease = str(uuid.uuid4())
    with transaction() as db:
        now = clock.now()
        lane = lanes.take(db, webhook_id, lease, now=now, until=now + LEASE)
    if lane is None:
        return 0
    try:
        made = _deliver(lane, lease)
    finally:
        with transaction() as db:
            lanes.give_back(db, webhook_id, lease)
    with transaction(read_only=True) as db:
        again = lanes.next_due(db, webhook_id, clock.now())
    if again is not None:
        waking.wake_at(webhook_id, again)
    return made


def _deliver(lane: Lane, lease: str) -> int:
    signers = _signers(lane)
    mood = Mood(lane.failed_waves, lane.failing_since, None)
    ends, made = time.monotonic() + LONGEST_WORK_SECONDS, 0
    with ThreadPoolExecutor(WAVE, thread_name_prefix="webhook") as senders:
        while time.monotonic() < ends:
            with transaction(read_only=True) as db:
                wave = lanes.due(db, lane.webhook_id, now=clock.now(), most=1 if mood.failed_waves else WAVE)
            if not wave:
                break
            attempts = list(senders.map(lambda one: _send(lane.url, one, signers), wave))
            mood = _mood(mood, attempts)
            is_mine = _settle(lane, lease, mood, list(zip(wave, attempts, strict=True)))
            made += len(wave)
            if mood.rest_until is not None or not is_mine:
                break
    return made


def _signers(lane: Lane) -> list[Webhook]:
    """The newest secret first; the old one signs as well as long as it is in use."""
    sealed = [one for one in (lane.secret_sealed, lane.old_secret_sealed) if one is not None]
    return [Webhook(secrets.opened(bytes(one), lane.webhook_id)) for one in sealed]


def _send(url: str, due: Due, signers: Sequence[Webhook]) -> Attempt:
    now = clock.now()
    signatures = " ".join(signer.sign(due.event_id, now, due.body) for signer in signers)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "webhook-id": due.event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signatures,
    }
    return sending.post(url, due.body.encode(), headers)


def _mood(before: Mood, attempts: Sequence[Attempt]) -> Mood:
    """How the endpoint answers after a wave: well if it took anything; else it rests, for longer each time."""
    now = clock.now()
    asked = max((wait for one in attempts if (wait := retries.asked_to_wait(one))), default=None)
    if any(attempt.succeeded for attempt in attempts):
        return Mood(0, None, None if asked is None else now + asked)
    failed = before.failed_waves + 1
    pause = max(retries.rest(failed, chance=random.random()), asked or timedelta())  # noqa: S311 - jitter
    return Mood(failed, before.failing_since or min(attempt.at for attempt in attempts), now + pause)


def _settle(lane: Lane, lease: str, mood: Mood, wave: Sequence[tuple[Due, Attempt]]) -> bool:
    """Note what came of a wave; whether the lease is still this worker's."""
    settled = [
        Settled(
            due,
            attempt,
            retries.verdict(attempt, made_before=due.attempts, chance=random.random()),  # noqa: S311 - jitter
        )
        for due, attempt in wave
    ]
    now = clock.now()
    with transaction() as db:
        lanes.settle(db, settled)
        is_mine = lanes.keep(db, lane.webhook_id, lease, mood, now=now, until=now + LEASE)
    _count(lane, settled)
    if any(attempt.status == retries.GONE for _, attempt in wave):
        closing.give_up(lane, "gone")
    elif retries.is_given_up(mood.failing_since, now):
        closing.give_up(lane, "dead")
    return is_mine


def _count(lane: Lane, settled: Sequence[Settled]) -> None:
    """Tell how a wave went, as a metric: the dashboard and its alarms read these names (.chalice/monitoring.yaml)."""
    counts = {
        "delivery_attempts": len(settled),
        "failed_attempts": sum(not one.attempt.succeeded for one in settled),
        "failed_deliveries": sum(one.verdict.status == "failed" for one in settled),
    }
    logs.counted("deliveries", counts, webhook_id=lane.webhook_id)
