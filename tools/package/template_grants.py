"""What a function may do: each declared grant as a statement over this stack's own resources, and what is understood.

A grant is an action of IAM, `s3:PutObject`. Where the stack has several things that an action could be meant for, the
grant names which: `sqs:SendMessage@outbox`, `secretsmanager:GetSecretValue@partner-*`. `internet` is no action: it puts
the function where there is a way out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tools.package.functions import Function
from tools.package.template_environment import APPLICATION, MIGRATOR

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

INTERNET: Final = "internet"
CONNECT: Final = "rds-db:connect"

QUEUES: Final = {
    name: {"Ref": f"{name.capitalize()}QueueArn"} for name in ("outbox", "telemetry", "webhooks", "exchange")
}
QUEUE_ACTIONS: Final = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
"""What taking from a queue needs; understood of the function that a queue feeds."""

ACTIONS_ON_NOTHING: Final = {
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DeleteNetworkInterface",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
}
"""The only actions on `*`: Lambda itself makes the network interface, before there is one to name. The function's own
code is denied them."""


class UnknownGrant(ValueError):
    """A declared grant that nobody has said the resources of."""


def policy_of(function: Function, name: str, *, uses_database: bool) -> Json:
    """The whole policy of a function's role; `name` is the function's in AWS."""
    statements = [_logs(name), *(_of(grant) for grant in sorted(function.grants) if grant != INTERNET)]
    if uses_database:
        user = MIGRATOR if "MIGRATION_DATABASE_URL" in function.environment else APPLICATION
        statements += [_of(f"{CONNECT}@{user}"), *_network(name)]
    if function.queue:
        statements.append(_allow(QUEUE_ACTIONS, [QUEUES[function.queue]]))
    return {"Version": "2012-10-17", "Statement": statements}


def _of(grant: str) -> Json:
    """The statement of one grant. Raises `UnknownGrant`."""
    action, _, which = grant.partition("@")
    service = action.partition(":")[0]
    if which and service in NAMED and (resources := NAMED[service](which)):
        return _allow([action], resources)
    known = ON.get(action) or ON.get(f"{service}@{which}" if which else service)
    if known is None:
        raise UnknownGrant(f"Say in tools/package/template_grants.py what {grant} is granted on.")
    statement = _allow([action], known.resources, known.condition)
    return {"Fn::If": [known.where, statement, {"Ref": "AWS::NoValue"}]} if known.where else statement


def _allow(actions: Sequence[str], resources: Sequence[object], condition: Json | None = None) -> Json:
    statement: Json = {"Effect": "Allow", "Action": sorted(actions), "Resource": list(resources)}
    return {**statement, "Condition": condition} if condition else statement


def _logs(name: str) -> Json:
    group = f"arn:${{AWS::Partition}}:logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:/aws/lambda/{name}:*"
    return _allow(["logs:CreateLogStream", "logs:PutLogEvents"], [{"Fn::Sub": group}])


def _network(name: str) -> list[Json]:
    """What lets Lambda put the function into the network; its own code, by the last statement, may not use it."""
    itself = {"Fn::Sub": f"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name}"}
    actions = sorted(ACTIONS_ON_NOTHING)
    denied = {"ArnEquals": {"lambda:SourceFunctionArn": itself}}
    return [
        {"Sid": "LambdaMakesTheInterface", "Effect": "Allow", "Action": actions, "Resource": "*"},
        {"Sid": "TheCodeDoesNot", "Effect": "Deny", "Action": actions, "Resource": "*", "Condition": denied},
    ]


def _queue(which: str) -> list[Json]:
    return [QUEUES[which]] if which in QUEUES else []


def _secret(which: str) -> list[Json]:
    """A secret by its name in this stage; Secrets Manager adds a dash and six letters to each."""
    name = f"cvd-${{Stage}}-{which.removesuffix('*')}*" if which.endswith("*") else f"cvd-${{Stage}}-{which}-??????"
    return [{"Fn::Sub": f"arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:{name}"}]


def _database_user(which: str) -> list[Json]:
    place = "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${ProxyResourceId}"
    return [{"Fn::Sub": f"{place}/{which}"}]


NAMED: Final[Mapping[str, Callable[[str], list[Json]]]] = {
    "sqs": _queue,
    "secretsmanager": _secret,
    "rds-db": _database_user,
}
"""Services of which the stack has several things, so that a grant has to name one."""


@dataclass(frozen=True)
class _On:
    """What the actions of a service are granted on: under which condition, and in which stacks at all."""

    resources: Sequence[Json]
    condition: Json | None = None
    where: str | None = None


_ACCOUNT: Final = "${AWS::Region}:${AWS::AccountId}"
_KEY: Final = [{"Ref": "FilesKeyArn"}]
_BY_STORAGE: Final = {"StringEquals": {"kms:ViaService": {"Fn::Sub": "s3.${AWS::Region}.amazonaws.com"}}}
_FOR_A_WEBHOOK: Final = {
    "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["webhook"]},
    "Null": {"kms:EncryptionContext:webhook": "false"},
}
_FROM_ITSELF: Final = {"StringEquals": {"ses:FromAddress": {"Ref": "MailSender"}}}
_MODELS: Final = [
    # A profile leads to the model in whichever region has room.
    {"Fn::Sub": "arn:${AWS::Partition}:bedrock:*::foundation-model/*${AssistantModel}"},
    {"Fn::Sub": f"arn:${{AWS::Partition}}:bedrock:{_ACCOUNT}:inference-profile/${{AssistantModel}}"},
]
_SENDER: Final = [{"Fn::Sub": f"arn:${{AWS::Partition}}:ses:{_ACCOUNT}:identity/${{MailSender}}"}]

ON: Final[Mapping[str, _On]] = {
    "s3": _On([{"Fn::Sub": "${FilesBucketArn}/*"}]),
    "s3:ListBucket": _On([{"Ref": "FilesBucketArn"}]),
    "kms": _On(_KEY, _BY_STORAGE),
    "kms@webhook": _On(_KEY, _FOR_A_WEBHOOK),
    "cognito-idp": _On([{"Ref": "UserPoolArn"}]),
    "bedrock": _On(_MODELS, where="HasAssistantModel"),
    "ses": _On(_SENDER, _FROM_ITSELF, where="HasMail"),
}
"""What the others are granted on, by action or by service."""
