"""The table of what the specification asks for and what proves it: complete, current, and not to be fooled."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.trace import proofs, spec, table
from tools.trace.spec import Item, Part

PARTS = spec.parts()


def test_everything_of_the_specification_is_to_be_proven() -> None:
    assert {part.title: len(part.items) for part in PARTS} == {
        "Endpoints": 141,
        "Rules": 137,
        "State transitions": 33,
        "User stories": 70,
        "Formulas": 16,
        "Rules of a read": 22,
        "Vectors of interval sales": 18,
        "Quirks to be fixed": 128,
        "Fields that pages ask for": 13,
    }
    numbers = [item.number for part in PARTS for item in part.items]
    assert len(numbers) == len(set(numbers))


@pytest.mark.slow
def test_the_table_is_current_and_nothing_is_without_a_test() -> None:
    command = [sys.executable, "-m", "tools.trace", "--check"]

    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_what_has_no_test_is_a_gap() -> None:
    part = Part("Rules", (Item("BR-1", "one"), Item("BR-2", "two")))
    found = {"BR-1": ["tests/a/test_b.py::test_c[1]", "tests/a/test_b.py::test_d"]}

    assert table.gaps(part, found) == [Item("BR-2", "two")]
    text = table.text([part], found)
    assert "| Rules | 2 | 1 |" in text
    assert "| BR-1 | one | a/test_b |" in text


def test_a_quirk_is_proven_by_a_test_that_there_is() -> None:
    named = {name for names in proofs.of_quirks(_AnyTest()).values() for name in names}

    assert all((Path(__file__).parents[1] / name.split("::")[0]).exists() for name in named)
    with pytest.raises(proofs.UnknownTestError):
        proofs.of_quirks([])


class _AnyTest(list[str]):
    """As if every test were there."""

    def __contains__(self, _test: object) -> bool:
        return True


def test_a_mark_of_a_number_that_there_is_not_is_told() -> None:
    assert spec.strangers(PARTS, ["BR-001", "BR-999", "US-1", "C-20", "12.4"]) == ["BR-999", "US-1"]
