"""How often a machine is heard of, and when it has fallen silent."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

FEWEST_GAPS = 3
MISSED = 3
SHORTEST_SILENCE = timedelta(hours=6)


def usual_gap(read_at: Sequence[datetime]) -> timedelta | None:
    """The median time between a machine's reads; nothing before there are three such times."""
    moments = sorted(set(read_at))
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    return timedelta(seconds=median(gaps)) if len(gaps) >= FEWEST_GAPS else None


def silent_from(last_read_at: datetime, gap: timedelta) -> datetime:
    """The moment from which a machine counts as silent: three usual gaps, and six hours at least."""
    return last_read_at + max(MISSED * gap, SHORTEST_SILENCE)
