"""What each setting of a function is in AWS: a value of the stack, or its default in `kit/settings.py`."""

from typing import Any, Final

from tools.package.functions import Function

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

DATABASE: Final = {"Fn::Sub": "postgresql://${ProxyEndpoint}:5432/cvd"}
APPLICATION: Final = "cvd_app"
MIGRATOR: Final = "cvd_migrator"
CERTIFICATES: Final = "/etc/pki/tls/certs/ca-bundle.crt"
"""Where Amazon Linux keeps the certificates of authorities; the database's driver looks for them elsewhere."""

VALUES: Final[dict[str, object]] = {
    "DATABASE_URL": DATABASE,
    "CVD_DATABASE_IAM_USER": APPLICATION,
    "CVD_USER_POOL_ID": {"Ref": "UserPoolId"},
    "CVD_USER_POOL_CLIENT_ID": {"Ref": "UserPoolClientId"},
    "CVD_TOKEN_URL": {"Ref": "TokenUrl"},
    "CVD_BOOTSTRAP_SECRET": {"Ref": "FirstAdminSecretName"},
    "CVD_FILES_BUCKET": {"Ref": "FilesBucketName"},
    "CVD_FILES_KEY": {"Ref": "FilesKeyArn"},
    "CVD_OUTBOX_QUEUE_URL": {"Ref": "OutboxQueueUrl"},
    "CVD_TELEMETRY_QUEUE_URL": {"Ref": "TelemetryQueueUrl"},
    "CVD_EXCHANGE_QUEUE_URL": {"Ref": "ExchangeQueueUrl"},
    "CVD_WEBHOOKS_QUEUE_URL": {"Ref": "WebhooksQueueUrl"},
    # Beyond the next minute's run, so that one always watches and an event goes out within seconds of its commit.
    "CVD_OUTBOX_WATCH_SECONDS": "65",
    "CVD_MAIL_SENDER": {"Ref": "MailSender"},
    "CVD_GEOCODER_URL": {"Ref": "GeocoderUrl"},
    "CVD_ASSISTANT_MODEL": {"Ref": "AssistantModel"},
    "CVD_ALLOWED_ORIGINS": {"Ref": "AllowedOrigins"},
    "CVD_FRAME_ANCESTORS": {"Ref": "FrameAncestors"},
}

LEFT_AT_THEIR_DEFAULTS: Final = frozenset(
    {
        "CVD_VERSION",
        "CVD_REPORTING_USER",
        "CVD_DATABASE_CONNECTIONS",
        "CVD_STATEMENT_TIMEOUT_MS",
        "CVD_LOCK_TIMEOUT_MS",
        "CVD_IDLE_TIMEOUT_MS",
        "CVD_REQUESTS_A_MINUTE",
        "CVD_WEBHOOKS_TIMEOUT_SECONDS",
        "CVD_WEBHOOKS_TO_LOOPBACK",
        "CVD_JWKS_URL",  # The pool's own address, which the endpoint in the network answers.
    }
)

PARAMETERS: Final = ("MailSender", "GeocoderUrl", "AssistantModel", "FrameAncestors")
"""The parameters of the whole stack that are settings as they are."""


def environment_of(function: Function, stage: str) -> Json:
    """The variables of a function. Raises `ValueError` for a setting of which nobody has said what it is in AWS."""
    unknown = (
        set(function.environment) - VALUES.keys() - LEFT_AT_THEIR_DEFAULTS - {"CVD_STAGE", "MIGRATION_DATABASE_URL"}
    )
    if unknown:
        raise ValueError(f"Say in tools/package/template_environment.py what {', '.join(sorted(unknown))} is in AWS.")
    given = {name: VALUES[name] for name in function.environment if name in VALUES}
    if "MIGRATION_DATABASE_URL" in function.environment:
        given |= {"MIGRATION_DATABASE_URL": DATABASE, "CVD_DATABASE_IAM_USER": MIGRATOR}
    return {"CVD_STAGE": stage, "SSL_CERT_FILE": CERTIFICATES, **given}
