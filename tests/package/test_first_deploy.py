"""The first deploy on a managed server, whose administrator is no superuser and enters no schema of ours."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from chalicelib.operations import migrations
from tools.local.postgres import Postgres, chosen_version


@pytest.fixture
def managed() -> Iterator[Postgres]:
    """A cluster as Aurora hands it over: a database of an administrator's, who may make roles and grant `rds_iam`."""
    with tempfile.TemporaryDirectory() as place:
        server = Postgres(Path(place), chosen_version(), reckless=True)
        server.start()
        with server.session() as session:
            session.execute("CREATE ROLE rds_iam")
            session.execute("CREATE ROLE cvd_master LOGIN CREATEROLE CREATEDB")
            session.execute("GRANT rds_iam TO cvd_master WITH ADMIN OPTION")
            session.execute("CREATE DATABASE cvd OWNER cvd_master")
        yield server
        server.stop()


def test_the_roles_are_made_by_one_statement_of_an_administrator_who_is_no_superuser(managed: Postgres) -> None:
    text = migrations.ROLES.read_text()
    with psycopg.connect(managed.url("cvd", user="cvd_master"), autocommit=True) as administrator:
        for _ in range(2):
            # Prepared: more than one statement would be refused, as the Data API refuses it.
            administrator.execute(text.encode(), prepare=True)

    with psycopg.connect(managed.url("cvd", user="cvd_migrator")) as owner:
        rows = owner.execute(
            "SELECT rolname FROM pg_roles WHERE pg_has_role(oid, 'rds_iam', 'MEMBER') AND rolname LIKE 'cvd%'"
        ).fetchall()
    assert {name for (name,) in rows} == {"cvd_master", "cvd_app", "cvd_migrator", "cvd_reporting"}


def test_the_migrations_then_run_as_the_owner_and_fit_the_snapshot(managed: Postgres) -> None:
    with psycopg.connect(managed.url("cvd", user="cvd_master"), autocommit=True) as administrator:
        administrator.execute(migrations.ROLES.read_bytes(), prepare=True)
    owner = managed.url("cvd", user="cvd_migrator")

    applied = migrations.upgrade(owner)

    assert applied
    assert migrations.verify(owner) == []
