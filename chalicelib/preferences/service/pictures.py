"""The pictures of avatars in S3, under keys that nobody can guess. No transaction may be open."""

import base64
import uuid

from chalicelib.kit import aws, files, logs
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.preferences.models.kept import StoredAvatar
from chalicelib.preferences.rules import PictureType

PREFIX = "avatars/"


def put(user_id: int, content: bytes, content_type: PictureType) -> StoredAvatar:
    """Store a picture under a new key."""
    stored = StoredAvatar(f"{PREFIX}{user_id}/{uuid.uuid4().hex}", content_type)
    files.put(stored.s3_key, content, content_type)
    return stored


def remove(key: str | None) -> None:
    """Remove a picture that no user has any more; one that stays behind harms nobody, and is logged."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    if key is None:
        return
    try:
        aws.client("s3").delete_object(Bucket=settings().files_bucket, Key=key)
    except (BotoCoreError, ClientError) as error:
        logs.logger().warning("a picture could not be removed", key=key, cause=type(error).__name__)


def data_url(stored: StoredAvatar) -> str:
    """A stored picture as a data URL. Raises `Unavailable`, also when it is not there."""
    content = files.fetch(stored.s3_key)
    if content is None:
        raise Unavailable("The picture cannot be had at the moment. Please try again.")
    return data_url_of(content, stored.content_type)


def data_url_of(content: bytes, content_type: PictureType) -> str:
    """A picture as a data URL."""
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"
