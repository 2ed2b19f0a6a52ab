"""What is no legacy database is refused with a sentence and exit code 2, and nothing is touched."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.legacy.conftest import Target
from tools.legacy import source
from tools.legacy.__main__ import main
from tools.legacy.refusal import Refused

Legacy = Callable[..., Path]


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught, source.opened(path):
        pass
    return str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.db") == f"There is no file {tmp_path / 'none.db'}."


def test_a_directory(tmp_path: Path) -> None:
    assert "is a directory" in refusal(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert refusal(tmp_path / "empty.db") == "empty.db is an empty file."


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"SQLite format 2\0", b"x"])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other.db").write_bytes(content)
    assert refusal(tmp_path / "other.db") == "other.db is not an SQLite 3 database."


def test_a_write_ahead_log_without_its_database(tmp_path: Path) -> None:
    for name in ("cvd.db-wal", "renamed.db"):
        (tmp_path / name).write_bytes(b"\x37\x7f\x06\x82" + bytes(28))
        assert "write-ahead log without its database" in refusal(tmp_path / name)
    assert "only its write-ahead log" in refusal(tmp_path / "cvd.db")


def test_a_log_beside_its_database_is_not_the_database(tmp_path: Path, legacy: Legacy) -> None:
    path = legacy()
    (tmp_path / "legacy.db-wal").write_bytes(b"\x37\x7f\x06\x82")
    assert "name the database itself" in refusal(path.with_name("legacy.db-wal"))


def test_a_corrupt_file(legacy: Legacy) -> None:
    path = legacy()
    content = bytearray(path.read_bytes())
    content[5000:40000] = b"\xff" * 35000
    path.write_bytes(content)
    assert refusal(path).startswith("legacy.db is corrupt:")


def test_a_file_cut_short(legacy: Legacy) -> None:
    path = legacy()
    path.write_bytes(path.read_bytes()[:9000])
    assert refusal(path).startswith("legacy.db is corrupt:")


def test_a_database_of_something_else(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "notes.db") as db:
        db.execute("CREATE TABLE ai_cache (key TEXT)")
    db.close()
    assert (
        refusal(tmp_path / "notes.db")
        == "notes.db is not a database of the legacy application: it has no table devices."
    )


def test_a_view_does_not_pass_for_a_table(legacy: Legacy) -> None:
    path = legacy(dirt=["ALTER TABLE devices RENAME TO machines", "CREATE VIEW devices AS SELECT * FROM machines"])
    assert "it has no table devices" in refusal(path)


@pytest.mark.parametrize(
    ("dirt", "words"),
    [
        ("DELETE FROM device_types", "devices 5, 6, 7 point at device types that are not there"),
        ("DELETE FROM cabinet_types WHERE id = 3", "cabinet_configurations 47 point at cabinet types"),
    ],
)
def test_foreign_keys_broken_beyond_repair(target: Target, legacy: Legacy, dirt: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        target.bring(legacy(dirt=[dirt]))
    assert target.value("SELECT count(*) FROM import_runs") == 0


def test_the_file_is_only_read(legacy: Legacy, target: Target) -> None:
    path = legacy()
    path.chmod(0o444)
    before = path.read_bytes()
    target.bring(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["legacy.db"]


def test_what_lies_in_the_log_beside_the_database_is_read_too(legacy: Legacy, target: Target, tmp_path: Path) -> None:
    path = legacy()
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("UPDATE devices SET cooler = 'From the log' WHERE id = 5")
    writer.commit()
    try:
        target.bring(path)
    finally:
        writer.close()
    assert target.value("SELECT nickname FROM devices WHERE id = 5") == "From the log"


def test_an_unknown_zone(target: Target, legacy: Legacy) -> None:
    with pytest.raises(Refused, match="no time zone Mars/Base"):
        target.bring(legacy(), sales_zone="Mars/Base")


def test_a_name_that_no_owner_can_have(target: Target, legacy: Legacy) -> None:
    with pytest.raises(Refused, match="cannot be a user name"):
        target.bring(legacy(generation=1), owner="no name")


def test_a_missing_folder_of_articles(target: Target, legacy: Legacy, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no folder"):
        target.bring(legacy(), articles=tmp_path / "none")


def test_a_target_without_the_schema(target: Target, legacy: Legacy) -> None:
    target.connection.execute("ALTER TABLE import_runs RENAME TO elsewhere")
    with pytest.raises(Refused, match="has not been migrated"):
        target.bring(legacy())


def test_a_target_reached_as_the_application(target: Target, legacy: Legacy, databases: object) -> None:
    from tools.legacy.__main__ import import_file
    from tools.legacy.run import Options

    as_application = target.url.replace("cvd_migrator", "cvd_app")
    assert as_application != target.url
    with pytest.raises(Refused, match="cvd_migrator"):
        import_file(legacy(), Options(), as_application)


@pytest.mark.parametrize(
    "arguments", [["import"], ["import", "x", "--policy", "guess"], ["import", "x", "--cancel-stale-days", "-1"]]
)
def test_a_wrong_command_line_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_refusal_ends_with_2_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert main(["import", str(tmp_path / "none.db")]) == 2
    assert capsys.readouterr().err == f"Refused: There is no file {tmp_path / 'none.db'}.\n"


def test_a_target_that_cannot_be_reached(
    legacy: Legacy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert main(["import", str(legacy())]) == 2
    assert "cannot be reached" in capsys.readouterr().err


def test_no_target_at_all(
    legacy: Legacy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("MIGRATION_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    path = legacy()
    monkeypatch.chdir(tmp_path)
    assert main(["import", str(path)]) == 2
    assert "Set MIGRATION_DATABASE_URL" in capsys.readouterr().err
