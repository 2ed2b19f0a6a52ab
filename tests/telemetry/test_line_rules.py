"""The arithmetic between interval sales and the books."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.telemetry.dex import parse
from chalicelib.telemetry.intervals import Count, Outcome, Sold, reading_of
from chalicelib.telemetry.rules import chains
from chalicelib.telemetry.rules.documents import document_of, reading_from
from chalicelib.telemetry.rules.lines import ProductChange, Target, by_payment, lines
from chalicelib.telemetry.rules.walking import StoredReading, walk
from tests.telemetry.machines import START, Machine

counts = st.tuples(st.integers(0, 50), st.integers(0, 9_000))


def sold(units: int, cents: int, **payments: tuple[int, int]) -> Sold:
    return Sold(
        selection="A1",
        outcome=Outcome.NORMAL,
        units=units,
        value_cents=cents,
        payments={(device, "0"): Count(*count) for device, count in payments.items()},
    )


@pytest.mark.rule("BR-144")
@given(counts, st.dictionaries(st.sampled_from(["CA", "DA", "DB", "TA"]), counts))
def test_parts_by_payment_always_add_up_to_what_was_sold(
    whole: tuple[int, int], payments: dict[str, tuple[int, int]]
) -> None:
    parts = by_payment(sold(*whole, **payments))

    assert (sum(units for _, units, _ in parts), sum(cents for *_, cents in parts)) == whole
    assert all(units >= 0 and cents >= 0 for _, units, cents in parts)
    assert len({kind for kind, *_ in parts}) == len(parts)


@pytest.mark.rule("BR-144")
def test_mixed_vends_stay_under_the_larger_device() -> None:
    # One vend was paid in part by cash and in part by card: both count it (dex.md 7).
    assert by_payment(sold(10, 1_250, CA=(4, 450), DA=(7, 800))) == [("cashless", 7, 800), ("cash", 3, 450)]


def test_without_a_split_everything_is_of_no_known_kind() -> None:
    assert by_payment(sold(2, 250)) == [(None, 2, 250)]


def test_a_split_worth_more_than_was_sold_is_no_split() -> None:
    assert by_payment(sold(3, 100, CA=(2, 50), DA=(1, 500))) == [(None, 3, 100)]


def test_a_reading_survives_its_document() -> None:
    (read,) = parse(Machine().read(), uploaded_at=START + timedelta(days=2))
    reading = reading_of(read, content_hash=read.content_hash, received_at=START)
    back = reading_from(
        document_of(reading), content_hash=read.content_hash, received_at=START, read_at=None, carried={}
    )

    assert (back.selections, back.totals, back.cash) == (reading.selections, reading.totals, reading.cash)
    assert (back.serials, back.read_count, back.reset_count) == (
        reading.serials,
        reading.read_count,
        reading.reset_count,
    )


def stored(contents: list[bytes]) -> list[StoredReading]:
    found = []
    for number, content in enumerate(contents, start=1):
        (read,) = parse(content, uploaded_at=START + timedelta(days=90))
        reading = reading_of(read, content_hash=read.content_hash, received_at=START)
        found.append(
            StoredReading(
                device_id=1,
                read_id=number,
                sha256=read.content_hash,
                received_at=START + timedelta(days=90),
                is_dated=False,
                read_at=read.read_at,
                reading=document_of(reading),
                position=None,
                carried=None,
            )
        )
    return found


@pytest.mark.rule("BR-144", "BR-145")
@given(st.permutations(range(5)))
def test_a_machines_story_does_not_depend_on_the_order_in_which_it_is_told(order: list[int]) -> None:
    machine = Machine()
    contents = [machine.sell("A1", units).read() for units in (0, 1, 2, 3, 4)]
    told = walk([stored(contents)[place] for place in order], has_anchor=False)

    assert [(step.read_id, step.position, step.interval.units) for step in told] == [
        (1, 1, 0),
        (2, 2, 1),
        (3, 3, 2),
        (4, 4, 3),
        (5, 5, 4),
    ]


@pytest.mark.rule("BR-144")
@given(st.integers(1, 60), st.lists(st.integers(1, 23), max_size=4, unique=True))
def test_products_that_changed_in_between_share_what_was_sold(units: int, hours: list[int]) -> None:
    machine = Machine()
    steps = walk(stored([machine.read(), machine.sell("A1", units).read()]), has_anchor=False)
    start = steps[1].interval.started_at
    assert start is not None
    changes = [
        ProductChange(slot_id=7, at=start + timedelta(hours=hour), old_product_id=hour, old_price_cents=None)
        for hour in hours
    ]
    target = Target(device_id=1, selection="A1", slot_id=7, product_id=99, price_cents=125)
    found = lines(steps, [target], changes)

    assert sum(line.units for line in found) == units
    assert sum(line.revenue_cents for line in found) == units * 125
    assert {line.product_id for line in found} <= {99, *hours}
    assert len({line.key for line in found}) == len(found)


def test_every_part_of_a_link_is_in_its_hash() -> None:
    whole = {"key": "C/S", "number": 1, "content": b"c" * 32, "file": b"f" * 32, "received_at": START}
    others = {"key": "C/T", "number": 2, "content": b"d" * 32, "file": b"g" * 32, "received_at": START + timedelta(1)}
    others["collected_at"] = START
    hashes = {chains.link(chains.START, **whole)}  # type: ignore[arg-type]
    hashes |= {chains.link(chains.START, **{**whole, name: value}) for name, value in others.items()}  # type: ignore[arg-type]
    hashes.add(chains.link(b"p" * 32, **whole))  # type: ignore[arg-type]

    assert len(hashes) == 8
