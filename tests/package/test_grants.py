"""Each function's role holds what its code can ask of AWS: nothing too many, nothing missing."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tools.package import template
from tools.package.call_sites import Unclear
from tools.package.calls import UNDERSTOOD, Calls
from tools.package.functions import Function, functions, named
from tools.package.template_function import name_in_aws
from tools.package.template_grants import ACTIONS_ON_NOTHING, INTERNET, UnknownGrant, policy_of

CODE = Calls(template.ROOT)
EVERY = [pytest.param(function, id=function.name) for function in functions()]
BY_LAMBDA = {"logs:CreateLogStream", "logs:PutLogEvents", *ACTIONS_ON_NOTHING}
TAKING = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}


@cache
def policy(function: Function) -> dict[str, Any]:
    return policy_of(function, name_in_aws(function, "prod"), uses_database=CODE.uses_database(function))


def allowed(function: Function) -> list[dict[str, Any]]:
    statements = [one.get("Fn::If", [None, one])[1] for one in policy(function)["Statement"]]
    return [one for one in statements if one["Effect"] == "Allow"]


def written(resources: object) -> list[str]:
    """Each resource of a statement as the text that it is in the template."""
    listed = resources if isinstance(resources, list) else [resources]
    return [one if isinstance(one, str) else str(next(iter(one.values()))) for one in listed]


@pytest.mark.parametrize("function", EVERY)
def test_what_is_declared_is_what_the_code_can_ask_for(function: Function) -> None:
    can = CODE.of(function)

    assert set(function.grants) == can, f"missing: {can - set(function.grants)}, too many: {set(function.grants) - can}"


@pytest.mark.parametrize("function", EVERY)
def test_a_role_holds_what_is_declared_and_what_lambda_itself_needs(function: Function) -> None:
    actions = {action for one in allowed(function) for action in one["Action"]}
    declared = {grant.partition("@")[0] for grant in function.grants if grant != INTERNET}
    enters = {"rds-db:connect"} if CODE.uses_database(function) else set()

    assert actions <= declared | enters | BY_LAMBDA | (TAKING if function.queue else set())
    assert declared | enters | {"logs:PutLogEvents"} <= actions


@pytest.mark.parametrize("function", EVERY)
def test_everything_is_granted_on_things_of_this_stage(function: Function) -> None:
    for one in allowed(function):
        if set(one["Action"]) <= ACTIONS_ON_NOTHING:
            assert one["Resource"] == "*"
            continue
        for resource in written(one["Resource"]):
            assert resource != "*"
            own = (
                "cvd-prod",
                "${Stage}",
                "Bucket",
                "Key",
                "Queue",
                "UserPool",
                "${ProxyResourceId}",
                "${AssistantModel}",
                "${MailSender}",
            )
            assert any(part in resource for part in own), resource


@pytest.mark.parametrize("function", EVERY)
def test_the_code_may_not_touch_the_network_interface_that_lambda_makes_for_it(function: Function) -> None:
    if not CODE.uses_database(function) and INTERNET not in function.grants:
        assert not any(set(one["Action"]) & ACTIONS_ON_NOTHING for one in allowed(function))
        return
    denied = [one for one in policy(function)["Statement"] if one.get("Effect") == "Deny"]

    assert [set(one["Action"]) for one in denied] == [ACTIONS_ON_NOTHING]
    assert f"function:{name_in_aws(function, 'prod')}" in str(denied[0]["Condition"])


def test_a_grant_that_nobody_has_mapped_stops_the_assembly() -> None:
    unmapped = replace(named("health"), grants=("dynamodb:PutItem",))

    with pytest.raises(UnknownGrant, match="dynamodb:PutItem"):
        policy_of(unmapped, "cvd-prod-health", uses_database=False)


def test_a_grant_on_one_of_several_queues_has_to_name_which() -> None:
    with pytest.raises(UnknownGrant, match="sqs:SendMessage"):
        policy_of(replace(named("health"), grants=("sqs:SendMessage",)), "cvd-prod-health", uses_database=False)


def test_a_relay_may_send_to_its_own_queue_alone() -> None:
    sending = [one for one in allowed(named("worker-outbox")) if "sqs:SendMessage" in one["Action"]]

    assert [one["Resource"] for one in sending] == [[{"Ref": "OutboxQueueArn"}]]


def test_only_the_migration_enters_the_database_as_its_owner() -> None:
    owners = {
        function.name
        for function in functions()
        for one in allowed(function)
        for resource in written(one["Resource"])
        if resource.endswith("/cvd_migrator")
    }

    assert owners == {"worker-migrate"}


def test_what_touches_no_database_has_no_way_to_it() -> None:
    assert {function.name for function in functions() if not CODE.uses_database(function)} == {
        "docs",
        "docs-asset",
        "health",
        "openapi-json",
    }


# The analysis itself, over small trees of code.

AWS = """def client(service: str) -> object: ...


def database_token(url: str, user: str) -> str:
    return client("rds").generate_db_auth_token()
"""


def tree(root: Path, **modules: str) -> Calls:
    for name, text in {"kit__aws": AWS, **modules}.items():
        path = root / "chalicelib" / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        for package in (root / "chalicelib", path.parent):
            (package / "__init__.py").touch()
        path.write_text(text)
    return Calls(root)


def asked(code: Calls, name: str = "begin", module: str = "chalicelib.a") -> set[str]:
    return set(code.granted(code.reached([(module, name)]))) - UNDERSTOOD


def test_a_call_is_found_through_functions_constants_and_classes(tmp_path: Path) -> None:
    code = tree(
        tmp_path,
        a="from chalicelib import b\n\n\ndef begin() -> None:\n    b.WORK['x']()\n",
        b="from chalicelib.c import Keeper\n\n\ndef work() -> None:\n    Keeper()\n\n\nWORK = {'x': work}\n",
        c="""from chalicelib.kit import aws


class Keeper:
    def keep(self) -> None:
        aws.client("s3").put_object(Bucket="b")
""",
    )

    assert asked(code) == {"s3:PutObject", "kms:GenerateDataKey"}


def test_a_call_that_only_another_function_of_the_module_makes_is_not_its_own(tmp_path: Path) -> None:
    code = tree(
        tmp_path,
        a="""from chalicelib.kit import aws


def begin() -> None: ...


def other() -> None:
    aws.client("s3").delete_object()
""",
    )

    assert asked(code) == set()
    assert asked(code, "other") == {"s3:DeleteObject"}


def test_an_operation_that_is_handed_on_by_name_is_found_at_its_callers(tmp_path: Path) -> None:
    code = tree(
        tmp_path,
        a="""from chalicelib.kit.aws import client


def _ask(operation: str) -> None:
    getattr(client("cognito-idp"), operation)()


def begin() -> None:
    _ask("admin_get_user")


def other() -> None:
    _ask("admin_set_user_mfa_preference")


def unclear(operation: str) -> None:
    _ask(operation)
""",
    )

    assert asked(code) == {"cognito-idp:AdminGetUser"}
    assert asked(code, "other") == {"cognito-idp:AdminSetUserMFAPreference"}
    with pytest.raises(Unclear, match="unclear does not name"):
        asked(code, "unclear")


def test_a_client_that_is_kept_signs_or_pages_is_followed(tmp_path: Path) -> None:
    code = tree(
        tmp_path,
        a="""def begin() -> None:
    from chalicelib.kit import aws

    s3 = aws.client("s3")
    s3.generate_presigned_url("get_object")
    s3.get_paginator("list_objects_v2")
""",
    )

    assert asked(code) == {"s3:GetObject", "kms:Decrypt", "s3:ListBucket"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("aws.client(name)", "does not name the service"),
        ("print(aws.client('s3'))", "hands a client of s3 on"),
        ("aws.client('s3').put_bucket_policy()", "s3.put_bucket_policy"),
        ("aws.client('sqs').send_message()", "reads 0 settings"),
        ("aws.client('secretsmanager').get_secret_value()", "say in SECRETS which"),
        ("aws.database_token('', '')", "say in DATABASE_USERS as whom"),
    ],
)
def test_what_cannot_be_told_is_said_and_not_guessed(tmp_path: Path, body: str, message: str) -> None:
    code = tree(tmp_path, a=f"from chalicelib.kit import aws\n\n\ndef begin(name: str) -> None:\n    {body}\n")

    with pytest.raises(Unclear, match=message):
        asked(code)


def test_a_local_name_is_not_the_module_s(tmp_path: Path) -> None:
    code = tree(
        tmp_path,
        a="""from chalicelib.kit import aws


def wipe() -> None:
    aws.client("s3").delete_object()


def begin(wipe: bool) -> bool:
    return wipe


def other() -> list[int]:
    return [wipe for wipe in (1, 2)]
""",
    )

    assert asked(code) == asked(code, "other") == set()


def test_a_question_to_the_internet_has_to_be_declared(tmp_path: Path) -> None:
    code = tree(
        tmp_path, a="import urllib.request\n\n\ndef begin() -> None:\n    urllib.request.urlopen('https://x')\n"
    )

    assert asked(code) == {INTERNET}
