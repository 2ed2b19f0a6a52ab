"""`python -m tools.webhooks listen|proof|sick|kill`: receive deliveries, or measure that they arrive."""

import argparse
import json
import sys
from datetime import UTC, datetime
from threading import Event

from tools.webhooks.receiver import Arrival, Receiver, Reply, verified


def listen(port: int, secret: str | None) -> None:
    """Print what arrives, verified when the secret is known, until Ctrl-C."""

    def heard(arrival: Arrival) -> Reply:
        problem = verified(secret, arrival) if secret else "not verified: no SECRET was given"
        told = {"webhook-id": arrival.id, "verified": problem is None, **({"problem": problem} if problem else {})}
        print(f"{datetime.now(UTC):%H:%M:%S} {arrival.path} {json.dumps(told)}")
        print(_pretty(arrival.body), flush=True)
        return Reply(204 if problem is None or not secret else 400)

    with Receiver(port, heard=heard) as receiver:
        print(f"Listening on {receiver.url()}. Subscribe it with POST /api/webhooks; Ctrl-C ends it.", flush=True)
        try:
            Event().wait()
        except KeyboardInterrupt:
            print()


def _pretty(body: bytes) -> str:
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body.decode(errors="replace")


def main() -> None:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m tools.webhooks", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("listen", help="verify and print what arrives")
    one.add_argument("--port", type=int, default=9000)
    one.add_argument("--secret", help="the webhook's secret, whsec_...")
    one = commands.add_parser("proof", help="published packages verify every delivery, and nothing else")
    one.add_argument("--deliveries", type=int, default=10_000)
    one = commands.add_parser("sick", help="what sick endpoints cost the healthy ones")
    one.add_argument("--events", type=int, default=100)
    one.add_argument("--rounds", type=int, default=3)
    one = commands.add_parser("kill", help="workers killed in the middle lose nothing")
    one.add_argument("--events", type=int, default=2000)
    asked = parser.parse_args()
    if asked.command == "listen":
        listen(asked.port, asked.secret)
        return
    sys.exit(0 if _measured(asked) else 1)


def _measured(asked: argparse.Namespace) -> bool:
    # What measures starts a whole system, and takes seconds to import; who only listens does not wait for it.
    if asked.command == "proof":
        from tools.webhooks import proof

        return proof.run(asked.deliveries)
    if asked.command == "sick":
        from tools.webhooks import sick

        return sick.run(asked.events, asked.rounds)
    from tools.webhooks import kill

    return kill.run(asked.events)


if __name__ == "__main__":
    main()
