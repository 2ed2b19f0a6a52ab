"""The progress bar is for people: it shows on a terminal and nowhere else."""

import io

from tools.legacy.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_bar_grows_and_is_wiped_away() -> None:
    terminal = Terminal()
    progress = Progress(2, terminal)
    progress.step("users")
    progress.step("sales")
    progress.done()

    shown = terminal.getvalue().split("\r")
    assert shown[1].startswith("[############............] 1/2 users")
    assert shown[2].startswith("[########################] 2/2 sales")
    assert shown[3].strip() == ""


def test_elsewhere_nothing_is_shown() -> None:
    stream = io.StringIO()
    progress = Progress(1, stream)
    progress.step("users")
    progress.done()

    assert stream.getvalue() == ""
