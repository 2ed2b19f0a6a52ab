"""The templates of a stage: what CloudFormation, SAM and the linter take, and what each function and route gets."""

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from chalicelib.kit import large_files
from chalicelib.kit.errors import EndpointNotFound, PayloadTooLarge, RateLimited, Unavailable, UnsupportedMedia
from chalicelib.orders.rules import filing
from chalicelib.sales.service import archive_files
from chalicelib.telemetry.service import raw
from tests.package import stacks
from tests.support.services import TestCloud
from tools.local import provision
from tools.package import template, template_environment
from tools.package.functions import Function, functions, named
from tools.package.template_function import name_in_aws
from tools.package.template_gateway import GATEWAY_ANSWERS

STAGES = ("dev", "prod")
MOST_RESOURCES = 500
MOST_BYTES = 1_000_000
MOST_PARAMETERS = 200
MOST_RESOURCES_OF_AN_API = 300
LONGEST_NAME_OF_A_ROLE = 64
EVERY = [pytest.param(function, id=function.name) for function in functions()]
ROUTES = [function for function in functions() if function.kind == "route"]
SURROUNDINGS = template.read(template.SURROUNDINGS)


def made(kind: str, stage: str = "prod") -> dict[str, dict[str, Any]]:
    """All resources of a type over the whole stage, before SAM's expansion."""
    return {
        name: one["Properties"]
        for content in stacks.contents(stage).values()
        for name, one in content["Resources"].items()
        if one["Type"] == kind
    }


def of(function: Function, suffix: str = "Function") -> dict[str, Any]:
    """The properties of one of a function's resources."""
    wanted = function.logical_id.removesuffix("Function") + suffix
    found: dict[str, Any] = next(
        one["Resources"][wanted]["Properties"] for one in stacks.contents("prod").values() if wanted in one["Resources"]
    )
    return found


def surrounding(kind: str) -> dict[str, dict[str, Any]]:
    return {name: one["Properties"] for name, one in SURROUNDINGS["Resources"].items() if one["Type"] == kind}


# What CloudFormation takes.


@pytest.mark.parametrize("stage", STAGES)
def test_every_template_is_within_cloudformation_s_limits(stage: str) -> None:
    for name, content in stacks.expanded(stage).items():
        assert len(content["Resources"]) <= MOST_RESOURCES, name
        assert len(json.dumps(content)) <= MOST_BYTES, name
        assert len(content.get("Parameters", {})) <= MOST_PARAMETERS, name
        assert len(content.get("Outputs", {})) <= MOST_PARAMETERS, name


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_linter_has_nothing_to_say(tmp_path: Path) -> None:
    files = stacks.templates("prod").write(tmp_path)

    done = subprocess.run(
        [str(Path(sys.executable).parent / "cfn-lint"), "--include-checks", "W", "E", "--", *map(str, files)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_linter_would_say_something(tmp_path: Path) -> None:
    content = json.loads(json.dumps(stacks.contents("prod")["functions-stock.json"]))
    next(iter(content["Resources"].values()))["Properties"]["MemorySiz"] = 1
    (tmp_path / "wrong.json").write_text(json.dumps(content))

    done = subprocess.run(
        [str(Path(sys.executable).parent / "cfn-lint"), str(tmp_path / "wrong.json")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "MemorySiz" in done.stdout


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    first = template.assemble("prod", functions()[:30]).write(tmp_path / "first")
    second = template.assemble("prod", functions()[:30]).write(tmp_path / "second")

    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_the_root_hands_each_stack_what_it_asks_for() -> None:
    files = stacks.contents("prod")
    for one in made("AWS::CloudFormation::Stack").values():
        assert set(one["Parameters"]) == set(files[one["TemplateURL"]].get("Parameters", {}))


def test_nothing_secret_is_in_a_template() -> None:
    for content in stacks.contents("prod").values():
        for path, value in leaves(content):
            secret = re.search(r"password|secret", path[-1], re.IGNORECASE) and isinstance(value, str)
            assert not secret or value in ("password",) or "Secret" in value or "secret" in value, (path, value)
    assert surrounding("AWS::RDS::DBCluster")["Database"]["ManageMasterUserPassword"] is True
    assert "GenerateSecretString" in surrounding("AWS::SecretsManager::Secret")["FirstAdmin"]


def leaves(value: object, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], object]]:
    match value:
        case dict():
            return [leaf for key, one in value.items() for leaf in leaves(one, (*path, str(key)))]
        case list():
            return [leaf for one in value for leaf in leaves(one, (*path, "[]"))]
    return [(path, value)]


# Each function.


@pytest.mark.parametrize("function", EVERY)
def test_a_function_gets_what_is_declared(function: Function) -> None:
    properties = of(function)

    assert (properties["MemorySize"], properties["Timeout"]) == (function.memory, function.timeout)
    assert properties["CodeUri"] == f"functions/{function.name}.zip"
    assert properties["Layers"] == [{"Ref": f"{layer.capitalize()}Layer"} for layer in function.layers]
    assert properties["Role"] == {"Fn::GetAtt": [function.logical_id.removesuffix("Function") + "Role", "Arn"]}
    if function.kind != "queue":
        assert properties.get("ReservedConcurrentExecutions") == function.concurrency


@pytest.mark.parametrize("function", EVERY)
def test_a_function_has_a_log_that_forgets_and_two_alarms(function: Function) -> None:
    name = name_in_aws(function, "prod")
    log = of(function, "Log")

    assert log["LogGroupName"] == f"/aws/lambda/{name}"
    assert {"RetentionInDays", "KmsKeyId"} <= log.keys()
    for metric in ("Errors", "Throttles"):
        alarm = of(function, f"{metric}Alarm")
        assert (alarm["MetricName"], alarm["Dimensions"][0]["Value"]) == (metric, name)
        assert alarm["AlarmActions"] == [{"Ref": "AlarmTopicArn"}]


def test_each_function_has_a_role_of_its_own() -> None:
    roles = Counter(one["Role"]["Fn::GetAtt"][0] for one in made("AWS::Serverless::Function").values())

    assert len(roles) == len(functions())
    assert set(roles.values()) == {1}


def test_only_what_declares_the_internet_has_a_way_there() -> None:
    outside = {
        name: one["VpcConfig"]["SubnetIds"]["Ref"]
        for name, one in made("AWS::Serverless::Function").items()
        if "VpcConfig" in one and one["VpcConfig"]["SubnetIds"]["Ref"] != "IsolatedSubnets"
    }

    assert set(outside) == {function.logical_id for function in functions() if "internet" in function.grants}
    assert set(outside.values()) == {"EgressSubnets"}


def test_schedules_start_their_workers_and_nothing_is_tried_twice() -> None:
    for function in functions():
        if function.schedule:
            tick = of(function)["Events"]["Tick"]
            assert (tick["Type"], tick["Properties"]["Schedule"]) == ("Schedule", function.schedule)
            assert of(function)["EventInvokeConfig"]["MaximumRetryAttempts"] == 0


def test_a_queue_gives_back_what_failed_alone_and_waits_six_times_as_long_as_its_function_may_take() -> None:
    fed = [function for function in functions() if function.queue]
    assert fed
    for function in fed:
        feeding = of(function)["Events"]["Messages"]["Properties"]
        queue = surrounding("AWS::SQS::Queue")[feeding["Queue"]["Ref"].removesuffix("Arn")]
        assert feeding["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert queue["VisibilityTimeout"] >= 6 * function.timeout


def test_every_setting_of_a_function_is_something_in_aws() -> None:
    for function in functions():
        given = template_environment.environment_of(function, "prod")
        known = set(given) | template_environment.LEFT_AT_THEIR_DEFAULTS
        assert set(function.environment) <= known
    assert (
        template_environment.environment_of(named("worker-migrate"), "prod")["CVD_DATABASE_IAM_USER"] == "cvd_migrator"
    )
    assert template_environment.environment_of(named("devices"), "prod")["CVD_DATABASE_IAM_USER"] == "cvd_app"


# The API.


def test_every_path_leads_to_its_function_with_any_method() -> None:
    paths = made("AWS::Serverless::Api")["Api"]["DefinitionBody"]["paths"]

    assert set(paths) == {route.path for route in ROUTES}
    for route in ROUTES:
        entry = paths[str(route.path)]
        assert {method.lower() for method in route.methods} <= entry.keys()
        # Preflights, and the methods that it does not take and answers with 405, go the same way.
        uri = entry["x-amazon-apigateway-any-method"]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
        assert f":function:{name_in_aws(route, 'prod')}/invocations" in uri


def test_the_gateway_may_call_each_route_s_function_for_its_path_alone() -> None:
    permissions = made("AWS::Lambda::Permission")

    assert len(permissions) == len(ROUTES)
    for route in ROUTES:
        one = permissions[route.logical_id.removesuffix("Function") + "Permission"]
        assert one["FunctionName"] == name_in_aws(route, "prod")
        assert one["SourceArn"]["Fn::Sub"].endswith("/*" + re.sub(r"{\w+}", "*", str(route.path)))


def test_the_api_has_room_for_its_paths() -> None:
    nodes = {
        "/".join(parts[:length])
        for parts in (str(route.path).split("/") for route in ROUTES)
        for length in range(1, len(parts) + 1)
    }

    assert len(nodes) <= MOST_RESOURCES_OF_AN_API


def test_no_two_paths_call_one_part_by_two_names() -> None:
    """API Gateway takes one name for the variable part below a path."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for route in ROUTES:
        parts = str(route.path).split("/")
        for place, part in enumerate(parts):
            if part.startswith("{"):
                names["/".join(parts[:place])].add(part)

    assert {parent: found for parent, found in names.items() if len(found) > 1} == {}


@pytest.mark.parametrize("kind", GATEWAY_ANSWERS)
def test_what_the_gateway_answers_itself_has_our_shape_and_can_be_read_by_a_page(kind: str) -> None:
    answers = made("AWS::Serverless::Api")["Api"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    body = json.loads(answers[kind]["responseTemplates"]["application/json"])
    headers = answers[kind]["responseParameters"]

    assert set(body) == {"error", "code", "details", "requestId"}
    assert body["requestId"] == "$context.requestId"
    assert headers["gatewayresponse.header.Access-Control-Allow-Origin"] == "method.request.header.Origin"
    assert headers["gatewayresponse.header.Access-Control-Allow-Credentials"] == "'true'"
    assert headers["gatewayresponse.header.Cache-Control"] == "'no-store'"


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("MISSING_AUTHENTICATION_TOKEN", EndpointNotFound),
        ("REQUEST_TOO_LARGE", PayloadTooLarge),
        ("UNSUPPORTED_MEDIA_TYPE", UnsupportedMedia),
        ("THROTTLED", RateLimited),
        ("INTEGRATION_FAILURE", Unavailable),
    ],
)
def test_the_gateway_says_it_as_the_functions_do(kind: str, refusal: Any) -> None:
    status, code, sentence, _ = GATEWAY_ANSWERS[kind]

    assert (status, code, sentence) == (refusal.status, refusal.code, refusal.message)


def test_moto_takes_the_api_as_a_document() -> None:
    stage = made("AWS::Serverless::Api")["Api"]["DefinitionBody"]
    flat = json.dumps(stage).replace("${AWS::Partition}", "aws").replace("${AWS::Region}", stacks.REGION)
    plain = json.loads(re.sub(r'{"Fn::Sub": ("[^"]+")}', r"\1", flat.replace("${AWS::AccountId}", "123456789012")))
    with mock_aws():
        gateway = boto3.client("apigateway", region_name=stacks.REGION)
        api = gateway.import_rest_api(body=json.dumps(plain).encode(), failOnWarnings=True)["id"]
        gateway.create_deployment(restApiId=api, stageName="api")
        pages = gateway.get_paginator("get_resources").paginate(restApiId=api)
        methods = {one["path"]: set(one.get("resourceMethods", {})) for page in pages for one in page["items"]}

    for route in ROUTES:
        assert set(route.methods) <= methods[str(route.path)]


def test_the_api_waits_for_the_account_to_have_a_role_for_logs() -> None:
    assert stacks.contents("prod")["api.json"]["Resources"]["Api"]["DependsOn"] == ["ApiAccount"]
    assert "ApiAccount" in stacks.expanded("prod")["api.json"]["Resources"]["Api"]["DependsOn"]


def test_heavy_and_open_routes_are_limited_more_than_others() -> None:
    settings = made("AWS::Serverless::Api")["Api"]["MethodSettings"]
    limits = {(one["ResourcePath"], one["HttpMethod"]): one["ThrottlingRateLimit"] for one in settings}

    ordinary = limits["/*", "*"]
    assert limits["/~1api~1auth~1login", "POST"] < ordinary
    assert limits["/~1api~1metrics~1calculate", "POST"] < ordinary
    assert ("/~1api~1devices", "GET") not in limits


# What surrounds the functions.


def test_the_pool_is_the_one_that_the_local_cloud_has() -> None:
    pool = surrounding("AWS::Cognito::UserPool")["UserPool"]
    client = surrounding("AWS::Cognito::UserPoolClient")["UserPoolClient"]
    with mock_aws():
        cognito = boto3.client("cognito-idp", region_name=provision.REGION)
        place = provision.Place("https://cognito-idp.us-east-1.amazonaws.com", "test")
        local_pool_id, local_client_id = provision.user_pool(place)
        local = cognito.describe_user_pool(UserPoolId=local_pool_id)["UserPool"]
        local_client = cognito.describe_user_pool_client(UserPoolId=local_pool_id, ClientId=local_client_id)
        groups = {one["GroupName"] for one in cognito.list_groups(UserPoolId=local_pool_id)["Groups"]}
        servers = cognito.list_resource_servers(UserPoolId=local_pool_id, MaxResults=50)["ResourceServers"]

    policy = pool["Policies"]["PasswordPolicy"]
    assert {key: local["Policies"]["PasswordPolicy"][key] for key in policy} == policy
    for same in ("MfaConfiguration", "UsernameConfiguration", "AdminCreateUserConfig"):
        assert pool[same].items() <= local[same].items() if isinstance(pool[same], dict) else pool[same] == local[same]
    for same in set(client) - {"UserPoolId", "ClientName", "GenerateSecret"}:
        assert local_client["UserPoolClient"][same] == client[same], same
    assert {one["GroupName"] for one in surrounding("AWS::Cognito::UserPoolGroup").values()} == groups
    server = surrounding("AWS::Cognito::UserPoolResourceServer")["Scopes"]
    assert [(one["Identifier"], one["Scopes"]) for one in servers] == [(server["Identifier"], server["Scopes"])]


def test_every_queue_of_the_local_cloud_is_there(cloud: TestCloud) -> None:
    addresses = [value for name, value in cloud.environment.items() if name.endswith("_QUEUE_URL")]

    local = {address.rpartition("/")[2].removeprefix("cvd-test-") for address in addresses}
    ours = {
        one["QueueName"]["Fn::Sub"].removeprefix("cvd-${Stage}-") for one in surrounding("AWS::SQS::Queue").values()
    }
    assert ours == local | {f"{name}-dead" for name in local}


def test_every_queue_has_a_dead_letter_queue_is_encrypted_and_takes_tls_alone() -> None:
    queues = surrounding("AWS::SQS::Queue")
    policy = surrounding("AWS::SQS::QueuePolicy")["QueuesPolicy"]

    assert {one["Ref"] for one in policy["Queues"]} == set(queues)
    for name, one in queues.items():
        assert one["SqsManagedSseEnabled"] is True
        assert name.endswith("DeadQueue") or one["RedrivePolicy"]["maxReceiveCount"] == 5


def test_buckets_are_private_encrypted_kept_and_take_tls_alone() -> None:
    policies = {one["Bucket"]["Ref"]: one for one in surrounding("AWS::S3::BucketPolicy").values()}
    for name, one in surrounding("AWS::S3::Bucket").items():
        assert set(one["PublicAccessBlockConfiguration"].values()) == {True}
        assert "BucketEncryption" in one
        assert one["VersioningConfiguration"] == {"Status": "Enabled"}
        assert SURROUNDINGS["Resources"][name]["DeletionPolicy"] == "Retain"
        first = policies[name]["PolicyDocument"]["Statement"][0]
        assert (first["Effect"], first["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": False}})


def test_what_holds_data_in_production_cannot_be_lost_by_one_command() -> None:
    kept = {
        name for name, one in SURROUNDINGS["Resources"].items() if one.get("DeletionPolicy") in ("Retain", "Snapshot")
    }
    stage = SURROUNDINGS["Mappings"]["Stages"]["prod"]

    assert {"Database", "UserPool", "FilesBucket", "FilesKey", "SystemKey", "BackupVault"} <= kept
    assert (stage["DeletionProtection"], stage["PoolProtection"], stage["BackupDays"]) == (True, "ACTIVE", 35)


def test_keys_are_turned() -> None:
    assert {one["EnableKeyRotation"] for one in surrounding("AWS::KMS::Key").values()} == {True}


def test_the_firewall_limits_the_ways_in_that_exist() -> None:
    rules = surrounding("AWS::WAFv2::WebACL")["Firewall"]["Rules"]
    searched = {value for path, value in leaves(rules) if path[-1] == "SearchString"}
    paths = [str(route.path) for route in ROUTES]

    assert searched
    for part in searched:
        assert any(str(part) in path for path in paths), part
    assert [rule["Priority"] for rule in rules] == list(range(len(rules)))


@pytest.mark.rule("8.1")
def test_files_are_kept_for_as_long_as_their_kind_is() -> None:
    """What the table of docs/operations.md says that rules of the bucket keep; nothing else ever expires."""
    rules = surrounding("AWS::S3::Bucket")["FilesBucket"]["LifecycleConfiguration"]["Rules"]
    cold = {
        rule["Prefix"]: (one["StorageClass"], one["TransitionInDays"])
        for rule in rules
        for one in rule.get("Transitions", [])
    }
    gone = {rule["Prefix"]: rule["ExpirationInDays"] for rule in rules if "ExpirationInDays" in rule}

    assert cold == {"dex/": ("GLACIER_IR", 90), "photos/": ("GLACIER_IR", 730), "archive/": ("GLACIER_IR", 30)}
    assert gone == {"exchange/": 30, "exports/": 1}
    assert {raw.PREFIX, filing.PREFIX} < set(cold)
    assert archive_files.PREFIX.startswith("archive/")
    assert f"{large_files.PREFIX}/" in gone
    page = (template.ROOT / "docs" / "operations.md").read_text()
    assert all(f"`{rule['Id']}`" in page for rule in rules if rule["Id"] != "half-uploads")


@pytest.mark.parametrize("name", ["resources.yaml", "monitoring.yaml"])
def test_a_star_in_a_resource_stands_beside_its_reason(name: str) -> None:
    lines = (template.ROOT / ".chalice" / name).read_text().splitlines()
    for number, line in enumerate(lines):
        if re.search(r'Resource: "\*"', line):
            # Of a key's and a queue's own policy, where `*` is the thing itself, and the text says so.
            before = "\n".join(lines[max(0, number - 40) : number])
            assert re.search(r"policy, `\*` is this (key|queue)", before), (number, line)


def test_alarms_say_where_to_read_what_to_do() -> None:
    alarms = made("AWS::CloudWatch::Alarm")

    assert all("docs/operations.md" in one["AlarmDescription"] for one in alarms.values())
    assert len(
        {
            one["AlarmName"] if isinstance(one["AlarmName"], str) else one["AlarmName"]["Fn::Sub"]
            for one in alarms.values()
        }
    ) == len(alarms)


def test_the_dashboard_is_json_and_shows_the_service_levels() -> None:
    body = made("AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]["Fn::Sub"]
    titles = " ".join(one["properties"].get("title", "") for one in json.loads(body)["widgets"])

    for wanted in ("Availability", "p95 by route", "Queue age", "Failed deliveries"):
        assert wanted in titles


# Created.


@pytest.mark.slow
def test_moto_creates_every_stack_of_the_stage() -> None:
    done = stacks.created("prod")
    wanted = Counter(one["Type"] for one in resources_of("prod"))

    assert set(done.statuses.values()) == {"CREATE_COMPLETE"}
    assert done.resources + done.unknown == wanted
    assert done.resources["AWS::Lambda::Function"] == len(functions())


def resources_of(stage: str) -> list[dict[str, Any]]:
    return [one for content in stacks.expanded(stage).values() for one in content["Resources"].values()]


def test_what_moto_does_not_know_is_known() -> None:
    assert stacks.unknown_kinds({one["Type"] for one in resources_of("prod")}) == UNKNOWN_TO_MOTO


UNKNOWN_TO_MOTO = {
    "AWS::ApiGateway::Account",
    "AWS::ApiGateway::BasePathMapping",
    "AWS::ApiGateway::Deployment",
    "AWS::ApiGateway::DomainName",
    "AWS::ApiGateway::Stage",
    "AWS::Backup::BackupPlan",
    "AWS::Backup::BackupSelection",
    "AWS::Backup::BackupVault",
    "AWS::CloudWatch::Alarm",
    "AWS::Cognito::UserPool",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Cognito::UserPoolResourceServer",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBClusterParameterGroup",
    "AWS::RDS::DBInstance",
    "AWS::RDS::DBProxy",
    "AWS::RDS::DBProxyTargetGroup",
    "AWS::S3::BucketPolicy",
    "AWS::SES::EmailIdentity",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::SecretsManager::Secret",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACL",
    "AWS::WAFv2::WebACLAssociation",
}
"""These are proven by the linter's schemas alone."""
