"""Every read delivered three times, in random order, by several senders over HTTP: one effect each."""

import json

import pytest

from tools.telemetry.__main__ import main


@pytest.mark.slow
@pytest.mark.rule("BR-142", "BR-145", "BR-105")
def test_a_small_storm_leaves_the_books_of_one_delivery_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["storm", "--reads", "40", "--workers", "8", "--queue-workers", "2"])
    told = json.loads(capsys.readouterr().out)

    assert code == 0, told
    assert told["deliveries"] == 120
    assert told["told as duplicates"] >= 80
    assert set(told["counts"].values()) == {40}
    assert told["sha256 in order"] == told["sha256 of the storm"]
    assert told["sums"]["units"] > 0


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
    assert told["answers"]["202"] == 80
    assert told["sha256 in order"] == told["sha256 of the storm"]
