"""The bytes of photos in S3: sealed, delivered and taken in by short-lived signed addresses (BR-132)."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from chalicelib.kit import aws
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.orders.rules.pictures import LARGEST_BYTES, ContentType

SHOWN_FOR = timedelta(minutes=5)
UPLOAD_WITHIN = timedelta(minutes=15)
MOST_AT_ONCE = 1000
"""What S3 deletes in one call."""

MISSING = ("NoSuchKey", "404")


def put(key: str, content: bytes, content_type: ContentType) -> None:
    """Store a photo. No transaction may be open."""
    with _answering():
        aws.client("s3").put_object(
            Bucket=settings().files_bucket, Key=key, Body=content, ContentType=content_type, **_seal()
        )


def fetch(key: str) -> bytes | None:
    """The bytes under a key, or None when there are none; of too large a file only enough to show that it is."""
    from botocore.exceptions import ClientError  # Dear to import, as boto3 is.

    with _answering():
        try:
            found = aws.client("s3").get_object(Bucket=settings().files_bucket, Key=key)
        except ClientError as error:
            if aws.error_code(error) in MISSING:
                return None
            raise
        content: bytes = found["Body"].read(LARGEST_BYTES + 1)
        found["Body"].close()
    return content


def remove(keys: Sequence[str]) -> None:
    """Delete files; those that are gone already do not matter."""
    for start in range(0, len(keys), MOST_AT_ONCE):
        batch = [{"Key": key} for key in keys[start : start + MOST_AT_ONCE]]
        with _answering():
            told = aws.client("s3").delete_objects(
                Bucket=settings().files_bucket, Delete={"Objects": batch, "Quiet": True}
            )
        if told.get("Errors"):
            raise Unavailable("Some files could not be removed. Please try again.", count=len(told["Errors"]))


def listed(folder: str) -> Iterator[list[str]]:
    """The keys in a folder, a page at a time."""
    with _answering():
        pages = aws.client("s3").get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=settings().files_bucket, Prefix=folder):
            if keys := [found["Key"] for found in page.get("Contents", [])]:
                yield keys


def address(key: str, content_type: ContentType, filename: str) -> str:
    """An address under which a photo can be looked at for some minutes."""
    return aws.signed_address(
        "get_object",
        SHOWN_FOR,
        Key=key,
        ResponseContentType=content_type,
        ResponseContentDisposition=f'inline; filename="{filename}"',
    )


def upload_address(key: str, content_type: ContentType, size: int, sha256: bytes) -> tuple[str, dict[str, str]]:
    """An address that takes exactly these bytes as exactly this kind, and the headers that have to come with them."""
    checksum = base64.b64encode(sha256).decode()
    sealed = _seal()
    url = aws.signed_address(
        "put_object",
        UPLOAD_WITHIN,
        Key=key,
        ContentType=content_type,
        ContentLength=size,
        ChecksumSHA256=checksum,
        **sealed,
    )
    headers = {"Content-Type": content_type, "Content-Length": str(size), "x-amz-checksum-sha256": checksum}
    if sealed:
        headers["x-amz-server-side-encryption"] = sealed["ServerSideEncryption"]
        headers["x-amz-server-side-encryption-aws-kms-key-id"] = sealed["SSEKMSKeyId"]
    return url, headers


def _seal() -> dict[str, str]:
    key = settings().files_key
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key} if key else {}


@contextmanager
def _answering() -> Iterator[None]:
    """Turns a storage that does not answer into a refusal."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise aws.unreachable(error) from error
