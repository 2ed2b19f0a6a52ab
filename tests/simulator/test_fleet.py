"""The simulated fleet: the same seed gives the same bytes, each machine writes as its maker does, the truth adds up."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from chalicelib.telemetry.dex import Verdict, parse
from tools.simulator.delivery import deliver, fates_by_read
from tools.simulator.dialects import DIALECTS
from tools.simulator.faults import ALL, Fault
from tools.simulator.feed import write_fleet
from tools.simulator.fuzz import BEGAN
from tools.simulator.life import Course, Life, live

COMMITTED = Path(__file__).parents[1] / "conformance" / "fleet"


def course(seed: int = 5, days: int = 10, faults: frozenset[Fault] = ALL) -> Course:
    return Course(seed=seed, began=BEGAN, days=days, faults=faults)


def contents(life: Life) -> list[bytes]:
    return [made.content for made in life.reads]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def deliveries() -> Iterator[Any]:
    return (json.loads(line) for line in (COMMITTED / "webhooks.jsonl").read_text("utf-8").splitlines())


def test_the_committed_fleet_is_what_its_seed_gives_byte_for_byte(tmp_path: Path) -> None:
    """Whoever changes the simulator makes it anew by the command in its README."""
    write_fleet(course(seed=2026, days=4), 3, tmp_path)
    committed = files_of(COMMITTED)
    committed.pop("README.md")

    assert files_of(tmp_path) == committed


def test_another_seed_is_another_fleet() -> None:
    assert contents(live(course(seed=5), 2)) != contents(live(course(seed=6), 2))


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.LATE, Fault.CORRUPTED, Fault.DUPLICATE])
def test_what_happens_on_the_way_does_not_change_what_the_machine_made(fault: Fault) -> None:
    assert contents(live(course(faults=ALL - {fault}), 3)) == contents(live(course(), 3))


@pytest.mark.parametrize("number", range(1, len(DIALECTS) + 1))
def test_every_dialect_is_read_without_loss_when_nothing_goes_wrong(number: int) -> None:
    life = live(course(faults=frozenset()), number)

    for made in life.reads:
        (read,) = parse(made.content)
        assert read.verdict is Verdict.ACCEPTED
        assert {one.selection for one in read.selections} == set(life.machine.columns)
        assert not [issue for issue in read.issues if issue.severity == "error"]


def test_machines_write_as_their_makers_do() -> None:
    firsts = {
        life.machine.dialect.name: life.reads[0].content
        for life in (live(course(faults=frozenset()), number) for number in range(1, len(DIALECTS) + 1))
    }

    assert len(firsts) == len(DIALECTS)
    assert firsts["animo"].startswith(b"MC5*")
    assert b"G85" not in firsts["grandfather"]
    assert b"\n" not in firsts["dixie-glass"]
    assert b"PA2" not in firsts["lists"]
    assert b"ID4*3*" in firsts["gulf"]
    assert parse(firsts["dixie-stack"])[0].crc_swapped


@pytest.mark.slow
def test_every_class_of_fault_happens() -> None:
    found: set[str] = set()
    number = 0
    while number < 400 and not found >= set(ALL):
        number += 1
        life = live(course(days=40), number)
        arrivals = deliver(course(days=40), life)
        found |= {mark for made in life.reads for mark in made.marks}
        found |= set().union(*fates_by_read(arrivals).values())
        found |= {Fault.LOST} if len(fates_by_read(arrivals)) < len(life.reads) else set()
        found |= {Fault.ROLLOVER} if life.machine.board.width.units < 10**8 else set()

    assert found >= set(ALL)


def test_machines_sell_by_day_and_hour_and_are_filled_and_priced_anew() -> None:
    lives = [live(course(days=28, faults=frozenset()), number) for number in range(1, 25)]
    vends = [one.at for life in lives for one in life.machine.happenings if one.kind == "vend"]
    doors = [one for life in lives for one in life.machine.happenings if one.code == "EGS" and one.is_active]

    assert sum(at.hour in range(7, 18) for at in vends) > 4 * sum(at.hour in range(5) for at in vends)
    assert sum(at.weekday() < 5 for at in vends) / 5 > sum(at.weekday() >= 5 for at in vends) / 2
    assert len(doors) > 24 * 3
    assert any("price" in made.marks for life in lives for made in life.reads)
    assert sum(life.reads[-1].test_units + life.reads[-1].free_units for life in lives) > 24


def test_the_truth_adds_up_to_what_the_machine_counts() -> None:
    for number in range(1, len(DIALECTS) + 1):
        life = live(course(faults=frozenset()), number)
        first, last = parse(life.reads[0].content)[0], parse(life.reads[-1].content)[0]
        sold = {name: sum(units for units, _ in kinds.values()) for name, kinds in life.reads[-1].ledger.items()}
        before = {name: sum(units for units, _ in kinds.values()) for name, kinds in life.reads[0].ledger.items()}

        vends = (last.number("VA1", "units_init") or 0) - (first.number("VA1", "units_init") or 0)
        assert vends == sum(sold.values()) - sum(before.values())


def test_webhooks_are_signed_as_the_standard_says_and_hold_the_files() -> None:
    (secret,) = json.loads((COMMITTED / "fleet.json").read_text("utf-8"))["partner"]["secrets"]
    sent = list(deliveries())

    for one in sent:
        headers, at = one["headers"], datetime.fromisoformat(one["receivedAt"])
        assert headers["webhook-timestamp"] == str(int(at.timestamp()))
        signature = Webhook(secret).sign(headers["webhook-id"], at, one["body"])
        assert signature == headers["webhook-signature"]
    assert [one["receivedAt"] for one in sent] == sorted(one["receivedAt"] for one in sent)
    assert len({one["headers"]["webhook-id"] for one in sent}) == len(sent)
    read = [base64.b64decode(body["content"]) for one in sent if "content" in (body := json.loads(one["body"]))]
    assert sorted(read) == sorted(path.read_bytes() for path in COMMITTED.rglob("*.dex"))


def test_a_telemeter_may_call_more_often() -> None:
    often = replace(course(days=2, faults=frozenset()), every=timedelta(hours=2))

    assert len(live(often, 1).reads) >= 23
