"""The migrations with a real fleet in the database: back and forth, and the fleet comes again."""

from pathlib import Path

import psycopg
import pytest

from chalicelib.operations import migrations
from tests.legacy.conftest import Target

SURVIVES_FROM = "0015"
"""What comes after the seed only adds to the tables that an import fills, so that going back there loses no row."""

FILLED = (
    "users",
    "devices",
    "planogram_slots",
    "inventory_movements",
    "sales",
    "service_orders",
    "service_visit_items",
    "audit_events",
)


def counted(target: Target) -> dict[str, object]:
    counts = " UNION ALL ".join(
        f"SELECT '{table}', count(*), md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {table} row"  # noqa: S608
        for table in FILLED
    )
    return {name: (rows, digest) for name, rows, digest in target.rows(counts)}


@pytest.mark.real_data
@pytest.mark.rule("US-028")
def test_the_imported_fleet_outlives_the_newest_revisions_and_comes_again_after_base(
    target: Target, real_data: Path
) -> None:
    file = real_data / "legacy" / "cvd-2025-08-06.db"
    target.bring(file)
    before = counted(target)
    newest = migrations.revisions()[-1].revision

    migrations.downgrade(target.url, revision=SURVIVES_FROM)
    migrations.upgrade(target.url)

    assert counted(target) == before
    assert migrations.verify(target.url) == []

    migrations.downgrade(target.url, revision="base")
    with pytest.raises(psycopg.errors.UndefinedTable):
        target.value("SELECT count(*) FROM devices")
    migrations.upgrade(target.url)

    assert migrations.status(target.url).current == newest
    assert migrations.verify(target.url) == []
    target.bring(file)
    assert target.value("SELECT count(*) FROM sales") == 2731
