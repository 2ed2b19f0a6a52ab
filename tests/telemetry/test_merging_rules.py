"""Live vends beside what reads say: the read's totals hold, whatever the feed told."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.telemetry.intervals import Interval, Outcome, Reading, Sold
from chalicelib.telemetry.rules.lines import Line, PaymentKind, Target
from chalicelib.telemetry.rules.merging import Settled, Vend, settle
from chalicelib.telemetry.rules.walking import Step

START = datetime(2026, 3, 2, tzinfo=UTC)
EXACT, FIRST, HELD = Outcome.NORMAL, Outcome.SWAP_BASELINE, Outcome.SUSPECT
TARGET = Target(device_id=1, selection="A1", slot_id=7, product_id=70, price_cents=100)


def step(position: int, outcome: Outcome = EXACT) -> Step:
    ended = START + timedelta(hours=position)
    reading = Reading(content_hash=bytes(32), received_at=ended)
    sold = Sold(selection="A1", outcome=outcome)
    interval = Interval(
        outcome=outcome if outcome is FIRST else EXACT,
        started_at=ended - timedelta(hours=1),
        ended_at=ended,
        previous_hash=bytes(32),
        current_hash=bytes(32),
        baseline=reading,
        sold=(sold,),
    )
    return Step(
        device_id=1,
        read_id=position,
        previous_read_id=position - 1,
        position=position,
        received_at=ended + timedelta(minutes=5),
        interval=interval,
        carried={},
    )


def line(read_id: int, units: int, cents: int, kind: PaymentKind | None = "cashless") -> Line:
    ended = START + timedelta(hours=read_id)
    return Line(
        device_id=1,
        read_id=read_id,
        selection="A1",
        slot_id=7,
        product_id=70,
        payment_kind=kind,
        units=units,
        revenue_cents=cents,
        sold_at=ended,
        period_start=ended - timedelta(hours=1),
    )


def vend(number: int, *, minutes: int, cents: int = 100, kind: PaymentKind = "cashless") -> Vend:
    at = START + timedelta(minutes=minutes)
    return Vend(vend_id=number, device_id=1, selection="A1", payment_kind=kind, cents=cents, at=at)


def statuses(settled: list[Settled]) -> list[str]:
    return [one.status for one in settled]


def test_a_vend_in_the_minute_of_a_read_is_in_it_and_one_after_it_is_not() -> None:
    _, settled = settle([step(1)], [line(1, 2, 200)], [vend(1, minutes=61), vend(2, minutes=62)], [TARGET], [])

    assert statuses(settled) == ["confirmed", "provisional"]


def test_what_a_held_selection_leaves_open_the_next_read_settles() -> None:
    steps = [step(1, HELD), step(2)]
    rest, settled = settle(steps, [line(2, 3, 300)], [vend(1, minutes=30)], [TARGET], [])

    assert [(one.read_id, one.status) for one in settled] == [(2, "confirmed")]
    assert [(one.units, one.revenue_cents) for one in rest] == [(2, 200)]


def test_around_a_new_board_vends_beyond_what_the_read_knows_are_kept() -> None:
    vends = [vend(number, minutes=number) for number in range(1, 5)]
    rest, settled = settle([step(1, FIRST)], [line(1, 1, 100)], vends, [TARGET], [])

    assert statuses(settled) == ["confirmed", "kept", "kept", "kept"]
    assert rest == []


def test_a_vend_whose_price_contradicts_the_read_is_superseded_not_counted_beside_it() -> None:
    rest, settled = settle([step(1, FIRST)], [line(1, 1, 90)], [vend(1, minutes=5)], [TARGET], [])

    assert statuses(settled) == ["superseded"]
    assert [(one.units, one.revenue_cents) for one in rest] == [(1, 90)]


def test_a_vend_of_a_selection_without_a_slot_is_no_sale() -> None:
    _, (settled,) = settle([step(1)], [], [vend(1, minutes=90)], [], [])

    assert (settled.status, settled.is_booked) == ("provisional", False)


amounts = st.tuples(st.integers(1, 6), st.integers(0, 900))
kinds = st.sampled_from(["cash", "cashless", None])
told = st.tuples(st.integers(1, 240), st.sampled_from([50, 100, 150]), st.sampled_from(["cash", "cashless"]))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.sampled_from([EXACT, HELD]), min_size=3, max_size=3),
    st.dictionaries(st.tuples(st.integers(1, 3), kinds), amounts, max_size=6),
    st.lists(told, max_size=12),
    st.randoms(),
)
def test_lines_and_confirmed_vends_add_up_to_what_the_reads_say_in_any_order(outcomes, amounts_of, vends_told, chance):
    steps = [step(position, outcome) for position, outcome in enumerate(outcomes, start=1)]
    lines = [
        line(read_id, units, cents, kind)
        for (read_id, kind), (units, cents) in amounts_of.items()
        if outcomes[read_id - 1] is EXACT
    ]
    vends = [vend(n, minutes=minutes, cents=cents, kind=kind) for n, (minutes, cents, kind) in enumerate(vends_told)]
    rest, settled = settle(steps, lines, vends, [TARGET], [])
    shuffled = [*vends]
    chance.shuffle(shuffled)
    confirmed = [one.vend.cents for one in settled if one.status == "confirmed"]

    assert sum(one.units for one in rest) + len(confirmed) == sum(one.units for one in lines)
    assert sum(one.revenue_cents for one in rest) + sum(confirmed) == sum(one.revenue_cents for one in lines)
    assert all(one.units > 0 and one.revenue_cents >= 0 for one in rest)
    assert all(one.status != "kept" for one in settled)
    assert settle(steps[::-1], lines, shuffled, [TARGET], []) == (rest, settled)
