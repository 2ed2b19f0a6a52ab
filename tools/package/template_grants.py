"""What a function may do: each declared grant as a statement over this stack's own resources, and what is understood.

A grant is an action of IAM, `s3:PutObject`. Where the stack has several things that an action could be meant for, the
grant names which: `sqs:SendMessage@outbox`, `secretsmanager:GetSecretValue@partner-*`. `internet` is no action: it puts
the function where there is a way out.
"""

from collections.abc import Sequence
from typing import Any, Final

from tools.package.functions import Function
from tools.package.template_environment import APPLICATION, MIGRATOR

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

INTERNET: Final = "internet"
CONNECT: Final = "rds-db:connect"

FILES: Final = [{"Fn::Sub": "${FilesBucketArn}/*"}]
FILES_KEY: Final = [{"Ref": "FilesKeyArn"}]
BY_STORAGE: Final = {"StringEquals": {"kms:ViaService": {"Fn::Sub": "s3.${AWS::Region}.amazonaws.com"}}}

QUEUES: Final = {"outbox": {"Ref": "OutboxQueueArn"}, "telemetry": {"Ref": "TelemetryQueueArn"}}
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
    if (statement := _statement(action, which)) is None:
        raise UnknownGrant(f"Say in tools/package/template_grants.py what {grant} is granted on.")
    return statement


def _statement(action: str, which: str) -> Json | None:
    service = action.partition(":")[0]
    match service, which:
        case "s3", "" if action == "s3:ListBucket":
            return _allow([action], [{"Ref": "FilesBucketArn"}])
        case "s3", "":
            return _allow([action], FILES)
        case "kms", "":
            return _allow([action], FILES_KEY, BY_STORAGE)
        case "cognito-idp", "":
            return _allow([action], [{"Ref": "UserPoolArn"}])
        case "bedrock", "":
            return {"Fn::If": ["HasAssistantModel", _allow([action], _model()), {"Ref": "AWS::NoValue"}]}
        case "sqs", _ if which in QUEUES:
            return _allow([action], [QUEUES[which]])
        case "secretsmanager", _ if which:
            return _allow([action], [_secret(which)])
        case "rds-db", _ if which:
            return _allow([action], [_database_user(which)])
        case _:
            return None


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


def _model() -> list[Json]:
    """A model of the service's own, or a profile of this account that leads to one in several regions."""
    profiles = "arn:${AWS::Partition}:bedrock:${AWS::Region}:${AWS::AccountId}:inference-profile"
    return [
        {"Fn::Sub": "arn:${AWS::Partition}:bedrock:*::foundation-model/*${AssistantModel}"},
        {"Fn::Sub": f"{profiles}/${{AssistantModel}}"},
    ]


def _secret(which: str) -> Json:
    """A secret by its name in this stage; Secrets Manager adds a dash and six letters to each."""
    name = f"cvd-${{Stage}}-{which.removesuffix('*')}*" if which.endswith("*") else f"cvd-${{Stage}}-{which}-??????"
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:secretsmanager:${{AWS::Region}}:${{AWS::AccountId}}:secret:{name}"}


def _database_user(which: str) -> Json:
    place = "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${ProxyResourceId}"
    return {"Fn::Sub": f"{place}/{which}"}
