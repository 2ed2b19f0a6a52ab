"""When machines were heard of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.kit.db import Connection


@dataclass(frozen=True)
class Heard:
    """A machine was read."""

    device_id: int
    at: datetime


def heard(db: Connection, *, after: int, machines: int, reads: int) -> list[Heard]:
    """The latest reads of the next live devices that have any."""
    return db.fetch(
        Heard,
        """
        SELECT machine.device_id, latest.ended_at AS at
          FROM (SELECT machine.device_id
                  FROM dex_machines machine
                  JOIN devices device ON device.id = machine.device_id AND device.deleted_at IS NULL
                 WHERE machine.device_id > %(after)s
                 ORDER BY machine.device_id
                 LIMIT %(machines)s) machine
         CROSS JOIN LATERAL (
               SELECT ended_at
                 FROM dex_intervals interval
                WHERE interval.device_id = machine.device_id
                ORDER BY position DESC
                LIMIT %(reads)s) latest
         ORDER BY machine.device_id, latest.ended_at
        """,
        after=after,
        machines=machines,
        reads=reads,
    )


def learn(db: Connection, gaps: Mapping[int, timedelta]) -> None:
    """Note how often machines are usually read."""
    db.execute(
        """
        UPDATE dex_machines machine
           SET usual_gap_seconds = greatest(1, learnt.seconds)
          FROM unnest(%(device_ids)s::bigint[], %(seconds)s::bigint[]) AS learnt (device_id, seconds)
         WHERE machine.device_id = learnt.device_id
           AND machine.usual_gap_seconds IS DISTINCT FROM greatest(1, learnt.seconds)
        """,
        device_ids=list(gaps),
        seconds=[int(gap.total_seconds()) for gap in gaps.values()],
    )


@dataclass(frozen=True)
class Silent:
    """A machine that has fallen silent."""

    device_id: int
    asset: str
    last_read_at: datetime
    usual_gap_seconds: int


def fall_silent(db: Connection, device_ids: Sequence[int], at: datetime) -> list[Silent]:
    """Note that machines are silent; those of which it was not known before."""
    return db.fetch(
        Silent,
        """
        UPDATE dex_machines machine
           SET silent_since = %(at)s
          FROM devices device
         WHERE machine.device_id = ANY(%(device_ids)s) AND machine.silent_since IS NULL
           AND device.id = machine.device_id AND machine.last_read_at IS NOT NULL
           AND machine.usual_gap_seconds IS NOT NULL
        RETURNING machine.device_id, device.asset, machine.last_read_at, machine.usual_gap_seconds
        """,
        device_ids=list(device_ids),
        at=at,
    )
