"""`python -m tools.local run | services`: what `make run` and `make services` call."""

import argparse
import sys
from pathlib import Path

from tools.local import run
from tools.local.postgres import PostgresFailed
from tools.local.processes import CannotRun


def main() -> int:
    """Run what the command line asks for; a reason why it cannot be is one sentence, not a traceback."""
    parser = argparse.ArgumentParser(prog="python -m tools.local", description="The local stage.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, purpose in (("run", "serve the API on this machine"), ("services", "serve what the API needs, alone")):
        command = commands.add_parser(name, help=purpose, description=purpose)
        command.add_argument("--legacy", type=Path, help="import this legacy SQLite database instead of the demo fleet")
        if name == "run":
            command.add_argument("--port", type=int, default=run.CHALICE_PORT)
    arguments = parser.parse_args()
    try:
        if arguments.command == "run":
            run.run(port=arguments.port, legacy=arguments.legacy)
        else:
            run.serve_services(legacy=arguments.legacy)
    except (CannotRun, PostgresFailed) as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
