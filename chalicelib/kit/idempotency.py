"""Idempotency keys: a repeated write is answered as the first time, and moves nothing (BR-117, BR-128)."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kit.answer import Written
from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.errors import BadRequest, KeyReused, RequestInProgress
from chalicelib.kit.values import value

HEADER = "idempotency-key"
LONGEST_KEY = 200
ABANDONED_AFTER = timedelta(minutes=2)
"""A claim without an answer that is older than any Lambda lives belongs to a crashed request."""


@value
class Claim:
    """One user's key, and the fingerprint of the request that it came with."""

    user_id: int
    key: str
    method: str
    path: str
    fingerprint: bytes


def claim_of(user_id: int, key: str, method: str, path: str, body: bytes) -> Claim:
    """The claim of a request that carries `key`."""
    if len(key) > LONGEST_KEY:
        raise BadRequest(f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
    return Claim(
        user_id, key, method, path, hashlib.sha256(b"\0".join((method.encode(), path.encode(), body))).digest()
    )


@value
class _Stored:
    request_hash: bytes
    response_status: int | None
    response_headers: dict[str, Any] | None  # Any: header values, one or several
    response_body: str | None
    created_at: datetime


def take(db: Connection, claim: Claim, now: datetime) -> Written | None:
    """Claim the key in this transaction; the first answer when the key was used before.

    A concurrent request with the same key waits here until the first one commits or rolls back. Raises `KeyReused`
    when the key came with a different request, `RequestInProgress` when the first has not been answered yet.
    """
    fresh = db.execute(
        """
        INSERT INTO idempotency_keys (user_id, key, method, path, request_hash, created_at)
        VALUES (%(user_id)s, %(key)s, %(method)s, %(path)s, %(hash)s, %(now)s)
            ON CONFLICT (user_id, key) DO NOTHING
        """,
        user_id=claim.user_id,
        key=claim.key,
        method=claim.method,
        path=claim.path,
        hash=claim.fingerprint,
        now=now,
    )
    return None if fresh else _replay(db, claim, now)


def _replay(db: Connection, claim: Claim, now: datetime) -> Written | None:
    stored = db.fetch_one(
        _Stored,
        """
        SELECT request_hash, response_status, response_headers, response_body, created_at
          FROM idempotency_keys
         WHERE user_id = %(user_id)s
           AND key = %(key)s
           FOR UPDATE
        """,
        user_id=claim.user_id,
        key=claim.key,
    )
    if stored is None:
        raise RequestInProgress
    if stored.request_hash != claim.fingerprint:
        raise KeyReused
    if stored.response_status is None:
        if now - stored.created_at < ABANDONED_AFTER:
            raise RequestInProgress
        return None
    headers = {**(stored.response_headers or {}), "Idempotency-Replayed": "true"}
    return Written(stored.response_status, stored.response_body or "", headers)


def keep(db: Connection, claim: Claim, written: Written) -> None:
    """Store the answer for whoever asks again with the same key."""
    db.execute(
        """
        UPDATE idempotency_keys
           SET response_status = %(status)s, response_headers = %(headers)s, response_body = %(body)s
         WHERE user_id = %(user_id)s
           AND key = %(key)s
        """,
        status=written.status,
        headers=Jsonb(written.headers),
        body=written.body,
        user_id=claim.user_id,
        key=claim.key,
    )


def let_go(db: Connection, claim: Claim) -> None:
    """Free the key of a request that was refused, so that it may be tried again."""
    db.execute(
        "DELETE FROM idempotency_keys WHERE user_id = %(user_id)s AND key = %(key)s AND response_status IS NULL",
        user_id=claim.user_id,
        key=claim.key,
    )
