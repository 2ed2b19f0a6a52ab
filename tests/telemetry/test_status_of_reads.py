"""What becomes of an uploaded file: parsed, parsed with warnings or rejected; kept in each case (domain.md §4.7)."""

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, upload

GOOD = Machine().read()


@pytest.mark.parametrize(
    ("content", "status", "severities"),
    [
        pytest.param(GOOD, "parsed", set(), marks=pytest.mark.rule("RT-1")),
        pytest.param(
            GOOD.replace(b"PA2*60*7500*", b"PA2*60*many*"),
            "parsed_with_warnings",
            {"warning"},
            marks=pytest.mark.rule("RT-2"),
        ),
        pytest.param(GOOD.rsplit(b"DXE", 1)[0], "rejected", {"error"}, marks=pytest.mark.rule("RT-3")),
    ],
)
def test_a_file_is_kept_with_its_status_and_its_issues(
    manager: SignedIn, db: Connection, content: bytes, status: str, severities: set[str]
) -> None:
    answer = upload(manager, content)

    assert answer.status == (400 if status == "rejected" else 200)
    assert db.values("SELECT status FROM dex_reads") == [status]
    assert set(db.values("SELECT DISTINCT severity FROM dex_issues WHERE severity <> 'info'")) >= severities
    assert bool(db.value("SELECT count(*) FROM dex_issues WHERE severity <> 'info'")) == bool(severities)
    assert db.value("SELECT count(*) FROM dex_files") == 1
