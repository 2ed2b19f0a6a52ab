"""A hundred thousand sales as one file, which is larger than an answer may be; one more is refused."""

import csv
import io
import tracemalloc
import urllib.request
from datetime import UTC, datetime

import pytest

from chalicelib.kit.db import Connection
from chalicelib.kit.sheet import MOST_BYTES
from chalicelib.monitoring.service import raising
from tests.support import factories
from tests.support.people import SignedIn

NOW = datetime(2026, 3, 4, 17, tzinfo=UTC)
ROWS = 100_000
MEBIBYTE = 1024 * 1024
ASKED = "/api/sales?start_date=2025-03-01&end_date=2026-03-04&format=csv"


@pytest.fixture(autouse=True)
def _now(clock_at):
    clock_at(NOW)


@pytest.fixture
def sold(db: Connection) -> None:
    """A hundred thousand sales of a year, of a product whose name a spreadsheet would calculate."""
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, 1 + number %% 3, 150 * (1 + number %% 3),
               %(now)s - number * interval '5 minutes', 'import'
          FROM generate_series(1, %(rows)s) number
        """,
        device=factories.device(db, "100").id,
        product=factories.product(db, '=HYPERLINK("http://evil.example")'),
        now=NOW,
        rows=ROWS,
    )


@pytest.mark.slow
@pytest.mark.rule("BR-154", "BR-155", "US-057")
def test_a_hundred_thousand_sales_come_as_one_file(viewer: SignedIn, db: Connection, sold: None) -> None:
    tracemalloc.start()
    try:
        answer = viewer.get(ASKED)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert answer.status == 303, answer.text
    assert answer.headers["location"] == answer.json["url"]
    with urllib.request.urlopen(answer.json["url"]) as stored:  # noqa: S310 - the local cloud
        content = stored.read()
        assert stored.headers["Content-Disposition"] == f'attachment; filename="{answer.json["filename"]}"'
        assert stored.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert len(rows) == len({row["id"] for row in rows}) == answer.json["rows"] == ROWS
    assert sum(int(row["saleUnits"]) for row in rows) == db.value("SELECT sum(units) FROM sales")
    assert {row["productName"] for row in rows} == {'\'=HYPERLINK("http://evil.example")'}
    assert len(content) == answer.json["bytes"] > MOST_BYTES
    assert peak < 4 * MOST_BYTES + 32 * MEBIBYTE
    logged = db.raw.execute("SELECT endpoint, format, row_count, bytes FROM data_export_log").fetchall()
    assert logged == [("/api/sales", "csv", ROWS, len(content))]
    assert db.value("SELECT details ->> 'rows' FROM audit_events WHERE action = 'export.run'") == str(ROWS)
    raising.raise_alerts()
    assert db.values("SELECT alert_type FROM security_alerts WHERE alert_type = 'data_export'") == ["data_export"]


@pytest.mark.slow
@pytest.mark.rule("BR-154")
def test_one_sale_more_is_refused_with_the_way_to_them(viewer: SignedIn, db: Connection, sold: None) -> None:
    db.execute(
        "INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)"
        " SELECT device_id, product_id, 1, 150, sold_at, 'import' FROM sales LIMIT 1"
    )

    answer = viewer.get(ASKED)

    assert (answer.status, answer.json["code"], answer.json["details"]) == (400, "TOO_MANY_ROWS", {"most_rows": ROWS})
    assert "fewer days or one device" in answer.json["error"]
    assert db.value("SELECT count(*) FROM data_export_log") == 0
