"""Every read delivered three times, in random order, by several senders over HTTP: one effect each."""

import json

import pytest

from tools.telemetry.__main__ import main

SILENT_MACHINES_WHOSE_BOARDS_BEGIN_AGAIN = ("--reads", "40", "--first", "27")
"""One that counts no reads is reset; one that tells no time either gets another board."""


@pytest.mark.slow
@pytest.mark.rule("BR-142", "BR-145", "BR-105")
def test_a_small_storm_leaves_the_books_of_one_delivery_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["storm", *SILENT_MACHINES_WHOSE_BOARDS_BEGIN_AGAIN, "--workers", "8"])
    told = json.loads(capsys.readouterr().out)
    sums, truth = told["sums"], told["sold by the machines in truth"]

    assert code == 0, told
    assert told["reads delivered"] == 120
    assert 0 < told["requests with one read"] < told["requests"] < 120
    assert told["told as duplicates"] >= 80
    assert set(told["counts"].values()) == {40}
    assert told["sha256 in order"] == told["sha256 of the storm"]
    assert told["what differs"] == {}
    assert sums["exact units"] + sums["estimated units"] == sums["units sold"] == sums["units of the rollup"]
    assert sums["units that sales took from slots"] == sums["units sold"]
    assert 0 < sums["units sold"] < truth["units"]


@pytest.mark.slow
def test_without_the_moments_at_which_reads_were_taken_a_storm_is_told_to_leave_other_books(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["storm", *SILENT_MACHINES_WHOSE_BOARDS_BEGIN_AGAIN, "--workers", "8", "--undated"])
    told = json.loads(capsys.readouterr().out)

    assert code == 1, told
    assert told["totals equal byte by byte"] is False
    assert set(told["counts"].values()) == {40}
    assert "sales" in told["what differs"]


@pytest.mark.slow
@pytest.mark.rule("BR-142", "BR-145", "BR-105")
def test_a_killed_worker_and_a_crashed_database_lose_nothing_and_double_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["storm", "--reads", "40", "--times", "2", "--workers", "6", "--queue-workers", "2", "--crashes", "2"]
    code = main(command)
    told = json.loads(capsys.readouterr().out)

    assert code == 0, told
    assert set(told["counts"].values()) == {40}
    assert told["answers"]["202"] == told["requests"]
    assert told["sha256 in order"] == told["sha256 of the storm"]
