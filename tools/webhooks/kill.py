"""`python -m tools.webhooks kill`: relay, fan-out and deliveries are killed in the middle, twice; nothing is lost."""

import random
import time
from collections import Counter
from collections.abc import Callable

from tools.webhooks.receiver import Receiver
from tools.webhooks.system import system

ENDPOINTS = 3
KILLS = 2


def run(events: int) -> bool:
    """Run it and print the figures; whether nothing was lost."""
    with system() as measured, Receiver() as receiver:
        for number in range(ENDPOINTS):
            measured.subscribe(receiver.url(f"/{number}"))
        measured.start_workers()
        for kill in range(KILLS):
            measured.happen(events // KILLS)
            _wait_for_work(receiver, more=events * ENDPOINTS // 10)
            states = _states(measured.count)
            measured.kill_workers()
            print(f"killed in the middle ({kill + 1}): {states}, {len(receiver.arrivals)} arrived", flush=True)
            time.sleep(random.uniform(0.2, 1.0))
            measured.start_workers()
        started = time.monotonic()
        measured.wait_for(
            "SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered'", events * ENDPOINTS, "delivered"
        )
        arrived = Counter((one.path, one.id) for one in receiver.arrivals)
        lost = events * ENDPOINTS - len(arrived)
        print(
            f"all delivered {time.monotonic() - started:.0f} s after the last kill (leases of killed workers run out)"
        )
        twice = arrived.total() - len(arrived)
        print(f"{events} events, {ENDPOINTS} endpoints, {KILLS} kills: {lost} lost, {twice} duplicates")
    return lost == 0


def _wait_for_work(receiver: Receiver, *, more: int) -> None:
    wanted, ends = len(receiver.arrivals) + more, time.monotonic() + 120
    while len(receiver.arrivals) < wanted and time.monotonic() < ends:
        time.sleep(0.005)


def _states(count: Callable[[str], int]) -> str:
    waiting = count("SELECT count(*) FROM outbox WHERE published_at IS NULL AND topic = 'device.updated'")
    leased = count("SELECT count(*) FROM outbox WHERE published_at IS NULL AND leased_until > now()")
    made = count("SELECT count(*) FROM webhook_deliveries")
    open_ = count("SELECT count(*) FROM webhook_deliveries WHERE status = 'pending'")
    return f"{waiting} in the outbox ({leased} leased by the relay), {made} deliveries made, {open_} of them open"
