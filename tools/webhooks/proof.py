"""`python -m tools.webhooks proof`: receivers built on the published packages verify every delivery, and nothing else.

A receiver in Python and one in JavaScript get the same events, each signed with the secret of its own webhook. Then
both are sent what they must refuse: changed bodies, old timestamps, foreign signatures, and what came before.
"""

import http.client
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from standardwebhooks.webhooks import Webhook

from chalicelib.partners.service import secrets
from tools.local.processes import free_port
from tools.webhooks import javascript
from tools.webhooks.receiver import Arrival, Receiver, Reply, verified
from tools.webhooks.system import System, system

STEP = 250
FORGED = 200
"""How many of each kind of forgery are sent to each receiver."""

Message = tuple[Mapping[str, str], bytes]


class PythonReceiver:
    """Verifies with the published Python package; refuses what came before."""

    def __init__(self) -> None:
        self.secret = ""
        self.counts: Counter[str] = Counter()
        self._seen: set[str] = set()

    def hear(self, arrival: Arrival) -> Reply:
        """Judge one request."""
        if verified(self.secret, arrival) is not None:
            self.counts["refused"] += 1
            return Reply(400)
        if arrival.id in self._seen:
            self.counts["repeated"] += 1
            return Reply(409)
        self._seen.add(arrival.id)
        self.counts["verified"] += 1
        return Reply(204)


def run(deliveries: int) -> bool:
    """Run it and print the figures; whether all is as it should be."""
    if lacking := javascript.missing():
        print(f"Without JavaScript: {lacking}.")
    with system() as measured, ExitStack() as at_the_end:
        python = PythonReceiver()
        heard = at_the_end.enter_context(Receiver(heard=python.hear))
        made = measured.subscribe(heard.url("/python"))
        python.secret = made.secret
        targets = {"Python": (heard.url("/python"), made.secret)}
        if not lacking:
            port = free_port()
            other = measured.subscribe(f"http://127.0.0.1:{port}/javascript")
            url = at_the_end.enter_context(javascript.receiver(other.secret, port))
            targets["JavaScript"] = (url, other.secret)
        _deliver(measured, deliveries, len(targets))
        counted = {"Python": dict(python.counts)}
        if not lacking:
            counted["JavaScript"] = javascript.counts(targets["JavaScript"][0])
        forged = {name: _forge(name, url, secret, heard.arrivals) for name, (url, secret) in targets.items()}
    return _told(deliveries, counted, forged)


def _deliver(measured: System, deliveries: int, webhooks: int) -> None:
    started = time.monotonic()
    measured.start_workers()
    while measured.events < deliveries:
        measured.happen(min(STEP, deliveries - measured.events))
        # Not too far ahead: the local queue becomes slow when it is long.
        wanted = (measured.events - STEP if measured.events < deliveries else deliveries) * webhooks
        measured.wait_for("SELECT count(*) FROM webhook_deliveries WHERE status = 'delivered'", wanted, "delivered")
    print(f"{deliveries * webhooks} deliveries to {webhooks} receivers in {time.monotonic() - started:.0f} seconds")


def _forge(name: str, url: str, secret: str, arrivals: list[Arrival]) -> dict[str, Counter[int]]:
    """Send forgeries of each kind; the statuses that came back."""
    answers: dict[str, Counter[int]] = {}
    for number, arrival in enumerate(arrivals[:FORGED]):
        for kind, (headers, body) in _forgeries(number, secret, arrival):
            answers.setdefault(kind, Counter())[_post(url, headers, body)] += 1
    print(f"{name}: " + ", ".join(f"{kind} {dict(counts)}" for kind, counts in answers.items()), flush=True)
    return answers


def _forgeries(number: int, secret: str, arrival: Arrival) -> Iterator[tuple[str, Message]]:
    now, body = datetime.now(UTC), arrival.body
    yield "tampered", (_signed(secret, f"t{number}", now, body), body.replace(b"device", b"Device"))
    yield "stale", (_signed(secret, f"s{number}", now - timedelta(minutes=6), body), body)
    yield "from the future", (_signed(secret, f"f{number}", now + timedelta(minutes=6), body), body)
    yield "signed by another", (_signed(secrets.fresh(), f"a{number}", now, body), body)
    yield "under another id", ({**_signed(secret, f"i{number}", now, body), "webhook-id": f"j{number}"}, body)
    yield "unsigned", ({"webhook-id": f"u{number}", "webhook-timestamp": str(int(now.timestamp()))}, body)
    yield "replayed", (_signed(secret, arrival.id, now, body), body)


def _signed(secret: str, message_id: str, moment: datetime, body: bytes) -> dict[str, str]:
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, moment, body.decode()),
    }


def _post(url: str, headers: Mapping[str, str], body: bytes) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("POST", parts.path or "/", body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def _told(
    deliveries: int, counted: Mapping[str, Mapping[str, int]], forged: Mapping[str, Mapping[str, Counter[int]]]
) -> bool:
    good = True
    for name, counts in counted.items():
        verified_part = counts.get("verified", 0) / deliveries
        print(f"{name}: {counts.get('verified', 0)} of {deliveries} verified ({verified_part:.2%}), {dict(counts)}")
        wanted = {kind: {409} if kind == "replayed" else {400} for kind in forged[name]}
        good &= verified_part == 1 and not counts.get("refused")
        good &= all(set(answers) == wanted[kind] for kind, answers in forged[name].items())
    print("All as it should be." if good else "NOT as it should be.", file=sys.stdout if good else sys.stderr)
    return good
