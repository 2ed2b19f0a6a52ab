"""`python -m tools.telemetry parse`."""

import json
from pathlib import Path

import pytest

from chalicelib.telemetry.dex import compose
from tools.telemetry.__main__ import main

CONTENT = compose(
    ("DXS", "TST0000001", "VA", "V0/6", "1"),
    [[("ID1", "SER1", "M"), ("ID5", "260101", "0600"), ("PA1", "A1", "125"), ("PA2", "4", "500")]],
)


@pytest.fixture
def dex_file(tmp_path: Path) -> Path:
    path = tmp_path / "read.dex"
    path.write_bytes(CONTENT)
    return path


def test_a_good_file_is_summarised(dex_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "--summary", str(dex_file)]) == 0

    printed = capsys.readouterr().out
    assert "read.dex: parsed, accepted" in printed
    assert "1 selections, 4 units, 500 cents" in printed


def test_a_file_can_be_printed_as_json(dex_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(dex_file)]) == 0

    (read,) = json.loads(capsys.readouterr().out)
    assert (read["file"], read["machine_serial"], read["selections"][0]["units_init"]) == ("read.dex", "SER1", 4)
    assert (read["status"], read["verdict"], read["issues"]) == ("parsed", "accepted", [])
    (paid,) = [record for record in read["records"] if record["record_type"] == "PA2"]
    assert paid["values"][1] == {
        "field_no": 2, "name": "value_init", "unit": "money", "value": 500, "exponent": 2,
    }  # fmt: skip


def test_a_damaged_file_gives_an_exit_code_and_its_reason(dex_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dex_file.write_bytes(CONTENT.replace(b"PA2*4", b"PA2*5"))

    assert main(["parse", str(dex_file)]) == 1
    assert "CRC_MISMATCH" in capsys.readouterr().out
