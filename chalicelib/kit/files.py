"""Files in the bucket: stored and read here, taken in and given out by short-lived signed addresses."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, Literal

from chalicelib.kit import aws
from chalicelib.kit.settings import settings

SHOWN_FOR = timedelta(minutes=15)
UPLOAD_WITHIN = timedelta(hours=1)
MISSING = ("NoSuchKey", "404")


def put(key: str, content: bytes | IO[bytes], content_type: str = "application/octet-stream") -> None:
    """Store a file, of which a stream is read from its beginning. No transaction may be open."""
    with answering():
        aws.client("s3").put_object(
            Bucket=settings().files_bucket, Key=key, Body=content, ContentType=content_type, **seal()
        )


def fetch(key: str, at_most: int | None = None) -> bytes | None:
    """The bytes under a key, or the first so many of them; None when there are none."""
    from botocore.exceptions import ClientError  # Dear to import, as boto3 is.

    with answering():
        try:
            body = aws.client("s3").get_object(Bucket=settings().files_bucket, Key=key)["Body"]
        except ClientError as error:
            if aws.error_code(error) in MISSING:
                return None
            raise
        content: bytes = body.read(at_most)
        body.close()
    return content


@contextmanager
def opened(key: str) -> Iterator[IO[bytes]]:
    """The bytes under a key, to be read one after the other. Raises `Unavailable`, also when there are none."""
    with answering():
        body: IO[bytes] = aws.client("s3").get_object(Bucket=settings().files_bucket, Key=key)["Body"]
        try:
            yield body
        finally:
            body.close()


def is_there(key: str) -> bool:
    """Whether there is a file under a key."""
    from botocore.exceptions import ClientError  # Dear to import, as boto3 is.

    with answering():
        try:
            aws.client("s3").head_object(Bucket=settings().files_bucket, Key=key)
        except ClientError as error:
            if aws.error_code(error) in MISSING:
                return False
            raise
    return True


def address(
    key: str,
    filename: str,
    *,
    lasts: timedelta = SHOWN_FOR,
    content_type: str | None = None,
    disposition: Literal["attachment", "inline"] = "attachment",
) -> str:
    """An address under which a file can be fetched for some minutes, to be saved under a name or looked at."""
    told = {} if content_type is None else {"ResponseContentType": content_type}
    named = f'{disposition}; filename="{filename}"'
    return aws.signed_address("get_object", lasts, Key=key, ResponseContentDisposition=named, **told)


def upload_address(
    key: str, size: int, sha256: bytes, *, lasts: timedelta = UPLOAD_WITHIN, content_type: str | None = None
) -> tuple[str, dict[str, str]]:
    """An address that takes exactly these bytes, as one kind if it is named, and the headers that have to come too."""
    checksum = base64.b64encode(sha256).decode()
    kind = {} if content_type is None else {"ContentType": content_type}
    sealed = seal()
    url = aws.signed_address(
        "put_object", lasts, Key=key, ContentLength=size, ChecksumSHA256=checksum, **kind, **sealed
    )
    headers = {} if content_type is None else {"Content-Type": content_type}
    headers |= {"Content-Length": str(size), "x-amz-checksum-sha256": checksum}
    if sealed:
        headers["x-amz-server-side-encryption"] = sealed["ServerSideEncryption"]
        headers["x-amz-server-side-encryption-aws-kms-key-id"] = sealed["SSEKMSKeyId"]
    return url, headers


def seal() -> dict[str, str]:
    """What a file is stored with, so that the bucket's own key seals it."""
    key = settings().files_key
    return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key} if key else {}


@contextmanager
def answering() -> Iterator[None]:
    """Turns what S3 does not answer into the refusal that says so. Raises `Unavailable`."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise aws.unreachable(error) from error
