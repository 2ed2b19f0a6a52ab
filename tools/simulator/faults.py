"""What may go wrong, and how often. Restocks, price changes, test and free vends are life, not faults."""

from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    RESET = "reset"  # all cumulative counters begin again
    COLUMN_RESET = "column-reset"  # those of one selection alone
    READER = "reader"  # a second reader clears the interval counters
    SWAP = "swap"  # another board, new or used
    CHANGER = "changer"  # another coin changer, which counts nothing itself
    ROLLOVER = "rollover"  # counters close to where they wrap
    RESCALE = "rescale"  # ID401 changes
    GAP = "gap"  # a selection is left out of one read
    REMAP = "remap"  # a selection is added
    CLOCK = "clock"  # the clock stops, jumps, or begins at the maker's default
    LOST = "lost"
    LATE = "late"
    DUPLICATE = "duplicate"
    JOINED = "joined"  # a server joins two reads to one file
    TRUNCATED = "truncated"
    CORRUPTED = "corrupted"


ALL: Final = frozenset(Fault)

# How likely on one day of one machine.
A_DAY: Final = {
    Fault.RESET: 0.004,
    Fault.COLUMN_RESET: 0.001,
    Fault.READER: 0.03,
    Fault.SWAP: 0.01,
    Fault.CHANGER: 0.002,
    Fault.RESCALE: 0.002,
    Fault.REMAP: 0.003,
    Fault.CLOCK: 0.008,
}

# How likely for one read.
A_READ: Final = {
    Fault.GAP: 0.015,
    Fault.LOST: 0.04,
    Fault.LATE: 0.04,
    Fault.DUPLICATE: 0.04,
    Fault.JOINED: 0.01,
    Fault.TRUNCATED: 0.02,
    Fault.CORRUPTED: 0.02,
}

# Of the machines that have such counters at all, how many stand close to a limit when the simulation begins.
CLOSE_TO_WRAPPING: Final = 0.3


def chosen(text: str) -> frozenset[Fault]:
    """`all`, `none`, or names with commas between. An unknown name is a ValueError that lists the known ones."""
    if text == "all":
        return ALL
    if text == "none":
        return frozenset()
    names = {name.strip() for name in text.split(",") if name.strip()}
    if unknown := names - set(Fault):
        raise ValueError(f"no such fault: {', '.join(sorted(unknown))}; there are {', '.join(Fault)}")
    return frozenset(map(Fault, names))
