"""A plain progress bar on stderr, shown on a terminal only."""

import sys
from typing import Final, TextIO

_WIDTH: Final = 24


class Progress:
    """`step("sales")` moves the bar on by one of `total` steps; `done()` wipes it away."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self.total, self.at = total, 0
        self.stream = stream or sys.stderr
        self.is_shown = self.stream.isatty()

    def step(self, name: str) -> None:
        self.at += 1
        filled = _WIDTH * self.at // self.total
        self._write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {self.at}/{self.total} {name:<16}")

    def done(self) -> None:
        self._write("\r" + " " * (_WIDTH + 32) + "\r")

    def _write(self, line: str) -> None:
        if self.is_shown:
            self.stream.write(line)
            self.stream.flush()
