"""Which tests prove what: by their marks, by the list of quirks, and by the calls that they were seen to make."""

import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import yaml

from tools.trace import spec

ROOT = Path(__file__).parents[2]
QUIRKS = ROOT / "tests" / "contract" / "quirks.yaml"
WALKS = ("tests/contract/test_contract.py", "tests/pages/test_pages.py")
"""The tests whose calls are recorded: the walk over the contract, and the pages."""

Proofs = Mapping[str, Sequence[str]]
"""By number, the tests' ids, as pytest has them."""


class UnknownTestError(LookupError):
    """The list of quirks names a test that there is not."""


def marked() -> tuple[dict[str, list[str]], set[str]]:
    """The tests by the numbers that they are marked with, and the ids of all tests; nothing is run."""
    told = json.loads(_pytest("--collect-only", option="--rules-to"))
    return told["rules"], set(told["tests"])


def of_quirks(tests: Iterable[str]) -> dict[str, list[str]]:
    """The tests of quirks, from the list that names them. Raises `UnknownTestError`."""
    functions: dict[str, str] = {}
    for test in sorted(tests, reverse=True):
        functions[test.split("[")[0]] = test
    proofs: dict[str, list[str]] = {}
    for number, names in yaml.safe_load(QUIRKS.read_text()).items():
        for name in [names] if isinstance(names, str) else names:
            test = f"tests/{name}"
            if test not in functions and test not in tests:
                raise UnknownTestError(f"{number}: there is no test {test}")
            proofs.setdefault(number, []).append(test)
    return proofs


def recorded() -> dict[str, list[str]]:
    """The tests that got an endpoint of the contract to answer as it should; they are run. Endpoints by their id."""
    ways = [(_pattern(one["endpoint"]), one["id"]) for one in spec.contract()]
    ways.sort(key=lambda way: way[0].pattern.count("[^/]"))  # Literal paths beat parameters.
    proofs: dict[str, set[str]] = defaultdict(set)
    for line in _pytest(*WALKS, option="--calls-to").splitlines():
        call = json.loads(line)
        if call["status"] < 300:
            asked = f"{call['method']} {call['path']}"
            if found := next((name for pattern, name in ways if pattern.fullmatch(asked)), None):
                proofs[found].add(call["test"])
    return {name: sorted(tests) for name, tests in proofs.items()}


def _pattern(endpoint: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(endpoint)))


def _pytest(*arguments: str, option: str) -> str:
    """Run pytest with an option that names a file to be written; what it holds then."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{option}={told}", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)}\n{done.stdout[-4000:]}{done.stderr[-2000:]}")
        return told.read_text()
