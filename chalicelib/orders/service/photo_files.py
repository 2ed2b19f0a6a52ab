"""The bytes of photos in S3: sealed, delivered and taken in by short-lived signed addresses (BR-132)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from chalicelib.kit import aws, files
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.orders.rules.pictures import LARGEST_BYTES, ContentType

SHOWN_FOR = timedelta(minutes=5)
UPLOAD_WITHIN = timedelta(minutes=15)
MOST_AT_ONCE = 1000
"""What S3 deletes in one call."""


def put(key: str, content: bytes, content_type: ContentType) -> None:
    """Store a photo. No transaction may be open."""
    files.put(key, content, content_type)


def fetch(key: str) -> bytes | None:
    """The bytes under a key, or None when there are none; of too large a file only enough to show that it is."""
    return files.fetch(key, LARGEST_BYTES + 1)


def remove(keys: Sequence[str]) -> None:
    """Delete files; those that are gone already do not matter."""
    for start in range(0, len(keys), MOST_AT_ONCE):
        batch = [{"Key": key} for key in keys[start : start + MOST_AT_ONCE]]
        with files.answering():
            told = aws.client("s3").delete_objects(
                Bucket=settings().files_bucket, Delete={"Objects": batch, "Quiet": True}
            )
        if told.get("Errors"):
            raise Unavailable("Some files could not be removed. Please try again.", count=len(told["Errors"]))


def listed(folder: str) -> Iterator[list[str]]:
    """The keys in a folder, a page at a time."""
    with files.answering():
        pages = aws.client("s3").get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=settings().files_bucket, Prefix=folder):
            if keys := [found["Key"] for found in page.get("Contents", [])]:
                yield keys


def address(key: str, content_type: ContentType, filename: str) -> str:
    """An address under which a photo can be looked at for some minutes."""
    return files.address(key, filename, lasts=SHOWN_FOR, content_type=content_type, disposition="inline")


def upload_address(key: str, content_type: ContentType, size: int, sha256: bytes) -> tuple[str, dict[str, str]]:
    """An address that takes exactly these bytes as exactly this kind, and the headers that have to come with them."""
    return files.upload_address(key, size, sha256, lasts=UPLOAD_WITHIN, content_type=content_type)
