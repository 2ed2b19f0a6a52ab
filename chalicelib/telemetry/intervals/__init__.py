"""Interval sales: what was sold between two cumulative reads of a machine (telemetry.md §6). Pure, no I/O.

    reading = reading_of(read, content_hash=..., received_at=...)     from a parsed DEX read, in cents
    interval = between(previous, current)                             one step; keep `interval.baseline` for the next
    found = intervals(readings)                                       a machine's whole story, in any order of arrival

`Interval.sold` has one `Sold` for each selection: `units` and `value_cents` may be booked, `proposed_*` wait for a
person. Value is read, never computed from units and price.
"""

from chalicelib.telemetry.intervals.between import between
from chalicelib.telemetry.intervals.models import (
    Cash,
    Count,
    Counters,
    Flag,
    Interval,
    Outcome,
    Placed,
    Reading,
    Sold,
    Standing,
    SumCheck,
)
from chalicelib.telemetry.intervals.reading import reading_of
from chalicelib.telemetry.intervals.sequence import booked, intervals, ordered, placed
from chalicelib.telemetry.intervals.splitting import Split, split_at

__all__ = [
    "Cash", "Count", "Counters", "Flag", "Interval", "Outcome", "Placed", "Reading", "Sold", "Split", "Standing",
    "SumCheck", "between", "booked", "intervals", "ordered", "placed", "reading_of", "split_at",
]  # fmt: skip
