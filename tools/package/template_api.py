"""The API: every path led to its function, what the gateway answers by itself, limits, access log, firewall, domain."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from chalicelib.kit.app import COMPRESS_FROM
from tools.package import template_gateway
from tools.package.functions import Function
from tools.package.template_function import name_in_aws

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

STAGE_NAME: Final = "api"

RESPONSES: Final = {"default": {"description": "What the function answers"}}

ORDINARY: Final = (100, 200)
"""Requests a second and at one moment that a method takes, over all callers."""
HEAVY: Final = (10, 20)
"""Of what may take long, so that it cannot eat up what the others live on."""
OPEN: Final = (20, 40)
"""Of a write that needs no token."""
DELIVERIES: Final = (50, 100)
"""Of a way in for partners' and machines' reads."""

ACCESS_LOG: Final = {
    "requestId": "$context.requestId",
    "at": "$context.requestTime",
    "ip": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "function_milliseconds": "$context.integrationLatency",
    "gateway_error": "$context.error.responseType",
}
"""One line a request. The path as it was asked for is not in it, since that may name people."""


def resources_of(routes: Sequence[Function], stage: str) -> Json:
    """All resources of the API, by their logical ids."""
    return {
        "Api": _api(routes, stage),
        "ApiLog": _log(stage),
        **_log_role(),
        **_firewall(),
        **_domain(),
        **{f"{route.logical_id.removesuffix('Function')}Permission": _permission(route, stage) for route in routes},
    }


def definition(routes: Sequence[Function], stage: str) -> Json:
    """The API as OpenAPI with the gateway's extensions."""
    return {
        "openapi": "3.0.1",
        "info": {"title": f"cvd-{stage}", "version": "1", "description": "Made from the declarations of the routes"},
        "paths": {str(route.path): _path(route, stage) for route in routes},
        # Everything goes through as bytes: by any shorter list the gateway would choose by the first type that a
        # browser accepts, and spoil pictures.
        "x-amazon-apigateway-binary-media-types": ["*/*"],
        "x-amazon-apigateway-gateway-responses": template_gateway.answers(),
    }


def _api(routes: Sequence[Function], stage: str) -> Json:
    return {
        "Type": "AWS::Serverless::Api",
        # A stage with an access log is refused as long as the account has no role for it.
        "DependsOn": ["ApiAccount"],
        "Properties": {
            "Name": f"cvd-{stage}",
            "StageName": STAGE_NAME,
            "OpenApiVersion": "3.0.1",
            "EndpointConfiguration": {"Type": "REGIONAL"},
            "MinimumCompressionSize": COMPRESS_FROM,
            "DefinitionBody": definition(routes, stage),
            "FailOnWarnings": True,
            "AccessLogSetting": {
                "DestinationArn": {"Fn::GetAtt": ["ApiLog", "Arn"]},
                "Format": json.dumps(ACCESS_LOG),
            },
            "MethodSettings": [_limit("/*", "*", ORDINARY), *_limits(routes)],
        },
    }


def _path(route: Function, stage: str) -> Json:
    """Its methods, and one entry for all others: preflights, and methods that it answers with 405."""
    operation: Json = {"responses": RESPONSES, "x-amazon-apigateway-integration": _integration(route, stage)}
    if names := re.findall(r"{(\w+)}", str(route.path)):
        operation["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
        ]
    return {method.lower(): operation for method in [*route.methods, "x-amazon-apigateway-any-method"]}


def _integration(route: Function, stage: str) -> Json:
    function = (
        f"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name_in_aws(route, stage)}"
    )
    uri = f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/{function}/invocations"
    return {"type": "aws_proxy", "httpMethod": "POST", "uri": {"Fn::Sub": uri}, "passthroughBehavior": "when_no_match"}


def _limits(routes: Sequence[Function]) -> list[Json]:
    return [
        _limit(_encoded(str(route.path)), declaration.method, wanted)
        for route in routes
        for declaration in sorted(route.declarations, key=lambda one: one.method)
        if (wanted := _rate(route, declaration.method)) != ORDINARY
    ]


def _encoded(path: str) -> str:
    """A path as the settings of a stage name it: the slashes inside it are written out."""
    return "/" + path.replace("/", "~1")


def _rate(route: Function, method: str) -> tuple[int, int]:
    declared = next(one for one in route.declarations if one.method == method)
    if str(route.path).startswith("/api/telemetry/"):
        return DELIVERIES
    if declared.is_public and not declared.reads_only:
        return OPEN
    slow = declared.timeout >= 29 or declared.memory >= 1024
    return HEAVY if slow else ORDINARY


def _limit(path: str, method: str, rate: tuple[int, int]) -> Json:
    return {
        "ResourcePath": path,
        "HttpMethod": method,
        "ThrottlingRateLimit": rate[0],
        "ThrottlingBurstLimit": rate[1],
    }


def _permission(route: Function, stage: str) -> Json:
    path = re.sub(r"{\w+}", "*", str(route.path))
    source = f"arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/{STAGE_NAME}/*{path}"
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "Action": "lambda:InvokeFunction",
            "FunctionName": name_in_aws(route, stage),
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": {"Fn::Sub": source},
        },
    }


def _log(stage: str) -> Json:
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Delete",
        "UpdateReplacePolicy": "Delete",
        "Properties": {
            "LogGroupName": f"/cvd/{stage}/access",
            "RetentionInDays": {"Ref": "LogDays"},
            "KmsKeyId": {"Ref": "SystemKeyArn"},
        },
    }


def _log_role() -> Json:
    """What lets API Gateway write logs at all: one setting for the whole account and region."""
    assume = {"Effect": "Allow", "Principal": {"Service": "apigateway.amazonaws.com"}, "Action": "sts:AssumeRole"}
    managed = "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
    return {
        "ApiLogRole": {
            "Type": "AWS::IAM::Role",
            "Condition": "OwnsApiAccount",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [assume]},
                "ManagedPolicyArns": [{"Fn::Sub": managed}],
            },
        },
        "ApiAccount": {
            "Type": "AWS::ApiGateway::Account",
            "Condition": "OwnsApiAccount",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {"CloudWatchRoleArn": {"Fn::GetAtt": ["ApiLogRole", "Arn"]}},
        },
    }


def _firewall() -> Json:
    stage = "arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${ApiStage}"
    return {
        "FirewallOfApi": {
            "Type": "AWS::WAFv2::WebACLAssociation",
            "Properties": {
                "ResourceArn": {"Fn::Sub": [stage, {"ApiStage": {"Ref": "Api.Stage"}}]},
                "WebACLArn": {"Ref": "FirewallArn"},
            },
        }
    }


def _domain() -> Json:
    return {
        "Domain": {
            "Type": "AWS::ApiGateway::DomainName",
            "Condition": "HasDomain",
            "Properties": {
                "DomainName": {"Ref": "DomainName"},
                "RegionalCertificateArn": {"Ref": "CertificateArn"},
                "EndpointConfiguration": {"Types": ["REGIONAL"]},
                "SecurityPolicy": "TLS_1_2",
            },
        },
        "DomainOfApi": {
            "Type": "AWS::ApiGateway::BasePathMapping",
            "Condition": "HasDomain",
            "Properties": {
                "DomainName": {"Ref": "Domain"},
                "RestApiId": {"Ref": "Api"},
                "Stage": {"Ref": "Api.Stage"},
            },
        },
    }
