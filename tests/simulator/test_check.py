"""The engine against the truth of simulated fleets, and that the check would notice if it were wrong."""

from dataclasses import replace
from random import Random

import pytest

from chalicelib.telemetry.intervals import Interval, Outcome, intervals
from tools.simulator.__main__ import main
from tools.simulator.check import check
from tools.simulator.delivery import deliver
from tools.simulator.faults import ALL
from tools.simulator.fuzz import BEGAN, fuzz
from tools.simulator.judge import Judge, Verdicts, readings_of
from tools.simulator.life import Course, live


def course(seed: int, days: int = 30) -> Course:
    return Course(seed=seed, began=BEGAN, days=days, faults=ALL)


@pytest.mark.slow
@pytest.mark.rule("BR-144", "BR-145")
@pytest.mark.parametrize("seed", [7, 20, 24])
def test_what_is_booked_is_what_was_sold_whatever_goes_wrong(seed: int) -> None:
    result = check(course(seed), 36)

    assert [str(one) for one in result.verdicts.differences] == []
    assert (result.verdicts.negative, result.verdicts.overbooked) == (0, 0)
    assert result.exact.units == result.exact.true_units > 10_000
    assert result.exact.cents == result.exact.true_cents
    recognised, swaps = result.swaps_recognised
    assert recognised == swaps > 0


@pytest.mark.slow
@pytest.mark.rule("BR-144", "BR-145")
def test_it_is_so_too_where_senders_tell_when_reads_were_taken() -> None:
    result = check(course(20), 24, is_dated=True)

    assert [str(one) for one in result.verdicts.differences] == []
    assert (result.verdicts.negative, result.verdicts.overbooked) == (0, 0)
    assert result.exact.units == result.exact.true_units > 8_000


@pytest.mark.rule("BR-145")
def test_reads_that_tell_when_they_were_taken_tell_the_same_story_in_any_order() -> None:
    for number in range(1, 25):
        life = live(course(7, days=20), number)
        readings, _ = readings_of(deliver(course(7, days=20), life), Verdicts(), is_dated=True)
        shuffled = list({one.content_hash: one for one in readings}.values())
        in_order = intervals(shuffled)
        Random(number).shuffle(shuffled)

        assert intervals(shuffled) == in_order


@pytest.mark.parametrize(("seed", "number"), [(7, 40), (7, 83), (7, 191), (7, 281), (7, 365), (7, 465), (31, 7)])
def test_lives_that_once_misled_the_engine_do_so_no_more(seed: int, number: int) -> None:
    life = live(course(seed, days=60), number)
    verdicts = Verdicts()
    readings, origin = readings_of(deliver(course(seed, days=60), life), verdicts)

    Judge(life, origin, verdicts).walk(intervals(readings))

    assert (verdicts.differences, verdicts.negative, verdicts.overbooked) == ([], 0, 0)


@pytest.mark.parametrize(("units", "cents"), [(1, 0), (0, 5), (-1, 0)])
def test_the_check_notices_a_single_unit_or_a_few_cents(units: int, cents: int) -> None:
    life = live(course(7), 1)
    verdicts = Verdicts()
    readings, origin = readings_of(deliver(course(7), life), verdicts)
    found = intervals(readings)
    place = next(at for at, interval in enumerate(found) if interval.outcome is Outcome.NORMAL)

    Judge(life, origin, verdicts).walk([*found[:place], _spoilt(found[place], units, cents), *found[place + 1 :]])

    assert len(verdicts.differences) == 1


def _spoilt(interval: Interval, units: int, cents: int) -> Interval:
    first, *rest = interval.sold
    first = replace(first, units=first.units + units, value_cents=(first.value_cents or 0) + cents)
    return replace(interval, sold=(first, *rest))


def test_the_command_prints_the_table_and_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seed", "7", "--machines", "4", "--days", "6", "--jobs", "1"]) == 0

    assert "difference of units 0, of cents 0" in capsys.readouterr().out


@pytest.mark.slow
def test_damaged_files_and_garbage_raise_nothing() -> None:
    report = fuzz(11, seconds=120, most=400)

    assert report.findings == []
    assert report.inputs == 400
    assert len(report.verdicts) == 3
