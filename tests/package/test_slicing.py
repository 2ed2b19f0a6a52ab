"""A module of many routes, cut down to one: what it uses stays, its neighbours go, and nothing that runs changes."""

import pytest

from tools.package.slicing import sliced

MODULE = '''"""What a reader learns."""

from a import used, unused, LIMIT as BOUND
from b import neighbour
import c.d

FIRST = BOUND * 2
"""Why it is so."""
SECOND = neighbour()

register = {}
register.update(x=1)


class Kept:
    field: "Later"


class Later:
    pass


@used(FIRST)
def view(call: Kept) -> int:
    """Say something."""
    return c.d.count(call)


# About the neighbour.
@used(SECOND)
def other(call):
    return unused(call)
'''


def test_a_view_keeps_what_it_uses_however_indirectly() -> None:
    text = sliced(MODULE, ["view"])

    assert "from a import used, LIMIT as BOUND" in text
    assert "import c.d" in text
    assert "FIRST = BOUND * 2" in text
    assert "class Kept" in text
    assert "@used(FIRST)\ndef view(call: Kept) -> int:" in text


def test_a_type_that_is_named_in_a_text_stays() -> None:
    assert "class Later" in sliced(MODULE, ["view"])


def test_neighbours_and_what_only_they_use_go() -> None:
    text = sliced(MODULE, ["view"])

    for gone in ("neighbour", "SECOND", "other", "unused", "About"):
        assert gone not in text


def test_a_statement_that_does_something_stays() -> None:
    text = sliced(MODULE, ["view"])

    assert text.index("register = {}") < text.index("register.update(x=1)")


def test_a_change_of_a_neighbour_changes_nothing() -> None:
    changed = MODULE.replace("return unused(call)", "return unused(call) + 1").replace("About", "More about")

    assert sliced(changed, ["view"]) == sliced(MODULE, ["view"])
    assert sliced(changed, ["other"]) != sliced(MODULE, ["other"])


def test_all_views_together_are_all_that_runs() -> None:
    compile(sliced(MODULE, ["view", "other"]), "module", "exec")
    assert "def other" in sliced(MODULE, ["view", "other"])


def test_a_view_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        sliced(MODULE, ["nobody"])
