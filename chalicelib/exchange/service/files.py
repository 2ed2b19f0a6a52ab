"""The files of the exchange in S3: taken in and given out by short-lived signed addresses."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from chalicelib.kit import aws
from chalicelib.kit.settings import settings

SHOWN_FOR = timedelta(minutes=15)
UPLOAD_WITHIN = timedelta(hours=1)
MISSING = ("NoSuchKey", "404")


def put(key: str, content: bytes) -> None:
    """Store a file. No transaction may be open."""
    with _answering():
        aws.client("s3").put_object(Bucket=settings().files_bucket, Key=key, Body=content, **_seal())


def fetch(key: str) -> bytes | None:
    """The bytes under a key, or None when there are none."""
    from botocore.exceptions import ClientError  # Dear to import, as boto3 is.

    with _answering():
        try:
            content: bytes = aws.client("s3").get_object(Bucket=settings().files_bucket, Key=key)["Body"].read()
        except ClientError as error:
            if aws.error_code(error) in MISSING:
                return None
            raise
    return content


def is_there(key: str) -> bool:
    """Whether there is a file under a key."""
    from botocore.exceptions import ClientError  # Dear to import, as boto3 is.

    with _answering():
        try:
            aws.client("s3").head_object(Bucket=settings().files_bucket, Key=key)
        except ClientError as error:
            if aws.error_code(error) in MISSING:
                return False
            raise
    return True


def address(key: str, filename: str) -> str:
    """An address under which a file can be fetched for some minutes."""
    disposition = f'attachment; filename="{filename}"'
    return aws.signed_address("get_object", SHOWN_FOR, Key=key, ResponseContentDisposition=disposition)


def upload_address(key: str, size: int, sha256: str) -> tuple[str, dict[str, str]]:
    """An address that takes exactly these bytes, and the headers that have to come with them."""
    checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
    url = aws.signed_address(
        "put_object", UPLOAD_WITHIN, Key=key, ContentLength=size, ChecksumSHA256=checksum, **_seal()
    )
    headers = {"Content-Length": str(size), "x-amz-checksum-sha256": checksum}
    if settings().files_key:
        headers |= {
            "x-amz-server-side-encryption": "aws:kms",
            "x-amz-server-side-encryption-aws-kms-key-id": settings().files_key or "",
        }
    return url, headers


def _seal() -> dict[str, str]:
    key = settings().files_key
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key} if key else {}


@contextmanager
def _answering() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise aws.unreachable(error) from error
