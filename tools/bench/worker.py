"""`python -m tools.bench.worker PORT`: the app served as `chalice local` serves it, but without its waiting.

Chalice's server writes an answer's head and its body apart and lets Nagle's algorithm hold the second back until the
first is acknowledged, which costs forty milliseconds of every answer on Linux. Here both are sent at once.
"""

import sys

from chalice.config import Config
from chalice.local import ChaliceRequestHandler, LocalChalice, LocalDevServer

from app import app


class Handler(ChaliceRequestHandler):
    """Chalice's own handler, with its answers buffered and sent without delay."""

    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_: object) -> None:
        """Say nothing of each request on the error output; the app's own line tells more."""


def main() -> None:
    """Serve until stopped."""
    app.__class__ = type("ThreadedApp", (LocalChalice, app.__class__), {})
    LocalDevServer(app, Config.create(), "127.0.0.1", int(sys.argv[1]), Handler).serve_forever()


if __name__ == "__main__":
    main()
