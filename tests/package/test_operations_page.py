"""What docs/operations.md tells an operator to type exists: functions, parameters, outputs, alarms."""

import re

from tests.package import stacks
from tools.package import template
from tools.package.functions import functions

PAGE = (template.ROOT / "docs" / "operations.md").read_text()
FILES = stacks.contents("prod")


def test_the_functions_that_are_invoked_exist() -> None:
    invoked = set(re.findall(r"^invoke (worker-[\w-]+)", PAGE, re.MULTILINE))

    assert {"worker-migrate", "worker-bootstrap", "worker-knowledge"} <= invoked
    assert invoked <= {function.name for function in functions()}


def test_the_parameters_and_outputs_that_are_named_exist() -> None:
    root = FILES["template.json"]
    given = set(re.findall(r"\b([A-Z][a-z]+[A-Z]\w+)=\w", PAGE))

    assert {"AdminEmail", "WithInternet", "OwnsApiAccount", "FunctionAlarms"} <= given
    assert given <= set(root["Parameters"])
    assert set(re.findall(r"\$\(output (\w+)\)", PAGE)) <= set(root["Outputs"])


def test_every_kind_of_alarm_has_a_row_that_says_what_to_do() -> None:
    table = PAGE.partition("### Alarms")[2].partition("###")[0]
    for content in (FILES["resources.yaml"], FILES["monitoring.yaml"]):
        for one in content["Resources"].values():
            if one["Type"] == "AWS::CloudWatch::Alarm":
                name = one["Properties"]["AlarmName"]["Fn::Sub"].removeprefix("cvd-${Stage}-")
                kind = re.sub(r"^(queue-age|dead-letters)-\w+$", r"\1-…", name)
                assert f"`{kind}`" in table, kind


def test_every_template_is_told_of() -> None:
    for name in FILES:
        told = re.sub(r"^functions-[\w-]+", "functions-FEATURE", name)
        assert f"`{told}`" in PAGE, name
