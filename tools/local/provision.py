"""What the application needs of AWS, made in the local cloud through boto3; running it again changes nothing.

In AWS the same things come from `.chalice/resources.yaml`.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any

import boto3

from chalicelib.kit import scopes

REGION = "us-east-1"
ROLES = ("admin", "manager", "driver", "viewer")
SENDER = "no-reply@cvd.example"
_ACCESS = {"aws_access_key_id": "local", "aws_secret_access_key": "local", "region_name": REGION}
_PASSWORD_POLICY = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": False,
    "PasswordHistorySize": 5,
    "TemporaryPasswordValidityDays": 7,
}


@dataclass(frozen=True)
class Place:
    """Where to make it: the local cloud's address and the stage, which is in every name."""

    endpoint: str
    stage: str

    def client(self, service: str) -> Any:  # Any: boto3 makes its clients at run time.
        return boto3.client(service, endpoint_url=self.endpoint, **_ACCESS)

    def name(self, thing: str) -> str:
        return f"cvd-{self.stage}-{thing}"


def provision(place: Place) -> dict[str, str]:
    """Make what is missing and return the environment in which the application finds it."""
    pool, client = user_pool(place)
    place.client("ses").verify_email_identity(EmailAddress=SENDER)
    return {
        "CVD_STAGE": place.stage,
        "AWS_ENDPOINT_URL": place.endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": _ACCESS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": _ACCESS["aws_secret_access_key"],
        "CVD_USER_POOL_ID": pool,
        "CVD_USER_POOL_CLIENT_ID": client,
        "CVD_JWKS_URL": f"{place.endpoint}/{pool}/.well-known/jwks.json",
        "CVD_TOKEN_URL": f"{place.endpoint}/oauth2/token",
        "CVD_FILES_BUCKET": _bucket(place),
        "CVD_FILES_KEY": _key(place),
        "CVD_OUTBOX_QUEUE_URL": _queue(place, "outbox"),
        "CVD_TELEMETRY_QUEUE_URL": _queue(place, "telemetry"),
        "CVD_WEBHOOKS_QUEUE_URL": _queue(place, "webhooks"),
        "CVD_WEBHOOKS_TO_LOOPBACK": "true",
        "CVD_EXCHANGE_QUEUE_URL": _queue(place, "exchange"),
        "CVD_MAIL_SENDER": SENDER,
        "CVD_BOOTSTRAP_SECRET": _bootstrap_secret(place),
    }


def user_pool(place: Place) -> tuple[str, str]:
    """Make the pool and its client where they are missing; their ids."""
    cognito = place.client("cognito-idp")
    pools = cognito.list_user_pools(MaxResults=60)["UserPools"]
    pool = _found(pools, "Name", place.name("users"), "Id") or _create_pool(cognito, place.name("users"))
    clients = cognito.list_user_pool_clients(UserPoolId=pool, MaxResults=60)["UserPoolClients"]
    client = _found(clients, "ClientName", place.name("api"), "ClientId") or _create_client(
        cognito, pool, place.name("api")
    )
    _scopes(cognito, pool)
    return pool, client


def _scopes(cognito: Any, pool: str) -> None:
    """Tell the pool the scopes of API clients, as they are now."""
    known = cognito.list_resource_servers(UserPoolId=pool, MaxResults=50)["ResourceServers"]
    told = {
        "UserPoolId": pool,
        "Identifier": scopes.SERVER,
        "Name": scopes.SERVER,
        "Scopes": [{"ScopeName": name, "ScopeDescription": text} for name, text in scopes.VOCABULARY.items()],
    }
    if not _found(known, "Identifier", scopes.SERVER, "Identifier"):
        cognito.create_resource_server(**told)


def _create_pool(cognito: Any, name: str) -> str:
    pool: str = cognito.create_user_pool(
        PoolName=name,
        Policies={"PasswordPolicy": _PASSWORD_POLICY},
        UsernameConfiguration={"CaseSensitive": False},
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
        MfaConfiguration="OPTIONAL",
    )["UserPool"]["Id"]
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    for role in ROLES:
        cognito.create_group(UserPoolId=pool, GroupName=role)
    return pool


def _create_client(cognito: Any, pool: str, name: str) -> str:
    client: str = cognito.create_user_pool_client(
        UserPoolId=pool,
        ClientName=name,
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AccessTokenValidity=24,
        IdTokenValidity=24,
        RefreshTokenValidity=1,
        TokenValidityUnits={"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"},
        EnableTokenRevocation=True,
        PreventUserExistenceErrors="ENABLED",
    )["UserPoolClient"]["ClientId"]
    return client


def _bucket(place: Place) -> str:
    s3, name = place.client("s3"), place.name("files")
    if not _found(s3.list_buckets()["Buckets"], "Name", name, "Name"):
        s3.create_bucket(Bucket=name)
    return name


def _queue(place: Place, thing: str) -> str:
    """Make a queue and the queue for what it could not deliver, and return the first one's address."""
    sqs = place.client("sqs")
    dead: str = sqs.create_queue(QueueName=place.name(f"{thing}-dead"))["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]
    redrive = json.dumps({"deadLetterTargetArn": attributes["QueueArn"], "maxReceiveCount": "5"})
    queue: str = sqs.create_queue(
        QueueName=place.name(thing), Attributes={"RedrivePolicy": redrive, "VisibilityTimeout": "180"}
    )["QueueUrl"]
    return queue


def _key(place: Place) -> str:
    kms, alias = place.client("kms"), f"alias/{place.name('files')}"
    if not _found(kms.list_aliases()["Aliases"], "AliasName", alias, "AliasName"):
        key = kms.create_key(Description="Files and partner secrets of the local stage")["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=alias, TargetKeyId=key)
    return alias


def _bootstrap_secret(place: Place) -> str:
    """Make the secret that the first admin is created from; its password is drawn here, never written in the code."""
    keeper, name = place.client("secretsmanager"), place.name("bootstrap-admin")
    if not _found(keeper.list_secrets()["SecretList"], "Name", name, "Name"):
        first = {"username": "admin", "email": "admin@cvd.example", "password": new_password()}
        keeper.create_secret(Name=name, SecretString=json.dumps(first))
    return name


def new_password() -> str:
    """Return a random password that the pool's policy accepts."""
    while True:
        password = secrets.token_urlsafe(15)
        if password.lower() != password != password.upper() and any(letter.isdigit() for letter in password):
            return password


def _found(rows: list[dict[str, Any]], key: str, value: str, wanted: str) -> str | None:
    return next((str(row[wanted]) for row in rows if row.get(key) == value), None)
