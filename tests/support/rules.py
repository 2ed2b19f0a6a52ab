"""`pytest --rules`: which rule of the specification is proven by which tests."""

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest

_tests_of = pytest.StashKey[dict[str, list[str]]]()


def add_option(parser: pytest.Parser) -> None:
    """Add `--rules`; with `--collect-only` nothing is run."""
    parser.addoption("--rules", action="store_true", help="list each rule of the specification with its tests")


def collect(config: pytest.Config, items: Iterable[pytest.Item]) -> None:
    """Note the rules that each collected test is marked with."""
    tests = config.stash.setdefault(_tests_of, defaultdict(list))
    for item in items:
        for marker in item.iter_markers("rule"):
            for rule in marker.args:
                tests[rule].append(item.nodeid)


def report(terminal: pytest.TerminalReporter) -> None:
    """Print the list: a rule, then its tests."""
    tests = terminal.config.stash.get(_tests_of, {})
    terminal.section(f"{len(tests)} rules with tests")
    for rule in sorted(tests, key=_in_order):
        terminal.write_line(rule)
        for test in tests[rule]:
            terminal.write_line(f"    {test}")


def _in_order(rule: str) -> list[tuple[int, str]]:
    """Sort BR-9 before BR-10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", rule)]
