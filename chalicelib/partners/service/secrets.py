"""The secrets that deliveries are signed with: drawn here, sealed by KMS, shown once."""

import base64
import secrets
from functools import lru_cache

from chalicelib.kit import aws
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings

PREFIX = "whsec_"
BYTES = 32


def fresh() -> str:
    """A new secret, as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def seal(secret: str, webhook_id: int | str) -> bytes:
    """The secret as only KMS can open it, for this webhook, out or in. Asks KMS: no transaction may be open."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    key = settings().files_key
    if key is None:
        raise Unavailable("Secrets cannot be kept: no key is set up.")
    try:
        answer = aws.client("kms").encrypt(
            KeyId=key, Plaintext=secret.encode(), EncryptionContext={"webhook": str(webhook_id)}
        )
    except (BotoCoreError, ClientError) as error:
        raise aws.unreachable(error) from error
    return bytes(answer["CiphertextBlob"])


@lru_cache(maxsize=512)
def opened(sealed: bytes, webhook_id: int | str) -> str:
    """A sealed secret in plain, kept in this process's memory. Asks KMS: no transaction may be open."""
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    try:
        answer = aws.client("kms").decrypt(CiphertextBlob=sealed, EncryptionContext={"webhook": str(webhook_id)})
    except (BotoCoreError, ClientError) as error:
        raise aws.unreachable(error) from error
    return bytes(answer["Plaintext"]).decode()
