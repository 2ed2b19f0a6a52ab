"""Telemetry by hand: parse FILE ..., diff OLD NEW, verify --month 2026-03, work, storm, bench; each has a --help."""

import argparse
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from tools.telemetry import files

STORM_FAULTS = "reset,swap,clock,column-reset,reader,rescale,changer"
"""What befalls machines, not their reads on the way: the storm itself sees to these."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 1 when what it looked at is not in order."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.run
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.telemetry", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    parse = commands.add_parser("parse", help="parse DEX files and print each read as JSON")
    parse.add_argument("files", nargs="+", type=Path)
    parse.add_argument("--summary", action="store_true", help="print some lines a read instead of all of it as JSON")
    parse.set_defaults(run=files.show)
    diff = commands.add_parser("diff", help="print what was sold between two reads, with status and reason")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.add_argument("--json", action="store_true", help="print the selections as JSON")
    diff.set_defaults(run=files.compare)
    verify = commands.add_parser("verify", help="derive a month's sales from the raw reads and compare the books")
    verify.add_argument("--month", required=True, type=_month, help="as 2026-03")
    verify.set_defaults(run=_verify)
    work = commands.add_parser("work", help="apply the files that wait")
    work.set_defaults(run=_work)
    _add_storm(commands.add_parser("storm", help="deliver reads many times in random order and compare the books"))
    bench = commands.add_parser("bench", help="measure what a read costs on its way to the books")
    bench.add_argument("--reads", type=int, default=400)
    bench.add_argument("--seed", type=int, default=7)
    bench.set_defaults(run=_bench)
    return parser


def _add_storm(storm: argparse.ArgumentParser) -> None:
    storm.add_argument("--reads", type=int, default=10_000)
    storm.add_argument("--times", type=int, default=3, help="how often each read is delivered")
    storm.add_argument("--workers", type=int, default=20, help="senders at once")
    storm.add_argument("--together", type=int, default=3, help="the most reads in one request; every other has one")
    storm.add_argument("--first", type=int, default=1, help="the number of the first of the simulated machines")
    storm.add_argument("--undated", action="store_true", help="do not tell when reads were taken: arrival decides")
    storm.add_argument("--queue-workers", type=int, default=2)
    storm.add_argument("--crashes", type=int, default=0, help="how often a worker is killed and the database crashes")
    storm.add_argument("--seed", type=int, default=7)
    storm.add_argument("--faults", default=STORM_FAULTS, help="all, none, or names with commas between")
    storm.set_defaults(run=_storm)


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month of the calendar has no zone
    except ValueError as error:
        raise argparse.ArgumentTypeError("name a month as 2026-03") from error


def _verify(options: argparse.Namespace) -> int:
    from tools.telemetry import books  # It needs the application, which looking at files does not.

    return books.verify(options)


def _bench(options: argparse.Namespace) -> int:
    from tools.telemetry import bench  # As above.

    return bench.bench(options)


def _storm(options: argparse.Namespace) -> int:
    from tools.simulator.faults import chosen
    from tools.telemetry.storm import run  # As above.

    options.faults = chosen(options.faults)
    return run.storm(options)


def _work(options: argparse.Namespace) -> int:
    from tools.telemetry import books  # As above.

    return books.work(options)


if __name__ == "__main__":
    sys.exit(main())
