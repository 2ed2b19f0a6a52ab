"""The embedded PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres, PostgresFailed, chosen_version


@pytest.fixture
def server(folder: Path) -> Iterator[Postgres]:
    server = Postgres(folder / "postgres", chosen_version(), reckless=True)
    yield server
    server.stop()


def test_what_was_committed_is_there_after_a_restart(server: Postgres) -> None:
    server.start()
    server.ensure_database("cvd")
    with psycopg.connect(server.url("cvd")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('held')")
    server.stop()
    assert not server.is_running()

    server.start()

    with psycopg.connect(server.url("cvd")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("held",)]


def test_starting_twice_and_stopping_twice_is_no_error(server: Postgres) -> None:
    server.start()
    server.start()
    assert server.is_running()

    server.stop()
    server.stop()
    assert not server.is_running()


def test_it_is_the_version_asked_for_and_knows_the_two_roles(server: Postgres) -> None:
    server.start()
    server.ensure_database("cvd")

    with psycopg.connect(server.url("cvd", user=APP_ROLE)) as connection:
        version = connection.info.server_version // 10000
        owner = connection.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'cvd'").fetchone()
    assert str(version) == chosen_version()
    assert owner == (MIGRATOR_ROLE,)


def test_it_listens_on_no_network_port(server: Postgres) -> None:
    server.start()

    with psycopg.connect(server.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    server = Postgres(folder / ("deep" * 30), chosen_version(), reckless=True)
    server.start()
    try:
        psycopg.connect(server.url("postgres")).close()
    finally:
        server.stop()
    assert not server.socket.exists()


def test_an_unknown_version_is_refused_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CVD_POSTGRES", "12")

    with pytest.raises(PostgresFailed, match="CVD_POSTGRES is 12; the embedded versions are 16, 18"):
        chosen_version()
