"""The seal on the audit log: chained, hashed blocks that tell whether a row was altered, removed or slipped in.

Writers never wait for one another: they only insert. A schedule calls `seal`, which puts every row that no block
holds yet into a new block; `verify` says what does not fit. Whoever cuts off the newest blocks together with their
rows is found by comparing the newest number and hash with the ones that each run of `seal` left in the logs.
"""

from typing import Final, Literal

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

GRACE: Final = "10 minutes"
"""Longer than any transaction may take, so that a row is committed before its moment is closed."""
_LOCK: Final = 7_205_330_742

Problem = Literal["block altered", "chain broken", "block missing", "row altered", "row missing", "row slipped in"]


@value
class Finding:
    """One thing that is wrong, with the block and the row that it is about, as far as they are known."""

    problem: Problem
    block_number: int | None
    event_id: int | None


def seal(db: Connection) -> int:
    """Put all unsealed rows into the next block; how many there were. A block without rows still closes its time.

    Needs a transaction of its own, because the lock that keeps a second sealer out lasts until its end.
    """
    db.execute("SELECT pg_advisory_xact_lock(%(lock)s)", lock=_LOCK)
    sealed: int = db.value(_SEAL, grace=GRACE)
    return sealed


def verify(db: Connection) -> list[Finding]:
    """Everything that is wrong with the log, oldest block first; empty when it is as it was written."""
    return db.fetch(Finding, _BLOCKS) + db.fetch(Finding, _ROWS, grace=GRACE)


_SEAL = """
WITH previous AS (
     SELECT number, sealed_at, hash FROM audit_blocks ORDER BY number DESC LIMIT 1
), origin AS (
     SELECT coalesce(max(number), 0) + 1 AS number,
            coalesce(max(sealed_at), '-infinity') - %(grace)s::interval AS open_since,
            coalesce((SELECT hash FROM previous), decode(repeat('00', 32), 'hex')) AS prev_hash,
            clock_timestamp() AS sealed_at
       FROM previous
), candidate AS (
     SELECT event
       FROM origin
       JOIN audit_events event ON event.at >= origin.open_since
      UNION ALL
     SELECT event
       FROM origin
       JOIN import_runs run ON run.finished_at >= origin.open_since
       JOIN audit_events event ON event.import_run_id = run.id AND event.at < origin.open_since
), fresh AS (
     SELECT (candidate.event).id, (candidate.event).at, cvd_audit_row_hash(candidate.event) AS row_hash
       FROM candidate
       LEFT JOIN audit_seals seal ON seal.event_id = (candidate.event).id AND seal.event_at = (candidate.event).at
      WHERE seal.event_id IS NULL
), content AS (
     SELECT count(*) AS row_count, string_agg(row_hash, '' ORDER BY at, id) AS row_hashes FROM fresh
), block AS (
     INSERT INTO audit_blocks (number, sealed_at, row_count, prev_hash, hash)
     SELECT number, sealed_at, row_count, prev_hash,
            cvd_audit_block_hash(number, sealed_at, prev_hash, row_count, row_hashes)
       FROM origin, content
     RETURNING number
), seals AS (
     INSERT INTO audit_seals (event_id, event_at, block_number, row_hash)
     SELECT fresh.id, fresh.at, block.number, fresh.row_hash FROM fresh, block
     RETURNING 1
)
SELECT count(*) FROM seals
"""

_BLOCKS = """
WITH block AS (
     SELECT number, sealed_at, row_count, prev_hash, hash,
            lag(number, 1, 0::bigint) OVER (ORDER BY number) AS previous_number,
            lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY number) AS previous_hash
       FROM audit_blocks
), content AS (
     SELECT block_number, count(*) AS row_count, string_agg(row_hash, '' ORDER BY event_at, event_id) AS row_hashes
       FROM audit_seals
      GROUP BY block_number
)
SELECT finding.problem, block.number AS block_number, NULL::bigint AS event_id
  FROM block
  LEFT JOIN content ON content.block_number = block.number
 CROSS JOIN LATERAL (
       VALUES ('block missing', block.number <> block.previous_number + 1),
              ('chain broken', block.number = block.previous_number + 1 AND block.prev_hash <> block.previous_hash),
              ('block altered', block.row_count <> coalesce(content.row_count, 0)
                   OR block.hash <> cvd_audit_block_hash(block.number, block.sealed_at, block.prev_hash,
                                                         block.row_count, content.row_hashes))
       ) AS finding (problem, holds)
 WHERE finding.holds
 ORDER BY block.number
"""

# A row may be sealed late only when it came with an import; its block is then the first after the import ended.
_ROWS = """
WITH block AS (
     SELECT number, sealed_at, lag(sealed_at, 1, '-infinity') OVER (ORDER BY number) AS previous_at
       FROM audit_blocks
), newest AS (
     SELECT coalesce(max(sealed_at), '-infinity') AS sealed_at FROM audit_blocks
), sealed AS (
     SELECT seal.block_number, seal.event_id,
            CASE WHEN event.id IS NULL THEN 'row missing'
                 WHEN cvd_audit_row_hash(event) <> seal.row_hash THEN 'row altered'
                 WHEN event.at < block.previous_at - %(grace)s::interval
                  AND NOT coalesce(run.finished_at BETWEEN block.previous_at - %(grace)s::interval
                                                       AND block.sealed_at, false) THEN 'row slipped in'
            END AS problem
       FROM audit_seals seal
       JOIN block ON block.number = seal.block_number
       LEFT JOIN audit_events event ON event.id = seal.event_id AND event.at = seal.event_at
       LEFT JOIN import_runs run ON run.id = event.import_run_id
), unsealed AS (
     SELECT event.id AS event_id
       FROM audit_events event
       LEFT JOIN import_runs run ON run.id = event.import_run_id
      CROSS JOIN newest
      WHERE event.at < newest.sealed_at - %(grace)s::interval
        AND NOT coalesce(run.finished_at >= newest.sealed_at - %(grace)s::interval, false)
        AND NOT EXISTS (SELECT FROM audit_seals seal WHERE seal.event_id = event.id AND seal.event_at = event.at)
)
SELECT problem, block_number, event_id FROM sealed WHERE problem IS NOT NULL
 UNION ALL
SELECT 'row slipped in', NULL, event_id FROM unsealed
 ORDER BY block_number NULLS LAST, event_id
"""
