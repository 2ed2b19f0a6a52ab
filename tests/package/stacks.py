"""A stage's templates as CloudFormation would take them, created in moto as far as moto knows their resources."""

import json
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import boto3
from moto import mock_aws
from moto.cloudformation.parsing import get_model_map
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from tools.package import template
from tools.package.template import Json, Templates

REGION = "us-east-1"
STACK = "AWS::CloudFormation::Stack"
SAM = "AWS::Serverless-2016-10-31"

CHOICES = {
    "AdminEmail": "admin@cvd.example",
    "AlarmEmail": "alarms@cvd.example",
    "AllowedOrigins": "https://pages.cvd.example,https://shell.cvd.example",
    "MailSender": "no-reply@cvd.example",
    "MailIsVerified": "true",
    "WithInternet": "true",
    "WithReader": "true",
    "AssistantModel": "anthropic.a-model",
    "GeocoderUrl": "https://geocoder.example/search",
    "DomainName": "api.cvd.example",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
}
"""Every choice taken, so that every condition's resources are made."""

HALF_KNOWN = {"AWS::RDS::DBInstance", "AWS::ApiGateway::Deployment"}
"""Moto makes database instances, but none of a cluster; and it reads no API from a document, so has none to deploy."""


@cache
def templates(stage: str) -> Templates:
    """The templates of a stage, assembled once."""
    return template.assemble(stage)


@cache
def contents(stage: str) -> dict[str, Json]:
    """Each template by its file's name, as JSON."""
    made = templates(stage)
    return {**made.made, **{name: template.read(path) for name, path in made.copied.items()}}


@cache
def expanded(stage: str) -> dict[str, Json]:
    """The same after the SAM translation, which raises where it finds anything."""
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    return {name: _translated(content) for name, content in contents(stage).items()}


def _translated(content: Json) -> Json:
    copy: Json = json.loads(json.dumps(content))
    if copy.get("Transform") != SAM:
        return copy
    for resource in copy["Resources"].values():
        for place in ("CodeUri", "ContentUri"):
            if place in resource["Properties"]:
                # What `aws cloudformation package` writes for an archive that it has uploaded.
                resource["Properties"][place] = f"s3://archives/{resource['Properties'][place]}"
    parameters = {name: spec.get("Default", "given") for name, spec in copy.get("Parameters", {}).items()}
    session = boto3.session.Session(region_name=REGION)
    translated: Json = Translator({}, Parser(), boto_session=session).translate(copy, parameters)
    return translated


def unknown_kinds(kinds: set[str]) -> set[str]:
    """Those types of resources that moto does not make."""
    return kinds - (set(get_model_map()) - HALF_KNOWN)


@dataclass
class Created:
    """What became of a stage in moto."""

    resources: Counter[str] = field(default_factory=Counter)
    """How many of each type moto has made."""
    unknown: Counter[str] = field(default_factory=Counter)
    """How many of each type moto does not know."""
    statuses: dict[str, str] = field(default_factory=dict)


@cache
def created(stage: str) -> Created:
    """Create each stack of the root in the root's order, with the parameters that the root hands to it.

    Moto hands no outputs from one stack to another, so that is done here.
    """
    with mock_aws(config={"lambda": {"use_docker": False}}):
        return _Creation(stage).run()


class _Creation:
    def __init__(self, stage: str) -> None:
        self.stage, self.files, self.made = stage, expanded(stage), Created()
        self.cloud = boto3.client("cloudformation", region_name=REGION)
        self.storage = boto3.client("s3", region_name=REGION)
        self.outputs: dict[str, dict[str, str]] = {}
        self.defaults = {
            name: spec.get("Default", "") for name, spec in self.files["template.json"]["Parameters"].items()
        }

    def run(self) -> Created:
        for bucket in ("archives", "templates"):
            self.storage.create_bucket(Bucket=bucket)
        root = self.files["template.json"]
        stacks = {name: one for name, one in root["Resources"].items() if one["Type"] == STACK}
        own = {name: one for name, one in root["Resources"].items() if one["Type"] != STACK}
        self._upload_archives()
        self._create("root", {"Resources": own, "Outputs": {name: {"Value": {"Ref": name}} for name in own}}, {})
        for name in _in_order(stacks):
            given = stacks[name]["Properties"]
            parameters = {key: self._value(value) for key, value in given["Parameters"].items()}
            self._create(name, self.files[given["TemplateURL"]], parameters)
            self.made.resources[STACK] += 1
        return self.made

    def _upload_archives(self) -> None:
        text = json.dumps(self.files)
        for key in {*re.findall(r"functions/[\w-]+\.zip", text), *re.findall(r"layers/[\w-]+\.zip", text)}:
            self.storage.put_object(Bucket="archives", Key=key, Body=b"an archive")

    def _create(self, name: str, content: Json, parameters: dict[str, str]) -> None:
        known = self._without_unknown(content)
        self.storage.put_object(Bucket="templates", Key=name, Body=json.dumps(known))
        self.cloud.create_stack(
            StackName=name,
            TemplateURL=f"https://templates.s3.amazonaws.com/{name}",
            Capabilities=["CAPABILITY_IAM"],
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        )
        stack = self.cloud.describe_stacks(StackName=name)["Stacks"][0]
        self.made.statuses[name] = stack["StackStatus"]
        self.outputs[name] = {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}
        for page in self.cloud.get_paginator("list_stack_resources").paginate(StackName=name):
            self.made.resources.update(one["ResourceType"] for one in page["StackResourceSummaries"])

    def _value(self, value: object) -> str:
        match value:
            case {"Ref": str(name)} if name in self.outputs["root"]:
                return self.outputs["root"][name]
            case {"Ref": str(name)}:
                return str(CHOICES.get(name, self.defaults[name]))
            case {"Fn::GetAtt": [str(stack), str(attribute)]}:
                return self.outputs[stack][attribute.removeprefix("Outputs.")]
            case {"Fn::Join": [str(separator), inner]}:
                return separator.join(self._value(inner).split(","))
        return str(value)

    def _without_unknown(self, content: Json) -> Json:
        unknown = unknown_kinds({one["Type"] for one in content["Resources"].values()})
        gone = {name for name, one in content["Resources"].items() if one["Type"] in unknown}
        self.made.unknown.update(content["Resources"][name]["Type"] for name in gone)
        kept = {name: one for name, one in content["Resources"].items() if name not in gone}
        cleaned: Json = _with_stand_ins({**content, "Resources": kept}, gone)
        return cleaned


def _in_order(stacks: Json) -> Iterator[str]:
    """Each stack after those that it waits for."""
    done = set[str]()

    def after(name: str) -> Iterator[str]:
        if name not in done:
            done.add(name)
            for needed in sorted(set(_needed(stacks[name])) & stacks.keys()):
                yield from after(needed)
            yield name

    for name in stacks:
        yield from after(name)


def _needed(value: object) -> Iterator[str]:
    match value:
        case {"Fn::GetAtt": [str(name), _]}:
            yield name
        case dict():
            for key, one in value.items():
                yield from one if key == "DependsOn" and isinstance(one, list) else _needed(one)
        case list():
            for one in value:
                yield from _needed(one)


def _with_stand_ins(value: Any, gone: set[str]) -> Any:  # Any: JSON of any shape
    """A template in which what moto does not know is a made-up ARN wherever it is referred to."""
    match value:
        case {"Ref": str(name)} if name in gone:
            return _stand_in(name)
        case {"Fn::GetAtt": [str(name), *_]} if name in gone:
            return _stand_in(name)
        case {"Fn::Sub": str(text)}:
            return {"Fn::Sub": re.sub(r"\${(\w+)[.\w]*}", lambda m: _stand_in(m[1]) if m[1] in gone else m[0], text)}
        case {"DependsOn": str(name), **rest} if name in gone:
            return _with_stand_ins(rest, gone)
        case dict():
            return {key: _with_stand_ins(one, gone) for key, one in value.items()}
        case list():
            return [_with_stand_ins(one, gone) for one in value]
    return value


def _stand_in(name: str) -> str:
    return f"arn:aws:unknown:{REGION}:123456789012:thing:{name}"
