"""What a module can import, found without running it."""

from pathlib import Path

import pytest

from tools.package.reach import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    files = {
        "__init__": "",
        "kit/__init__": "",
        "kit/db": "import psycopg",
        "fleet/__init__": "",
        "fleet/service/__init__": "from chalicelib.fleet.service import moving",
        "fleet/service/moving": "from chalicelib.kit import db",
        "fleet/lazy": "def f():\n    from chalicelib.kit.db import x\n",
        "fleet/typed": (
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from chalicelib.kit import db\n"
            "else:\n    import chalicelib.fleet.lazy\n"
        ),
        "fleet/alone": "",
    }
    for name, text in files.items():
        path = tmp_path / "chalicelib" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Source(tmp_path)


def short(modules: list[str]) -> set[str]:
    return {module.removeprefix("chalicelib").lstrip(".") for module in modules}


def test_a_name_from_a_package_is_a_module_of_it_where_there_is_one(source: Source) -> None:
    assert short(source.reached(["chalicelib.fleet.service.moving"])) == {
        *("", "kit", "kit.db", "fleet", "fleet.service", "fleet.service.moving")
    }


def test_an_import_inside_a_function_counts(source: Source) -> None:
    assert "kit.db" in short(source.reached(["chalicelib.fleet.lazy"]))


def test_an_import_for_types_alone_does_not_count(source: Source) -> None:
    assert source.imports("chalicelib.fleet.typed") == {"chalicelib.fleet.lazy"}


def test_a_module_alone_reaches_itself_and_the_packages_around_it(source: Source) -> None:
    assert short(source.reached(["chalicelib.fleet.alone"])) == {"", "fleet", "fleet.alone"}


def test_a_module_that_is_not_there_is_an_error(source: Source) -> None:
    with pytest.raises(KeyError):
        source.reached(["chalicelib.nowhere"])
