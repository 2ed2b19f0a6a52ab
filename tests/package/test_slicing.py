"""A function's share of our code: what it uses stays, its neighbours go, and nothing that runs changes."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tools.package.slicing import Source

Tree = Callable[[Mapping[str, str]], Source]

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
    rest: "list[Last]"


class Later:
    pass


class Last:
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


@pytest.fixture
def source(tmp_path: Path) -> Tree:
    """A tree of modules, by their names in `chalicelib`."""

    def make(modules: Mapping[str, str]) -> Source:
        for name, text in modules.items():
            path = tmp_path / "chalicelib" / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            (path.parent / "__init__.py").touch()
        (tmp_path / "chalicelib" / "__init__.py").touch()
        return Source(tmp_path)

    return make


def share(source: Source, module: str = "module", *names: str) -> dict[str, str]:
    """What one function would hold, by short names."""
    places = [(f"chalicelib.{module}", name) for name in names or ("view",)]
    return {name.removeprefix("chalicelib."): text for name, text in source.sliced(places).items()}


def test_a_view_keeps_what_it_uses_however_indirectly(source: Tree) -> None:
    text = share(source({"module": MODULE}))["module"]

    assert "from a import used, LIMIT as BOUND" in text
    assert "import c.d" in text
    assert "FIRST = BOUND * 2" in text
    assert "class Kept" in text
    assert "@used(FIRST)\ndef view(call: Kept) -> int:" in text


def test_types_that_are_named_in_texts_stay(source: Tree) -> None:
    text = share(source({"module": MODULE}))["module"]

    assert "class Later" in text
    assert "class Last" in text


def test_neighbours_and_what_only_they_use_go(source: Tree) -> None:
    text = share(source({"module": MODULE}))["module"]

    for gone in ("neighbour", "SECOND", "other", "unused", "About"):
        assert gone not in text


def test_a_statement_that_does_something_stays_with_its_module(source: Tree) -> None:
    tree = source({"module": MODULE, "asking": "from chalicelib.module import Last\n\n\ndef view():\n    Last()\n"})

    text = share(tree, "asking")["module"]

    assert text.index("register = {}") < text.index("register.update(x=1)")
    assert "def view" not in text


def test_a_change_of_a_neighbour_changes_nothing(source: Tree) -> None:
    changed = MODULE.replace("return unused(call)", "return unused(call) + 1").replace("About", "More about")
    before, after = source({"module": MODULE}), source({"module": changed})

    assert share(after) == share(before)
    assert share(after, "module", "other") != share(before, "module", "view")


def test_all_views_together_are_all_that_runs(source: Tree) -> None:
    text = share(source({"module": MODULE}), "module", "view", "other")["module"]

    compile(text, "module", "exec")
    assert "def other" in text


def test_a_view_that_is_not_there_is_an_error(source: Tree) -> None:
    with pytest.raises(KeyError):
        share(source({"module": MODULE}), "module", "nobody")


def test_other_modules_are_cut_down_as_well(source: Tree) -> None:
    tree = source(
        {
            "fleet/models": "class Device:\n    pass\n\n\nclass Cabinet:\n    pass\n",
            "fleet/queries": "from chalicelib.fleet import models\n\n\ndef all_of():\n    return models.Device\n",
            "fleet/other": "def never():\n    pass\n",
            "module": "from chalicelib.fleet import other, queries\n\n\ndef view():\n    return queries.all_of()\n",
        }
    )

    found = share(tree)

    assert found["fleet.models"].strip() == "class Device:\n    pass"
    assert "fleet.other" not in found
    assert found["module"].startswith("from chalicelib.fleet import queries\n")
    assert found["fleet"] == found["chalicelib"] == ""


def test_a_module_that_is_handed_around_stays_whole(source: Tree) -> None:
    tree = source(
        {
            "rules": "def one():\n    pass\n\n\ndef two():\n    pass\n",
            "module": "from chalicelib import rules\n\n\ndef view():\n    return getattr(rules, 'one')\n",
        }
    )

    assert "def two" in share(tree)["rules"]


def test_what_a_package_passes_on_is_followed(source: Tree) -> None:
    tree = source({"sales/reading": "def sums():\n    pass\n\n\ndef rows():\n    pass\n", "module": ""})
    package = tree.root / "chalicelib" / "sales" / "__init__.py"
    package.write_text("from chalicelib.sales.reading import rows, sums\n\n__all__ = ['rows', 'sums']\n")
    (tree.root / "chalicelib" / "module.py").write_text(
        "from chalicelib import sales\n\n\ndef view():\n    return sales.sums()\n"
    )

    found = share(Source(tree.root))

    assert found["sales"].strip() == "from chalicelib.sales.reading import sums"
    assert found["sales.reading"].strip() == "def sums():\n    pass"


def test_a_function_that_is_called_like_its_module_is_the_function(source: Tree) -> None:
    tree = source({"steps/between": "def between():\n    pass\n\n\ndef aside():\n    pass\n", "module": ""})
    (tree.root / "chalicelib" / "steps" / "__init__.py").write_text(
        "from chalicelib.steps.between import aside, between\n"
    )
    (tree.root / "chalicelib" / "module.py").write_text(
        "from chalicelib.steps import between\n\n\ndef view():\n    return between()\n"
    )

    found = share(Source(tree.root))

    assert found["steps"].strip() == "from chalicelib.steps.between import between"
    assert "aside" not in found["steps.between"]


def test_an_import_inside_a_function_counts(source: Tree) -> None:
    tree = source(
        {
            "kit/db": "def one():\n    pass\n\n\ndef two():\n    pass\n",
            "module": "def view():\n    from chalicelib.kit import db\n\n    return db.two()\n",
        }
    )

    assert share(tree)["kit.db"].strip() == "def two():\n    pass"


def test_an_import_for_types_alone_does_not_count(source: Tree) -> None:
    tree = source(
        {
            "kit/db": "class Row:\n    pass\n",
            "module": (
                "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from chalicelib.kit.db import Row\n\n\n"
                "def view(row: 'Row'):\n    pass\n"
            ),
        }
    )

    assert "kit.db" not in share(tree)
