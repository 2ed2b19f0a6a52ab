"""`python -m tools.webhooks sick`: what sick endpoints cost the healthy ones, and that nothing is lost.

Five healthy endpoints alone, then the same five beside five that hang, five that answer 500 and five that are gone;
several times in turn. The delay is from the moment of the event to its arrival. At the end the sick ones recover, and
get what they missed.
"""

import json
from collections import Counter, defaultdict
from datetime import datetime
from statistics import median
from time import sleep

from tools.webhooks.receiver import HANG_SECONDS, Arrival, Receiver, Reply
from tools.webhooks.system import System, system

OF_EACH = 5
SICK = {
    "hanging": Reply(after_seconds=HANG_SECONDS),
    "answering 500": Reply(500, body=b"out of order"),
    "gone": Reply(410),
}
PAUSE_SECONDS = 0.2
"""Between two transactions of two events each."""


def run(events: int, rounds: int) -> bool:
    """Run it and print the figures; whether nothing was lost."""
    with system() as measured, Receiver() as receiver:
        healthy = [measured.subscribe(receiver.url(f"/healthy/{number}")).id for number in range(OF_EACH)]
        measured.start_workers()
        measured.happen(20)
        _all_delivered(measured, healthy)
        sick: dict[str, list[int]] = {}
        figures: dict[str, list[float]] = defaultdict(list)
        for _ in range(rounds):
            _switch(measured, [one for ids in sick.values() for one in ids], on=False)
            figures["without the sick"] += _round(measured, receiver, healthy, events)
            sick = sick or _fall_ill(measured, receiver)
            _switch(measured, [one for ids in sick.values() for one in ids], on=True)
            figures["with the sick"] += _round(measured, receiver, healthy, events)
        made = {kind: _waiting(measured, ids) for kind, ids in sick.items()}
        _recover(measured, receiver, sick)
        return _told(measured, receiver, figures, made)


def _fall_ill(measured: System, receiver: Receiver) -> dict[str, list[int]]:
    ill: dict[str, list[int]] = {}
    for kind, reply in SICK.items():
        paths = [f"/{kind.replace(' ', '-')}/{number}" for number in range(OF_EACH)]
        receiver.replies.update(dict.fromkeys(paths, reply))
        ill[kind] = [measured.subscribe(receiver.url(path)).id for path in paths]
    return ill


def _switch(measured: System, webhooks: list[int], *, on: bool) -> None:
    for webhook_id in webhooks:
        measured.switch_on(webhook_id) if on else measured.switch_off(webhook_id)


def _round(measured: System, receiver: Receiver, healthy: list[int], events: int) -> list[float]:
    """Let events happen, a few at a time; the delays of the healthy ones in seconds."""
    before = len(receiver.arrivals)
    for _ in range(events // 2):
        measured.happen(2, a_transaction=2)
        sleep(PAUSE_SECONDS)
    _all_delivered(measured, healthy)
    return [_delay(arrival) for arrival in receiver.arrivals[before:] if arrival.path.startswith("/healthy/")]


def _delay(arrival: Arrival) -> float:
    return arrival.at - datetime.fromisoformat(json.loads(arrival.body)["timestamp"]).timestamp()


def _all_delivered(measured: System, webhooks: list[int]) -> None:
    measured.wait_for(
        "SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered' AND endpoint_id <= "  # noqa: S608 - our ids
        f"{max(webhooks)}",
        measured.events * len(webhooks),
        "delivered to the healthy",
    )


def _waiting(measured: System, webhooks: list[int]) -> dict[str, int]:
    chosen = f"endpoint_id BETWEEN {min(webhooks)} AND {max(webhooks)}"
    return {
        "waiting": measured.count(f"SELECT count(*) FROM webhook_deliveries WHERE status <> 'delivered' AND {chosen}"),  # noqa: S608 - our ids
        "attempts": measured.count(
            "SELECT count(*) FROM webhook_attempts attempt JOIN webhook_deliveries delivery"  # noqa: S608 - our ids
            f" ON delivery.id = attempt.delivery_id WHERE {chosen}"
        ),
        "switched off": measured.count(
            f"SELECT count(*) FROM webhook_endpoints WHERE disabled_at IS NOT NULL AND id BETWEEN {min(webhooks)}"  # noqa: S608 - our ids
            f" AND {max(webhooks)}"
        ),
    }


def _recover(measured: System, receiver: Receiver, sick: dict[str, list[int]]) -> None:
    """Let the sick ones answer again and have them get what they missed."""
    receiver.replies.clear()
    for webhook_id in [one for ids in sick.values() for one in ids]:
        measured.switch_on(webhook_id)
        measured.replay_missing(webhook_id)
    measured.wait_for(
        "SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered'",
        measured.events * OF_EACH * (1 + len(SICK)),
        "delivered to all",
    )


def _told(
    measured: System, receiver: Receiver, figures: dict[str, list[float]], made: dict[str, dict[str, int]]
) -> bool:
    for name, delays in figures.items():
        print(
            f"{name}: {len(delays)} deliveries, median {median(delays):.2f} s, p99 {_p99(delays):.2f} s,"
            f" longest {max(delays):.2f} s"
        )
    print(f"p99 with / without the sick: {_p99(figures['with the sick']) / _p99(figures['without the sick']):.2f}")
    for kind, counts in made.items():
        print(f"{kind}: {counts}")
    healthy = Counter((one.path, one.id) for one in receiver.arrivals if one.path.startswith("/healthy/"))
    arrived = Counter((one.path, one.id) for one in receiver.arrivals)
    lost = measured.events * OF_EACH * (1 + len(SICK)) - len(arrived)
    print(
        f"{measured.events} events for {OF_EACH * (1 + len(SICK))} endpoints, after all have recovered: {lost} lost;"
        f" {healthy.total() - len(healthy)} duplicates at the healthy ones"
    )
    return lost == 0


def _p99(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
