"""A database with every kind of dirt at once is survived: each is repaired or left out, and named."""

import pytest

from tests.legacy.conftest import Target
from tests.legacy.dirt import DIRT, Dirt
from tests.legacy.make import make
from tools.legacy.report import Report


@pytest.fixture(scope="module")
def survived(shared_target: Target, tmp_path_factory: pytest.TempPathFactory) -> tuple[Target, Report]:
    path = make(tmp_path_factory.mktemp("legacy") / "dirty.db", dirt=[sql for dirt in DIRT for sql in dirt.sql])
    return shared_target, shared_target.bring(path)


@pytest.mark.rule("US-028")
@pytest.mark.parametrize("dirt", DIRT, ids=lambda dirt: dirt.name)
def test_dirt_is_named_and_repaired(survived: tuple[Target, Report], dirt: Dirt) -> None:
    target, report = survived

    if dirt.issue:
        assert dirt.issue in {(issue.code, issue.table, issue.legacy_id) for issue in report.issues.all}
    (found,) = target.rows(dirt.look) or [(None,)]
    assert found == (dirt.expected if isinstance(dirt.expected, tuple) else (dirt.expected,))


def test_what_is_rejected_is_counted(survived: tuple[Target, Report]) -> None:
    _, report = survived

    tables = report.as_dict()["tables"]
    assert isinstance(tables, dict)
    sales = tables["sales"]
    assert sales["read"] == 68
    assert (sales["converted"], sales["rejected"]) == (64, 4)


def test_broken_references_are_counted_before_anything_is_done(survived: tuple[Target, Report]) -> None:
    facts = survived[1].facts

    assert facts["broken references, sales → devices"] == 1
    assert facts["broken references, sales → products"] == 1
    assert facts["broken references, planogram_slots → products"] == 1


def test_a_row_without_a_usable_id_is_rejected(target: Target, tmp_path_factory: pytest.TempPathFactory) -> None:
    retyped = [
        "CREATE TABLE other (id TEXT, name TEXT, category TEXT, price REAL, created_at TEXT)",
        "INSERT INTO other SELECT id, name, category, price, created_at FROM products",
        "INSERT INTO other (id, name, category, price) VALUES ('abc', 'Odd', 'x', 1), ('-3', 'Odder', 'x', 1)",
        "INSERT INTO other (id, name, category, price) VALUES (' 2', 'Twice', 'x', 1)",
        "DROP TABLE products",
        "ALTER TABLE other RENAME TO products",
    ]
    path = make(tmp_path_factory.mktemp("legacy") / "retyped.db", dirt=retyped)
    report = target.bring(path)

    assert target.value("SELECT count(*) FROM products") == 5
    assert (len(report.issues.of("ID_INVALID")), len(report.issues.of("ID_DUPLICATE"))) == (2, 1)
