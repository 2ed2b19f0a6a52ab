"""AWS clients: made on first use, with time-outs; the only place that imports boto3."""

import gc
import os
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings

if TYPE_CHECKING:
    from botocore.exceptions import ClientError


@lru_cache(maxsize=16)
def client(service: str) -> Any:  # Any: boto3 makes its clients at run time
    """The boto3 client of `service`; on a laptop it speaks to moto, by AWS_ENDPOINT_URL."""
    settings()  # On a laptop this may be what brings the endpoint into the environment.
    gc.disable()  # Boto3 makes many objects and hardly any garbage: to look for it takes a quarter of the time.
    try:
        import boto3  # Dear to import, and most requests need no AWS.
        from botocore.config import Config

        limits = Config(connect_timeout=2, read_timeout=8, retries={"max_attempts": 3, "mode": "standard"})
        return boto3.client(service, region_name=settings().region, config=limits)
    finally:
        gc.enable()


def signed_address(operation: str, lasts: timedelta, **params: object) -> str:
    """An address by which whoever has it may do one thing with one file of the bucket for a while."""
    s3 = client("s3")
    # In the oldest region boto3 would sign addresses by version 2, which binds no header and opens no KMS object.
    s3.meta.events.register_first("choose-signer.s3", _by_version_four, unique_id="by-version-four")
    return str(
        s3.generate_presigned_url(
            operation, Params={"Bucket": settings().files_bucket, **params}, ExpiresIn=int(lasts.total_seconds())
        )
    )


def _by_version_four(**_: object) -> str:
    return "s3v4"


def error_code(error: "ClientError") -> str:
    """The code of an AWS refusal, as `NotAuthorizedException`."""
    return str(error.response.get("Error", {}).get("Code", ""))


def unreachable(error: Exception) -> Unavailable:
    """The refusal for a service that does not answer."""
    return Unavailable("A service that we depend on does not answer. Please try again.", cause=type(error).__name__)


def database_token(url: str, user: str) -> str:
    """A short-lived IAM password for the database at `url`."""
    target = urlsplit(url)
    token = client("rds").generate_db_auth_token(
        DBHostname=target.hostname, Port=target.port or 5432, DBUsername=user, Region=settings().region
    )
    return str(token)


def forget_clients() -> None:
    """Drop the clients, as when the endpoint has changed."""
    client.cache_clear()
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
