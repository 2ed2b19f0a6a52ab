"""Uploading a DEX file."""

from pathlib import Path

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn
from tests.telemetry.machines import BOUNDARY, Machine, form, upload


@pytest.mark.rule("US-055", "BR-140")
def test_a_file_is_stored_and_answered_in_the_words_of_the_contract(manager: SignedIn, db: Connection) -> None:
    answer = upload(manager, Machine().read(), "Machine 1.DEX")

    assert answer.status == 200
    told = answer.json
    assert told["success"] is True
    assert told["message"] == "DEX file parsed and stored successfully"
    assert told["machine_info"] | {"comm_id": None, "model": None, "asset": None} == {
        "machine_serial": "SN-1",
        "manufacturer": "TST",
        "version": "V0/6",
        "revision": "1",
        "options": "",
        "comm_id": None,
        "model": None,
        "asset": None,
    }
    assert (told["pa_records_count"], told["duplicate"]) == (2, False)
    assert told["total_records"] == db.value("SELECT count(*) FROM dex_records")
    assert db.value("SELECT filename FROM dex_reads WHERE id = %(id)s", id=told["dex_read_id"]) == "Machine 1.DEX"


@pytest.mark.rule("BR-142")
def test_the_bytes_are_kept_under_their_own_hash_and_chained(manager: SignedIn, db: Connection, cloud) -> None:  # type: ignore[no-untyped-def]
    machine = Machine()
    contents = [machine.read(), machine.sell("A1", 2).read()]
    for content in contents:
        upload(manager, content)

    keys = db.values("SELECT raw_s3_key FROM dex_reads ORDER BY id")
    s3 = cloud.place.client("s3")
    bucket = cloud.environment["CVD_FILES_BUCKET"]
    assert [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys] == contents
    assert db.values("SELECT number FROM dex_chain ORDER BY read_id") == [1, 2]
    assert db.value(
        "SELECT bool_and(later.previous_hash = earlier.hash)"
        " FROM dex_chain earlier JOIN dex_chain later ON later.number = earlier.number + 1"
    )


@pytest.mark.rule("BR-142")
def test_a_link_of_the_chain_cannot_be_changed(manager: SignedIn, db: Connection) -> None:
    upload(manager, Machine().read())

    with pytest.raises(Exception, match="never changed"):
        db.execute("UPDATE dex_chain SET number = 2")


@pytest.mark.rule("US-055", "BR-141")
@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"# Readme\nnothing\n", 1, "DXS"),
        (b"", 1, "bytes"),
        (Machine().read().rsplit(b"DXE", 1)[0], None, "DXE"),
        (b"DXS*\xff\xfe*VA\r\nDXE*1*1\r\n", 1, "UTF-8"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_kept(
    manager: SignedIn, db: Connection, content: bytes, line: int | None, says: str
) -> None:
    answer = upload(manager, content)

    assert answer.status == 400
    assert answer.json["success"] is False
    error = answer.json["error"]
    assert says in error["message"]
    assert error["line"] == line or (line is None and error["line"] > 1)
    assert isinstance(error["field"], int)
    assert db.values("SELECT status FROM dex_reads") == ["rejected"]
    assert db.value("SELECT count(*) FROM dex_issues WHERE severity = 'error'") >= 1


@pytest.mark.rule("BR-141")
def test_a_number_that_is_none_is_told_with_line_and_field(manager: SignedIn) -> None:
    answer = upload(manager, Machine().read().replace(b"PA2*60*7500*", b"PA2*60*many*"))

    told = {(one["code"], one["field"]) for one in answer.json["warnings"]}
    assert answer.status == 200
    assert ("BAD_NUMBER", 2) in told


@pytest.mark.rule("BR-140")
@pytest.mark.parametrize("name", ["notes.pdf", "read.txt.exe", "read"])
def test_only_txt_and_dex_files_are_taken(manager: SignedIn, db: Connection, name: str) -> None:
    answer = upload(manager, Machine().read(), name)

    assert answer.status == 400
    assert answer.json["error"] == {
        "message": "File must be a .txt or .dex file",
        "line": 0,
        "field": 0,
        "record": None,
    }
    assert db.value("SELECT count(*) FROM dex_files") == 0


@pytest.mark.rule("BR-140")
def test_a_form_without_a_file_is_refused(manager: SignedIn) -> None:
    no_form = manager.post("/api/dex/parse", json={})
    no_file = manager.post("/api/dex/parse", **form(b"x", name="other"))
    no_name = manager.post("/api/dex/parse", **form(Machine().read(), filename=""))
    torn = manager.post(
        "/api/dex/parse",
        body=b"--nothing of the kind",
        headers={"content-type": f"multipart/form-data; boundary={BOUNDARY}"},
    )

    assert [a.status for a in (no_form, no_file, no_name, torn)] == [400, 400, 400, 400]
    assert no_form.json["error"]["message"] == no_file.json["error"]["message"] == "No file uploaded"
    assert no_name.json["error"]["message"] == "No file selected"


@pytest.mark.rule("BR-140")
def test_a_file_of_three_mebibytes_is_too_large(manager: SignedIn) -> None:
    answer = upload(manager, b"DXS*1*VA\r\n" + b"X" * (3 * 1024 * 1024))

    assert (answer.status, answer.json["success"]) == (413, False)


def test_the_thirty_first_upload_of_a_minute_has_to_wait(manager: SignedIn, db: Connection) -> None:
    upload(manager, Machine().read())
    db.execute("UPDATE rate_limits SET hits = 30 WHERE scope = 'dex-upload'")

    assert upload(manager, Machine().read()).status == 429


@pytest.mark.rule("US-102")
def test_drivers_and_viewers_may_not_upload(driver: SignedIn, viewer: SignedIn, client, db: Connection) -> None:  # type: ignore[no-untyped-def]
    content = Machine().read()

    assert [upload(who, content).status for who in (driver, viewer, client)] == [403, 403, 401]
    assert db.value("SELECT count(*) FROM dex_files") == 0


@pytest.mark.rule("US-055")
def test_joined_files_bring_each_of_their_reads(manager: SignedIn, db: Connection) -> None:
    one, other = Machine(serial="S1"), Machine(serial="S2")
    answer = upload(manager, one.read() + other.read() + one.sell("A1").read())

    assert answer.status == 200
    assert [read["machine_serial"] for read in answer.json["reads"]] == ["S1", "S2", "S1"]
    assert db.value("SELECT count(*) FROM dex_reads") == 3
    assert db.value("SELECT count(DISTINCT raw_s3_key) FROM dex_reads") == 1


REAL = {
    # selections, units, cents, pattern, rows (dex.md 8.1 and 8.3)
    "AMS 39 VCF .txt": (43, 35_325, 5_524_760, "tens", 6),
    "AMS Sensit III.txt": (39, 53_216, 12_272_820, "tens", 6),
    "Crane National 187.txt": (48, 49_370, 6_444_100, "hundreds", 6),
    "Dixie Narco 501E.txt": (9, 102_048, 6_085_700, "linear", 1),
    "Dixie Narco 5800.txt": (45, 39_888, 6_104_125, "alpha", 5),
    "Royal 660.txt": (9, 143_410, 12_365_820, "linear", 1),
    "Vendo 721.txt": (8, 23_749, 3_096_150, "linear", 1),
}


@pytest.mark.real_data
@pytest.mark.rule("US-055", "BR-141")
@pytest.mark.parametrize("name", REAL)
def test_each_real_read_is_taken_with_its_proven_totals(manager: SignedIn, real_data: Path, name: str) -> None:
    selections, units, cents, pattern, rows = REAL[name]
    answer = upload(manager, (real_data / "dex" / name).read_bytes(), name)
    assert answer.status == 200, answer.text
    read_id = answer.json["dex_read_id"]
    stored = manager.get(f"/api/dex/pa-records/{read_id}").json
    grid = manager.get(f"/api/dex/grid-info/{read_id}").json

    assert answer.json["pa_records_count"] == len(stored["pa_records"]) == selections
    assert sum(one["units_sold"] for one in stored["pa_records"]) == units
    assert sum(one["revenue_cents"] for one in stored["pa_records"]) == cents
    assert (grid["pattern_type"], grid["grid_dimensions"]["rows"]) == (pattern, rows)
    assert manager.get(f"/api/dex/reads/{read_id}").json["read_info"]["crc_ok"] is True
    assert answer.json["reads"][0]["quarantined"] is False


@pytest.mark.real_data
@pytest.mark.rule("BR-142")
def test_the_real_reads_that_differ_by_a_line_feed_are_one(manager: SignedIn, real_data: Path) -> None:
    for name in ("AMS 39 VCF .txt", "AMS Sensit III.txt"):
        content = (real_data / "dex" / name).read_bytes()
        first = upload(manager, content, name).json
        second = upload(manager, content.rstrip(b"\r\n"), name).json

        assert (first["duplicate"], second["duplicate"]) == (False, True)
        assert first["dex_read_id"] == second["dex_read_id"]
