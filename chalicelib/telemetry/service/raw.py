"""The bytes of files, kept in S3 under their own hash."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from chalicelib.kit import files
from chalicelib.kit.errors import Unavailable

PREFIX = "dex/"
AT_ONCE = 8


class RawMissing(Unavailable):
    """503: the bytes of a file are not where they were put, or are not what was put there."""

    message = "The stored file is not what was stored."


def key_of(sha256: bytes) -> str:
    """Where the bytes with this hash are."""
    digest = sha256.hex()
    return f"{PREFIX}{digest[:2]}/{digest}"


def keep(contents: Sequence[bytes]) -> None:
    """Put files where their hashes say; the same content again changes nothing. No transaction may be open."""
    if len(contents) < 2:
        for content in contents:
            _put(content)
        return
    with ThreadPoolExecutor(min(AT_ONCE, len(contents))) as threads:
        list(threads.map(_put, contents))


def _put(content: bytes) -> None:
    files.put(key_of(hashlib.sha256(content).digest()), content, "text/plain")


def fetch_each(wanted: Sequence[tuple[str, bytes]]) -> list[bytes | Unavailable]:
    """The bytes of files by key and hash, several at once; where one cannot be had, the refusal that says why."""
    if not wanted:
        return []
    with ThreadPoolExecutor(min(AT_ONCE, len(wanted))) as threads:
        return list(threads.map(_fetched, wanted))


def _fetched(wanted: tuple[str, bytes]) -> bytes | Unavailable:
    try:
        return fetch(*wanted)
    except Unavailable as refusal:
        return refusal


def fetch(key: str, sha256: bytes) -> bytes:
    """The bytes of a file, proven to be what was stored. Raises `RawMissing`, or `Unavailable` when S3 is."""
    content = files.fetch(key)
    if content is None or hashlib.sha256(content).digest() != sha256:
        raise RawMissing(key=key)
    return content
