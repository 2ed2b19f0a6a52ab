"""The state machines of orders and their cabinets: every pair of states, allowed or not, for every role."""

import itertools

import pytest

from chalicelib.kit.errors import Forbidden, InvalidTransition
from chalicelib.kit.roles import EVERYONE
from chalicelib.orders.rules import machine

ORDER = ("pending", "in_progress", "completed", "cancelled")
STOP = ("pending", "in_progress", "completed", "skipped")
OFFICE, DRIVES = {"admin", "manager"}, {"admin", "manager", "driver"}

ORDER_WAYS = {
    ("pending", "in_progress"): DRIVES,
    ("in_progress", "completed"): {"system"},
    ("pending", "cancelled"): OFFICE,
    ("in_progress", "cancelled"): {"admin"},
    ("in_progress", "pending"): {"system"},
}
STOP_WAYS = {
    ("pending", "in_progress"): DRIVES,
    ("pending", "completed"): DRIVES,
    ("in_progress", "completed"): DRIVES,
    ("pending", "skipped"): DRIVES | {"system"},
    ("in_progress", "skipped"): DRIVES | {"system"},
    ("in_progress", "pending"): DRIVES,
}
BY = (*EVERYONE, "system")


def _verdict(check, now: str, to: str, by: str, **how: bool) -> str:  # type: ignore[no-untyped-def]
    try:
        check(now, to, by, **how)
    except InvalidTransition as refusal:
        return "impossible" if (refusal.details["from"], refusal.details["to"]) == (now, to) else "told wrongly"
    except Forbidden:
        return "forbidden"
    return "taken"


def _expected(ways: dict[tuple[str, str], set[str]], now: str, to: str, by: str) -> str:
    takers = ways.get((now, to), set())
    if by in takers:
        return "taken"
    return "forbidden" if takers - {"system"} else "impossible"


@pytest.mark.rule("SO-2", "SO-3", "SO-4", "SO-5", "SO-7", "BR-100")
@pytest.mark.parametrize(("now", "to"), list(itertools.product(ORDER, ORDER)))
def test_each_step_of_an_order_is_for_its_takers_alone(now: str, to: str) -> None:
    for by in BY:
        assert _verdict(machine.check_order, now, to, by) == _expected(ORDER_WAYS, now, to, by), by


@pytest.mark.rule("SC-1", "SC-2", "SC-3", "SC-4")
@pytest.mark.parametrize(("now", "to"), list(itertools.product(STOP, STOP)))
def test_each_step_of_a_cabinet_is_for_its_takers_alone(now: str, to: str) -> None:
    for by in BY:
        assert _verdict(machine.check_stop, now, to, by) == _expected(STOP_WAYS, now, to, by), by


@pytest.mark.rule("SO-6", "SC-5")
@pytest.mark.parametrize("by", BY)
def test_only_a_rollback_leads_back_from_completed(by: str) -> None:
    outcome = "taken" if by in OFFICE else "forbidden"

    assert _verdict(machine.check_order, "completed", "in_progress", by, rolling_back=True) == outcome
    assert _verdict(machine.check_stop, "completed", "pending", by, rolling_back=True) == outcome


@pytest.mark.rule("BR-100")
def test_a_refusal_names_the_steps_that_are_possible() -> None:
    with pytest.raises(InvalidTransition) as caught:
        machine.check_order("pending", "completed", "driver")
    assert caught.value.details["allowed"] == ["in_progress"]

    with pytest.raises(InvalidTransition) as caught:
        machine.check_order("in_progress", "pending", "admin")
    assert caught.value.details["allowed"] == ["cancelled"]


@pytest.mark.rule("SO-3")
@pytest.mark.parametrize(
    ("stops", "done"),
    [
        ([], False),
        (["completed"], True),
        (["completed", "skipped"], True),
        (["skipped", "skipped"], False),
        (["completed", "pending"], False),
        (["completed", "in_progress"], False),
    ],
)
def test_an_order_is_done_when_nothing_is_open_and_something_was_serviced(stops: list[str], done: bool) -> None:
    assert machine.is_done(stops) is done


@pytest.mark.rule("SO-7")
@pytest.mark.parametrize(
    ("stops", "untouched"),
    [(["pending"], True), (["pending", "skipped"], True), (["in_progress"], False), (["completed", "pending"], False)],
)
def test_an_order_is_untouched_when_no_cabinet_is_begun_or_serviced(stops: list[str], untouched: bool) -> None:
    assert machine.is_untouched(stops) is untouched
