"""The seven real reads against what dex.md §7 and §8 say of them. Nothing of the files themselves is here."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.telemetry.dex import Code, Read, Selection, Status, Verdict, content_hash, parse, serialise

pytestmark = pytest.mark.real_data

UPLOADED_AT = datetime(2025, 7, 10, tzinfo=UTC)

AMS_39, SENSIT, CRANE = "AMS 39 VCF .txt", "AMS Sensit III.txt", "Crane National 187.txt"
DIXIE_501, DIXIE_5800 = "Dixie Narco 501E.txt", "Dixie Narco 5800.txt"
ROYAL, VENDO = "Royal 660.txt", "Vendo 721.txt"
ALL = [AMS_39, SENSIT, CRANE, DIXIE_501, DIXIE_5800, ROYAL, VENDO]

SAMPLES: dict[str, dict[str, Any]] = {
    AMS_39: {
        "records": 214, "level": "V0/6", "comm_id": "AUTSENSIT3", "serial": "TW20185083", "model": "AMS SENSIT III",
        "crc": "7418", "se": (212, 212), "clock": "2025-07-09T20:00:00",
        "init": (35325, 5524760), "reset": (5, 975), "vends": (35325, 5524760),
        "prices": {150: 11, 125: 10, 400: 8, 175: 6, 200: 5, 300: 3},
        "pattern": ("tens", 1.0, 6), "rows": [5, 5, 9, 8, 8, 8],
    },
    SENSIT: {
        "records": 200, "level": "V0/6", "comm_id": "AUTSENSIT3", "serial": "TX09200905", "model": "AMS SENSIT III",
        "crc": "9590", "se": (198, 198), "clock": "2025-07-09T18:31:00",
        "init": (53216, 12272820), "reset": (20, 5100), "vends": (53216, 12272820),
        "prices": {150: 12, 400: 7, 300: 6, 325: 5, 350: 2, 200: 2, 450: 2, 425: 1, 250: 1, 225: 1},
        "pattern": ("tens", 1.0, 6), "rows": [5, 5, 5, 8, 8, 8],
    },
    CRANE: {
        "records": 545, "level": "V0/6", "comm_id": "STF0000000", "serial": "301021333", "model": "187",
        "crc": "460A", "se": (236, 543), "clock": "2025-07-09T15:08:48",
        "init": (49370, 6444100), "reset": (49370, 6444100), "vends": (49370, 6444100),
        "prices": {125: 20, 175: 12, 200: 8, 150: 8},
        "pattern": ("hundreds", 1.0, 6), "rows": [6, 6, 6, 12, 12, 6],
    },
    DIXIE_501: {
        "records": 96, "level": "V1/1", "comm_id": "6150210000", "serial": None, "model": None,
        "crc": "5263", "se": (94, 94), "clock": "2037-07-10T05:43:00",
        "init": (102048, 6085700), "reset": (102048, 6085700), "vends": (102048, 6085700),
        "prices": {150: 5, 300: 2, 175: 1, 200: 1},
        "pattern": ("linear", 1.0, 1), "rows": [9],
    },
    DIXIE_5800: {
        "records": 251, "level": "V1/1", "comm_id": "6150217013", "serial": "DIX", "model": "DN 5800-4",
        "crc": "75B2", "se": (249, 249), "clock": "2007-06-07T10:13:00",
        "init": (39888, 6104125), "reset": (0, 0), "vends": (39888, 6104125),
        "prices": {150: 27, 175: 18},
        "pattern": ("alpha", 1.0, 5), "rows": [9, 9, 9, 9, 9],
    },
    ROYAL: {
        "records": 76, "level": "V1/1", "comm_id": "9259630007", "serial": "0799139808",
        "model": "GIII_VENDOR 67121-3", "crc": "FD74", "se": (74, 74), "clock": None,
        "init": (143410, 12365820), "reset": (143392, 12365370), "vends": (157598, 13716445),
        "prices": {100: 7, 125: 1, 200: 1},
        "pattern": ("linear", 0.9, 1), "rows": [9],
    },
    VENDO: {
        "records": 64, "level": "V1/1", "comm_id": "6422550123", "serial": "D0451879", "model": "VEC 12.3",
        "crc": "7D23", "se": (62, 62), "clock": None,
        "init": (23749, 3096150), "reset": (24, 3750), "vends": (24623, 3232575),
        "prices": {150: 6, 175: 1, 200: 1},
        "pattern": ("linear", 0.9, 1), "rows": [8],
    },
}  # fmt: skip


def read_of(folder: Path, name: str) -> Read:
    (read,) = parse((folder / name).read_bytes(), uploaded_at=UPLOADED_AT)
    return read


def total(selections: tuple[Selection, ...], attribute: str) -> int:
    return sum(getattr(selection, attribute) or 0 for selection in selections)


def paid_by(read: Read, device: str) -> tuple[int, int]:
    payments = [payment for selection in read.selections for payment in selection.payments if payment.device == device]
    return sum(p.units_init or 0 for p in payments), sum(p.value_init_cents or 0 for p in payments)


@pytest.mark.parametrize("name", ALL)
def test_machine_and_envelope_are_as_the_sample_table_says(dex_reads_dir: Path, name: str) -> None:
    read, expected = read_of(dex_reads_dir, name), SAMPLES[name]

    assert read.total_records == expected["records"]
    assert (read.dts_version, read.comm_id) == (expected["level"], expected["comm_id"])
    assert (read.machine_serial, read.machine_model) == (expected["serial"], expected["model"])
    assert (read.decimal_places, read.currency) == (2, "USD")
    assert (read.machine_clock and read.machine_clock.isoformat()) == expected["clock"]


@pytest.mark.rule("DX-008", "DX-009")
@pytest.mark.parametrize("name", ALL)
def test_the_checksum_verifies_and_the_segments_are_counted(dex_reads_dir: Path, name: str) -> None:
    read, expected = read_of(dex_reads_dir, name), SAMPLES[name]

    assert (read.crc_expected, read.crc_actual, read.crc_ok) == (expected["crc"], expected["crc"], True)
    assert read.crc_swapped is False
    assert (read.se_count_expected, read.se_count_actual) == expected["se"]
    assert read.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("name", ALL)
def test_only_the_crane_has_a_warning_and_it_is_about_se(dex_reads_dir: Path, name: str) -> None:
    read = read_of(dex_reads_dir, name)
    warnings = [issue.code for issue in read.issues if issue.severity != "info"]

    assert warnings == ([Code.SE_COUNT] if name == CRANE else [])
    assert read.status is (Status.PARSED_WITH_WARNINGS if name == CRANE else Status.PARSED)


@pytest.mark.rule("DX-016")
@pytest.mark.parametrize("name", ALL)
def test_products_add_up_to_the_proven_totals(dex_reads_dir: Path, name: str) -> None:
    read, expected = read_of(dex_reads_dir, name), SAMPLES[name]

    assert (total(read.selections, "units_init"), total(read.selections, "value_init_cents")) == expected["init"]
    assert (total(read.selections, "units_reset"), total(read.selections, "value_reset_cents")) == expected["reset"]
    assert (read.number("VA1", "units_init"), read.number("VA1", "value_init")) == expected["vends"]
    assert Counter(selection.price_cents for selection in read.selections) == expected["prices"]
    differs = {issue.code for issue in read.issues} & {Code.TOTAL_DIFF}
    assert differs == ({Code.TOTAL_DIFF} if name in (ROYAL, VENDO) else set())


@pytest.mark.parametrize("name", ALL)
def test_the_selections_lie_in_the_expected_grid(dex_reads_dir: Path, name: str) -> None:
    read, expected = read_of(dex_reads_dir, name), SAMPLES[name]
    sizes = Counter(selection.row_no for selection in read.selections)

    assert (read.pattern.type, read.pattern.confidence, read.pattern.rows) == expected["pattern"]
    assert [sizes[row] for row in sorted(sizes)] == expected["rows"]


def test_there_are_1446_records_and_201_selections_in_all(dex_reads_dir: Path) -> None:
    reads = [read_of(dex_reads_dir, name) for name in ALL]

    assert [len(read.selections) for read in reads] == [43, 39, 48, 9, 45, 9, 8]
    assert sum(read.total_records for read in reads) == 1446
    assert sum(len(read.selections) for read in reads) == 201


@pytest.mark.rule("DX-017")
def test_payments_split_as_proven(dex_reads_dir: Path) -> None:
    ams, sensit, crane = (read_of(dex_reads_dir, name) for name in (AMS_39, SENSIT, CRANE))

    assert (paid_by(ams, "CA"), paid_by(ams, "DA")) == ((9098, 1178335), (26227, 4346425))
    assert (paid_by(sensit, "CA"), paid_by(sensit, "DA")) == ((6670, 1378320), (46546, 10894500))
    assert (paid_by(crane, "CA"), paid_by(crane, "DA"), paid_by(crane, "DB")) == (
        (15638, 1915775), (33816, 4528275), (0, 0),
    )  # fmt: skip
    assert (crane.number("DA10", "units_init"), crane.number("DA10", "value_init")) == (84, 5845)
    assert not any(issue.code is Code.PAYMENT_DIFF for read in (ams, sensit, crane) for issue in read.issues)


def test_test_vends_and_surcharges_are_as_proven(dex_reads_dir: Path) -> None:
    ams, crane, dixie = (read_of(dex_reads_dir, name) for name in (AMS_39, CRANE, DIXIE_5800))

    assert (total(crane.selections, "test_units_init"), total(crane.selections, "test_value_init_cents")) == (11, 1620)
    assert (dixie.number("VA2", "units_init"), dixie.number("VA2", "value_init")) == (136, 139615)
    assert (total(ams.selections, "surcharge_units_init"), total(ams.selections, "surcharge_value_init_cents")) == (
        2198, 21980,
    )  # fmt: skip
    assert total(crane.selections, "surcharge_units_init") == crane.number("DA5", "surcharge_units_init") == 1746
    assert total(crane.selections, "surcharge_value_init_cents") == 17460


@pytest.mark.rule("DX-019")
@pytest.mark.parametrize("name", ALL)
def test_cash_and_tubes_balance(dex_reads_dir: Path, name: str) -> None:
    read = read_of(dex_reads_dir, name)
    checks = {check.name: check for check in read.cross_checks}

    assert checks["CA3 box + tubes + bills = cash in (init)"].holds
    assert checks["CA3 box + tubes + bills = cash in (reset)"].holds
    assert ("CA17 coins = CA15" in checks) == (name in (AMS_39, SENSIT, CRANE))
    assert checks.get("CA17 coins = CA15") is None or checks["CA17 coins = CA15"].holds


@pytest.mark.rule("DX-018")
def test_impossible_clocks_are_not_believed(dex_reads_dir: Path) -> None:
    suspect = [name for name in ALL if any(i.code is Code.CLOCK_SUSPECT for i in read_of(dex_reads_dir, name).issues)]

    assert suspect == [DIXIE_501, DIXIE_5800]
    assert read_of(dex_reads_dir, DIXIE_501).read_at is None
    assert read_of(dex_reads_dir, AMS_39).read_at == datetime(2025, 7, 9, 20, 0, tzinfo=UTC)
    assert all(s.last_sale_clock and s.last_sale_at is None for s in read_of(dex_reads_dir, DIXIE_501).selections)
    assert all(s.last_sale_at for s in read_of(dex_reads_dir, CRANE).selections)


@pytest.mark.rule("DX-003")
@pytest.mark.parametrize("name", ALL)
def test_line_ends_change_neither_the_read_nor_its_hash(dex_reads_dir: Path, name: str) -> None:
    content = (dex_reads_dir / name).read_bytes()
    read = parse(content)

    for line_end in (b"\r\n", b"\r"):
        other = content.replace(b"\n", line_end)
        assert parse(other) == read
        assert content_hash(other) == content_hash(content)
    assert content_hash(content.rstrip(b"\n")) == content_hash(content)


def test_each_real_file_has_a_hash_of_its_own(dex_reads_dir: Path) -> None:
    assert len({content_hash((dex_reads_dir / name).read_bytes()) for name in ALL}) == 7


@pytest.mark.parametrize("name", ALL)
def test_a_real_read_is_written_back_as_it_was(dex_reads_dir: Path, name: str) -> None:
    content = (dex_reads_dir / name).read_bytes()

    assert serialise(parse(content)) == content.replace(b"\n", b"\r\n")


def test_all_real_files_joined_are_seven_reads(dex_reads_dir: Path) -> None:
    joined = b"".join((dex_reads_dir / name).read_bytes() for name in ALL)

    reads = parse(joined, uploaded_at=UPLOADED_AT)

    assert [read.crc_expected for read in reads] == [SAMPLES[name]["crc"] for name in ALL]
    assert [len(read.selections) for read in reads] == [43, 39, 48, 9, 45, 9, 8]


@pytest.mark.parametrize("name", ALL)
def test_a_real_read_cut_anywhere_is_never_accepted(dex_reads_dir: Path, name: str) -> None:
    lines = (dex_reads_dir / name).read_bytes().rstrip(b"\n").split(b"\n")

    for kept in range(1, len(lines), max(1, len(lines) // 40)):
        (read,) = parse(b"\n".join(lines[:kept]))
        assert read.verdict is Verdict.REJECTED


@pytest.mark.rule("DX-008")
def test_any_digit_changed_in_a_real_read_is_noticed(dex_reads_dir: Path) -> None:
    content = (dex_reads_dir / ROYAL).read_bytes()
    places = [at for at, byte in enumerate(content) if 0x30 <= byte <= 0x39 and 60 < at < content.index(b"G85")]

    for at in places[::7]:
        changed = content[:at] + bytes([0x30 + (content[at] - 0x2F) % 10]) + content[at + 1 :]
        assert parse(changed)[0].verdict is Verdict.QUARANTINED
