"""The role of the ad-hoc query reads the reporting views, and nothing leads it further."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from chalicelib.kit.db import Connection
from tests.operations.rows import ROWS


@pytest.fixture
def reporting(migrated: dict[str, str], owner: Connection) -> Iterator[Connection]:
    """A connection of the reporting role to a database with rows."""
    owner.raw.execute(ROWS.encode())
    with psycopg.connect(migrated["DATABASE_URL"].replace("cvd_app@", "cvd_reporting@"), autocommit=True) as raw:
        yield Connection(raw)


def test_it_reads_the_views_by_their_plain_names(reporting):
    assert reporting.value("SELECT route FROM devices WHERE asset = '111'") == "North"
    assert reporting.value("SELECT sum(quantity) FROM planogram_slots") == 5
    assert reporting.value("SELECT sum(revenue_cents) FROM sales") == 450


def test_no_view_shows_a_credential_an_address_of_a_person_or_the_trail(owner):
    shown = owner.values("SELECT column_name FROM information_schema.columns WHERE table_schema = 'reporting'")

    assert len(shown) > 80
    assert not {"email", "identity_sub", "legacy_password_hash", "token_family", "ip", "ip_address"} & set(shown)


@pytest.mark.parametrize("table", ["users", "sessions", "audit_events", "sales", "alembic_version", "system_settings"])
def test_it_reads_no_table(reporting, table):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reporting.execute(f"SELECT * FROM public.{table}")  # noqa: S608 - names of this test.


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT set_config('role', 'cvd_app', false)",
        "SELECT set_config('role', 'cvd_migrator', false)",
        "SELECT set_config('session_authorization', 'cvd_app', false)",
        "SELECT set_config('role', 'none', false), query_to_xml('SELECT * FROM public.users', true, true, '')",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM public.cvd_ensure_partitions('sales', '2020-01-01', 1)",
    ],
)
def test_no_function_leads_it_further(reporting, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reporting.execute(statement)


def test_it_writes_nothing(reporting):
    assert reporting.value("SHOW transaction_read_only") == "on"
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        reporting.execute("CREATE TEMP TABLE kept AS SELECT 1")
    reporting.execute("SET default_transaction_read_only = off")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reporting.execute("INSERT INTO locations (name) VALUES ('x')")


def test_it_is_stopped_after_five_seconds(reporting):
    assert reporting.value("SHOW statement_timeout") == "5s"


def test_nobody_enters_the_role_from_the_application(application):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("SET ROLE cvd_reporting")
