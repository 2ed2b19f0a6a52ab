"""The hash chain of a machine's reads: whoever changes, removes or slips in one, breaks every link after it."""

import hashlib
from datetime import UTC, datetime

START = bytes(32)


def machine_key(comm_id: str | None, serial: str | None) -> str:
    """What a machine calls itself; communication ids alone are not unique (dex.md 4, E2)."""
    return f"{comm_id or ''}/{serial or ''}"


def link(
    previous: bytes,
    *,
    key: str,
    number: int,
    content: bytes,
    file: bytes,
    received_at: datetime,
    collected_at: datetime | None = None,
) -> bytes:
    """The hash of one read in its machine's chain: over its content, the file it came in, when that was, and when the
    sender says that the read was taken, if it does.
    """
    moments = [moment for moment in (received_at, collected_at) if moment is not None]
    told = "\n".join(moment.astimezone(UTC).isoformat(timespec="microseconds") for moment in moments)
    return hashlib.sha256(previous + content + file + f"{key}\n{number}\n{told}".encode()).digest()
