"""`pytest --rules`: which rule of the specification is proven by which tests; the same as files, for `make trace`."""

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

_tests_of = pytest.StashKey[dict[str, list[str]]]()


def add_option(parser: pytest.Parser) -> None:
    """Add `--rules`; with `--collect-only` nothing is run."""
    parser.addoption("--rules", action="store_true", help="list each rule of the specification with its tests")
    parser.addoption("--rules-to", type=Path, help="write the rules and the names of all tests into a file, as JSON")
    parser.addoption("--calls-to", type=Path, help="write each call of the tests into a file, a line of JSON each")


def collect(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """Note the rules that each collected test is marked with."""
    tests = config.stash.setdefault(_tests_of, defaultdict(list))
    for item in items:
        for marker in item.iter_markers("rule"):
            for rule in marker.args:
                tests[rule].append(item.nodeid)
    if target := config.getoption("rules_to"):
        told = {"rules": tests, "tests": [item.nodeid for item in items]}
        target.write_text(json.dumps(told))


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
