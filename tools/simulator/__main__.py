"""Simulate a fleet, check what the interval engine books against the truth of one, or fuzz the engine."""

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path

from tools.simulator.check import check
from tools.simulator.faults import chosen
from tools.simulator.feed import write_fleet
from tools.simulator.fuzz import BEGAN, fuzz
from tools.simulator.life import Course


def main(arguments: list[str] | None = None) -> int:
    """Without a command, write a fleet to `--out`; with `check` or `fuzz`, print what was found; 1 when it is amiss."""
    options = _parser().parse_args(arguments)
    if options.command == "fuzz":
        report = fuzz(options.seed, seconds=options.seconds, most=options.inputs)
        print("\n".join(report.lines()))
        return 1 if report.findings else 0
    course = Course(
        seed=options.seed,
        began=BEGAN,
        days=options.days,
        faults=options.faults,
        every=timedelta(hours=options.interval_hours),
    )
    began = time.monotonic()
    if options.command == "check":
        result = check(course, options.machines, jobs=options.jobs, is_dated=options.dated)
        print("\n".join(result.lines()))
        print(f"{time.monotonic() - began:.0f} seconds")
        return 0 if result.is_exact else 1
    if options.out is None:
        print("--out DIR says where to write", file=sys.stderr)
        return 2
    written = write_fleet(course, options.machines, options.out)
    print(f"{written} DEX files of {options.machines} machines in {options.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.simulator", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("write", "check", "fuzz"), default="write")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--machines", type=int, default=500)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--faults", type=chosen, default="all", help="all, none, or names with commas between")
    parser.add_argument("--interval-hours", type=float, default=24)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--seconds", type=float, default=60, help="how long to fuzz, by the processor's time")
    parser.add_argument("--inputs", type=int, help="how many inputs to fuzz with at most")
    parser.add_argument("--dated", action="store_true", help="check as if senders told when reads were taken")
    parser.add_argument("--jobs", type=int, default=2, help="processes of a check")
    return parser


if __name__ == "__main__":
    sys.exit(main())
