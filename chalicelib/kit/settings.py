"""The settings of a stage, read once from the environment as one frozen model."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Stage = Literal["local", "test", "dev", "prod"]

REQUESTS_A_MINUTE = 300
"""What a person with a busy page does not reach (domain.md §8.6)."""

LOCAL_ENVIRONMENT = Path(".local/environment.json")


class Settings(BaseModel):
    """What differs between stages. Secrets are named here, never held."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    stage: Stage = Field(alias="CVD_STAGE", default="local")
    version: str = Field(alias="CVD_VERSION", default="0.1.0")

    database_url: str = Field(alias="DATABASE_URL")
    database_iam_user: str | None = Field(alias="CVD_DATABASE_IAM_USER", default=None)
    reporting_user: str = Field(alias="CVD_REPORTING_USER", default="cvd_reporting")
    database_connections: int = Field(alias="CVD_DATABASE_CONNECTIONS", default=2, ge=1, le=100)
    statement_timeout_ms: int = Field(alias="CVD_STATEMENT_TIMEOUT_MS", default=15_000, ge=100)
    lock_timeout_ms: int = Field(alias="CVD_LOCK_TIMEOUT_MS", default=5_000, ge=100)
    idle_timeout_ms: int = Field(alias="CVD_IDLE_TIMEOUT_MS", default=20_000, ge=100)

    region: str = Field(alias="AWS_REGION", default="us-east-1")
    user_pool_id: str = Field(alias="CVD_USER_POOL_ID")
    user_pool_client_id: str = Field(alias="CVD_USER_POOL_CLIENT_ID")
    jwks_url: str | None = Field(alias="CVD_JWKS_URL", default=None)
    token_url: str | None = Field(alias="CVD_TOKEN_URL", default=None)
    bootstrap_secret: str | None = Field(alias="CVD_BOOTSTRAP_SECRET", default=None)

    files_bucket: str = Field(alias="CVD_FILES_BUCKET", default="")
    files_key: str | None = Field(alias="CVD_FILES_KEY", default=None)
    outbox_queue_url: str | None = Field(alias="CVD_OUTBOX_QUEUE_URL", default=None)
    outbox_watch_seconds: int = Field(alias="CVD_OUTBOX_WATCH_SECONDS", default=0, ge=0, le=120)
    telemetry_queue_url: str | None = Field(alias="CVD_TELEMETRY_QUEUE_URL", default=None)
    exchange_queue_url: str | None = Field(alias="CVD_EXCHANGE_QUEUE_URL", default=None)
    webhooks_queue_url: str | None = Field(alias="CVD_WEBHOOKS_QUEUE_URL", default=None)
    webhooks_timeout_seconds: float = Field(alias="CVD_WEBHOOKS_TIMEOUT_SECONDS", default=15, ge=0.5, le=15)
    webhooks_to_loopback: bool = Field(alias="CVD_WEBHOOKS_TO_LOOPBACK", default=False)
    mail_sender: str | None = Field(alias="CVD_MAIL_SENDER", default=None)
    geocoder_url: str | None = Field(alias="CVD_GEOCODER_URL", default=None)
    assistant_model: str | None = Field(alias="CVD_ASSISTANT_MODEL", default=None)

    allowed_origins: frozenset[str] = Field(alias="CVD_ALLOWED_ORIGINS", default=frozenset())
    requests_a_minute: int | None = Field(alias="CVD_REQUESTS_A_MINUTE", default=None, ge=1)
    frame_ancestors: str = Field(alias="CVD_FRAME_ANCESTORS", default="'self'")

    @property
    def is_local(self) -> bool:
        """Whether this runs on a laptop or in the tests, where there is no TLS in front."""
        return self.stage in ("local", "test")

    @property
    def most_requests_a_minute(self) -> int | None:
        """How many requests a user may make in a minute; on a laptop and in the tests any number, unless set."""
        return self.requests_a_minute if self.is_local or self.requests_a_minute else REQUESTS_A_MINUTE

    @property
    def token_issuer(self) -> str:
        """The issuer that the pool writes into its tokens."""
        return f"https://cognito-idp.{self.region}.amazonaws.com/{self.user_pool_id}"

    @property
    def token_keys_url(self) -> str:
        """Where the pool publishes the public keys of its tokens."""
        return self.jwks_url or f"{self.token_issuer}/.well-known/jwks.json"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process.

    On a laptop, what the environment lacks comes from the file that `make run` leaves behind, so that plain
    `chalice local` works as well.
    """
    if os.environ.get("CVD_STAGE", "local") == "local" and LOCAL_ENVIRONMENT.is_file():
        for name, value in json.loads(LOCAL_ENVIRONMENT.read_text()).items():
            os.environ.setdefault(name, str(value))
    values: dict[str, object] = {name: value for name, value in os.environ.items() if value != ""}
    values["CVD_ALLOWED_ORIGINS"] = frozenset(os.environ.get("CVD_ALLOWED_ORIGINS", "").split())
    return Settings.model_validate(values)
