"""When machines were heard of."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

ALERT = "machine_silent"


@value
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


@value
class Silent:
    """A machine that has fallen silent."""

    device_id: int
    asset: str
    last_read_at: datetime
    usual_gap_seconds: int


def fall_silent(db: Connection, device_ids: Sequence[int], at: datetime) -> list[Silent]:
    """Note that machines are silent, with an alert each; those of which it was not known before."""
    return db.fetch(
        Silent,
        """
        WITH fallen AS (
            UPDATE dex_machines machine
               SET silent_since = %(at)s
              FROM devices device
             WHERE machine.device_id = ANY(%(device_ids)s) AND machine.silent_since IS NULL
               AND device.id = machine.device_id AND machine.last_read_at IS NOT NULL
               AND machine.usual_gap_seconds IS NOT NULL
            RETURNING machine.device_id, device.asset, machine.last_read_at, machine.usual_gap_seconds),
        alert AS (
            INSERT INTO security_alerts (alert_type, severity, description, metadata, created_at)
            SELECT %(kind)s, 'warning',
                   format('Machine %%s has not been read since %%s UTC', asset,
                          to_char(last_read_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')),
                   jsonb_build_object('device_id', device_id, 'asset', asset, 'last_read_at', last_read_at,
                                      'usual_gap_seconds', usual_gap_seconds),
                   %(at)s
              FROM fallen)
        SELECT device_id, asset, last_read_at, usual_gap_seconds
          FROM fallen
         ORDER BY device_id
        """,
        device_ids=list(device_ids),
        kind=ALERT,
        at=at,
    )


def settle_alerts(db: Connection, at: datetime) -> int:
    """Resolve the pending alerts of machines that have been heard of again; how many that was."""
    return db.execute(
        """
        UPDATE security_alerts alert
           SET status = 'resolved', resolved_at = %(at)s
         WHERE alert.alert_type = %(kind)s
           AND alert.status = 'pending'
           AND EXISTS (SELECT
                         FROM dex_machines machine
                        WHERE machine.device_id = (alert.metadata ->> 'device_id')::bigint
                          AND machine.silent_since IS NULL)
        """,
        kind=ALERT,
        at=at,
    )


@value
class Rhythm:
    """How often a machine is read, and when it was last."""

    last_read_at: datetime | None
    usual_gap_seconds: int | None
    silent_since: datetime | None


def of_device(db: Connection, device_id: int) -> Rhythm | None:
    """The rhythm of a machine; None for one that was never read."""
    return db.fetch_one(
        Rhythm,
        "SELECT last_read_at, usual_gap_seconds, silent_since FROM dex_machines WHERE device_id = %(id)s",
        id=device_id,
    )


@value
class StillSilent(Silent):
    """A machine that is silent now."""

    silent_since: datetime


def silent(db: Connection, limit: int) -> list[StillSilent]:
    """The live machines that are silent, the longest first."""
    return db.fetch(
        StillSilent,
        """
        SELECT machine.device_id, device.asset, machine.last_read_at, machine.usual_gap_seconds, machine.silent_since
          FROM dex_machines machine
          JOIN devices device ON device.id = machine.device_id AND device.deleted_at IS NULL
         WHERE machine.silent_since IS NOT NULL
         ORDER BY machine.last_read_at, machine.device_id
         LIMIT %(limit)s
        """,
        limit=limit,
    )
