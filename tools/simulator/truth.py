"""What truly happened between two reads that a machine made, for comparison with what is made of them."""

from collections.abc import Iterator
from itertools import chain

from tools.simulator.delivery import Arrival, fates_by_read
from tools.simulator.life import Life, Made
from tools.simulator.machine import Ledger

Row = dict[str, object]


def truth_rows(life: Life, arrivals: list[Arrival]) -> Iterator[Row]:
    """One row for each read made, lost ones too: they add up over every gap. Money is cents."""
    fates = fates_by_read(arrivals)
    before: Made | None = None
    for made in life.reads:
        yield {
            "machine": life.machine.asset,
            "dialect": life.machine.dialect.name,
            "read": made.number,
            "startedAt": before.at.isoformat() if before else None,
            "endedAt": made.at.isoformat(),
            "delivery": sorted(fates[made.number]) if made.number in fates else ["lost"],
            "flags": sorted(made.marks),
            "selections": _sold(before.ledger if before else {}, made.ledger),
            "testUnits": made.test_units - (before.test_units if before else 0),
            "freeUnits": made.free_units - (before.free_units if before else 0),
        }
        before = made


def sold_of(ledger: Ledger, selection: str) -> tuple[int, int]:
    """Units and cents of one selection since the simulation began, however they were paid."""
    kinds = ledger.get(selection, {}).values()
    return sum(units for units, _ in kinds), sum(cents for _, cents in kinds)


def _sold(before: Ledger, after: Ledger) -> dict[str, dict[str, dict[str, int]]]:
    found: dict[str, dict[str, dict[str, int]]] = {}
    for selection, kind in chain.from_iterable(((name, kind) for kind in kinds) for name, kinds in after.items()):
        units, cents = after[selection][kind]
        earlier_units, earlier_cents = before.get(selection, {}).get(kind, (0, 0))
        if units != earlier_units:
            sold = {"units": units - earlier_units, "cents": cents - earlier_cents}
            found.setdefault(selection, {})[kind] = sold
    return found
