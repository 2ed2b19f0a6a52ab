"""One function in a template: itself, its role, its log, its alarms, and what starts it."""

from typing import Any, Final

from tools.package.functions import Function
from tools.package.template_environment import environment_of
from tools.package.template_grants import INTERNET, QUEUES, policy_of

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

LONGEST_NAME: Final = 64
FEWEST_AT_ONCE: Final = 2
"""What Lambda takes as the least limit of a queue's consumer."""


def name_in_aws(function: Function, stage: str) -> str:
    """The function's name, by which the API finds it. Raises `ValueError` when it is too long."""
    name = f"cvd-{stage}-{function.name}"
    if len(name) > LONGEST_NAME:
        raise ValueError(f"{name} is longer than the {LONGEST_NAME} letters that Lambda takes.")
    return name


def resources_of(function: Function, stage: str, *, uses_database: bool) -> Json:
    """All resources of one function, by their logical ids."""
    name = name_in_aws(function, stage)
    stem = function.logical_id.removesuffix("Function")
    policy = policy_of(function, name, uses_database=uses_database)
    return {
        function.logical_id: _function(function, stage, stem, in_network=uses_database or INTERNET in function.grants),
        f"{stem}Role": _role(policy),
        f"{stem}Log": _log(name),
        f"{stem}ErrorsAlarm": _alarm(name, "Errors", _threshold(function)),
        f"{stem}ThrottlesAlarm": _alarm(name, "Throttles", 0),
    }


def _threshold(function: Function) -> int:
    """How many errors within five minutes are none: a worker's single one counts, a route's first is a stray."""
    return 1 if function.kind == "route" else 0


def _function(function: Function, stage: str, stem: str, *, in_network: bool) -> Json:
    name = name_in_aws(function, stage)
    properties: Json = {
        "FunctionName": name,
        "Description": function.path or f"Worker {function.name.removeprefix('worker-')}",
        "CodeUri": f"functions/{function.name}.zip",
        "Handler": function.handler,
        "MemorySize": function.memory,
        "Timeout": function.timeout,
        "Role": {"Fn::GetAtt": [f"{stem}Role", "Arn"]},
        "Layers": [{"Ref": layer_parameter(layer)} for layer in function.layers],
        "Environment": {"Variables": environment_of(function, stage)},
        "LoggingConfig": {"LogGroup": {"Ref": f"{stem}Log"}},
    }
    if in_network:
        subnets = "EgressSubnets" if INTERNET in function.grants else "IsolatedSubnets"
        properties["VpcConfig"] = {"SecurityGroupIds": [{"Ref": "FunctionsGroup"}], "SubnetIds": {"Ref": subnets}}
    if function.concurrency and function.kind != "queue":
        properties["ReservedConcurrentExecutions"] = function.concurrency
    if function.kind in ("schedule", "one-off"):
        # The next tick comes by itself, and a person who started it looks at how it went: nothing is tried twice.
        properties["EventInvokeConfig"] = {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 300}
    if events := _events(function):
        properties["Events"] = events
    return {"Type": "AWS::Serverless::Function", "Properties": properties}


def _events(function: Function) -> Json:
    if function.schedule:
        return {"Tick": {"Type": "Schedule", "Properties": {"Schedule": function.schedule, "Enabled": True}}}
    if function.queue:
        feeding: Json = {
            "Queue": QUEUES[function.queue],
            "BatchSize": function.batch,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
        }
        if function.concurrency:
            feeding["ScalingConfig"] = {"MaximumConcurrency": max(function.concurrency, FEWEST_AT_ONCE)}
        return {"Messages": {"Type": "SQS", "Properties": feeding}}
    return {}


def layer_parameter(layer: str) -> str:
    """The parameter by which a template of functions is told a layer's version."""
    return f"{layer.capitalize()}Layer"


def _role(policy: Json) -> Json:
    assume = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [assume]},
            "Policies": [{"PolicyName": "declared", "PolicyDocument": policy}],
        },
    }


def _log(name: str) -> Json:
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Properties": {
            "LogGroupName": f"/aws/lambda/{name}",
            "RetentionInDays": {"Ref": "LogDays"},
            "KmsKeyId": {"Ref": "SystemKeyArn"},
        },
    }


def _alarm(name: str, metric: str, threshold: int) -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Condition": "HasFunctionAlarms",
        "Properties": {
            "AlarmName": f"{name}-{metric.lower()}",
            "AlarmDescription": 'docs/operations.md, "Alarms"',
            "Namespace": "AWS/Lambda",
            "MetricName": metric,
            "Dimensions": [{"Name": "FunctionName", "Value": name}],
            "Statistic": "Sum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "Threshold": threshold,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [{"Ref": "AlarmTopicArn"}],
        },
    }
