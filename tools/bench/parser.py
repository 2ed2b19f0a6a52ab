"""How fast reads are parsed on one core: `python -m tools.bench.parser [FILE ...]`, else a day of a simulated fleet."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from chalicelib.telemetry.dex import parse

ROUNDS = 25
MACHINES = 24


def main(arguments: list[str]) -> int:
    """Print megabytes and reads a second of processor time, by the best of some rounds."""
    contents = [Path(name).read_bytes() for name in arguments] or _simulated()
    seconds = min(_seconds(contents) for _ in range(ROUNDS))
    size = sum(map(len, contents))
    print(f"{len(contents)} files, {size:,} bytes")
    print(f"{size / seconds / 1e6:.2f} MB/s, {len(contents) / seconds:,.0f} reads/s")
    return 0


def _seconds(contents: list[bytes]) -> float:
    uploaded_at = datetime.now(UTC)
    began = time.process_time()
    for content in contents:
        parse(content, uploaded_at=uploaded_at)
    return time.process_time() - began


def _simulated() -> list[bytes]:
    from tools.simulator.fuzz import BEGAN
    from tools.simulator.life import Course, live

    course = Course(seed=7, began=BEGAN, days=2, faults=frozenset())
    return [live(course, number).reads[0].content for number in range(1, MACHINES + 1)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
