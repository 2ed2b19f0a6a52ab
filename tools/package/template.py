"""The templates of a stage: one root, and beside it what surrounds the functions, the functions by feature, the API.

CloudFormation takes 500 resources and one megabyte a template, so each of these is a stack of its own inside the root.
`aws cloudformation package` uploads what they name on this machine: the archives and each other.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from tools.package import calls, template_api, template_function
from tools.package.functions import Function, functions
from tools.package.installing import Architecture
from tools.package.template_environment import PARAMETERS as SETTINGS

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

ROOT: Final = Path(__file__).parents[2]
SURROUNDINGS: Final = ROOT / ".chalice" / "resources.yaml"
MONITORING: Final = ROOT / ".chalice" / "monitoring.yaml"

RUNTIME: Final = "python3.11"

MOST_A_STACK: Final = 60
"""Functions; each is up to seven resources after SAM's expansion."""

LOG_DAYS: Final = {"dev": 30, "prod": 90}

PLAIN: Final = {"Type": "String"}
CHOICE: Final = {"Type": "String", "AllowedValues": ["true", "false"]}

TYPES: Final[dict[str, Json]] = {
    "IsolatedSubnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
    "EgressSubnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
    "FunctionsGroup": {"Type": "AWS::EC2::SecurityGroup::Id"},
    "LogDays": {"Type": "Number"},
    "FunctionAlarms": CHOICE,
    "OwnsApiAccount": CHOICE,
}
"""The types of parameters that are more than a text."""

CONDITIONS: Final[dict[str, Json]] = {
    "HasFunctionAlarms": {"Fn::Equals": [{"Ref": "FunctionAlarms"}, "true"]},
    "HasAssistantModel": {"Fn::Not": [{"Fn::Equals": [{"Ref": "AssistantModel"}, ""]}]},
    "HasMail": {"Fn::Not": [{"Fn::Equals": [{"Ref": "MailSender"}, ""]}]},
    "HasDomain": {"Fn::Not": [{"Fn::Equals": [{"Ref": "DomainName"}, ""]}]},
    "OwnsApiAccount": {"Fn::Equals": [{"Ref": "OwnsApiAccount"}, "true"]},
}

OWN_PARAMETERS: Final[dict[str, Json]] = {
    "FrameAncestors": {**PLAIN, "Default": "'self'", "Description": "What may frame our pages"},
    "GeocoderUrl": {**PLAIN, "Default": "", "Description": "Search address of a geocoder; needs WithInternet"},
    "DomainName": {**PLAIN, "Default": "", "Description": "Domain of the API; empty for API Gateway's own address"},
    "CertificateArn": {**PLAIN, "Default": "", "Description": "ACM certificate of the domain, in this region"},
    "FunctionAlarms": {**CHOICE, "Default": "true", "Description": "Two alarms a function, on errors and throttles"},
    "OwnsApiAccount": {
        **CHOICE,
        "Default": "true",
        "Description": "Whether this stack lets API Gateway write logs in this account and region; once is enough",
    },
}


@dataclass(frozen=True)
class Templates:
    """All templates of a stage, by the names of their files; `template.json` is the root."""

    stage: str
    made: dict[str, Json]
    copied: dict[str, Path]

    def write(self, folder: Path) -> list[Path]:
        """Put them into `folder`, the same bytes for the same source; the files written."""
        folder.mkdir(parents=True, exist_ok=True)
        texts = {name: json.dumps(content, indent=1, sort_keys=True) + "\n" for name, content in self.made.items()}
        texts |= {name: path.read_text() for name, path in self.copied.items()}
        for name, text in texts.items():
            (folder / name).write_text(text)
        return [folder / name for name in sorted(texts)]


def assemble(
    stage: str, chosen: Sequence[Function] | None = None, *, architecture: Architecture = "x86_64"
) -> Templates:
    """The templates of a stage, over all functions unless some are chosen. Raises `Unclear`, `UnknownGrant`."""
    everything = tuple(chosen or functions())
    reached = calls.Calls(ROOT)
    stacks = dict[str, Json]()
    for name, members in _grouped(everything):
        resources: Json = {}
        for function in members:
            resources |= template_function.resources_of(function, stage, uses_database=reached.uses_database(function))
        stacks[f"functions-{name}"] = _nested(f"CVD {stage}: functions of {name}", resources, architecture)
    routes = [function for function in everything if function.kind == "route"]
    stacks["api"] = _nested(f"CVD {stage}: the API", template_api.resources_of(routes, stage)) | {"Outputs": _address()}
    made = {
        "template.json": _root(stage, stacks, architecture),
        **{f"{name}.json": stack for name, stack in stacks.items()},
    }
    return Templates(stage, made, {"resources.yaml": SURROUNDINGS, "monitoring.yaml": MONITORING})


def _grouped(everything: Sequence[Function]) -> Iterator[tuple[str, Sequence[Function]]]:
    """Functions by feature, and a feature with many in several parts."""
    features: defaultdict[str, list[Function]] = defaultdict(list)
    for function in everything:
        features[function.modules[0].split(".")[1]].append(function)
    for feature in sorted(features):
        members = features[feature]
        parts = [members[start : start + MOST_A_STACK] for start in range(0, len(members), MOST_A_STACK)]
        for number, part in enumerate(parts, start=1):
            yield feature if len(parts) == 1 else f"{feature}-{number}", part


def _nested(description: str, resources: Json, architecture: Architecture | None = None) -> Json:
    """A stack of the root; its parameters are what its resources name and none of them is."""
    stack: Json = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": description,
    }
    if architecture:
        stack["Globals"] = {"Function": {"Runtime": RUNTIME, "Architectures": [architecture]}}
    conditions = {name: CONDITIONS[name] for name in sorted(set(_conditions(resources)))}
    if conditions:
        stack["Conditions"] = conditions
    wanted = sorted({name for name in _names([resources, conditions]) if name not in resources})
    stack["Parameters"] = {name: TYPES.get(name, PLAIN) for name in wanted}
    return {**stack, "Resources": resources}


def _names(value: object) -> Iterator[str]:
    """Every name that a piece of template refers to, but CloudFormation's own."""
    match value:
        case {"Ref": str(name)}:
            yield from (part for part in [name.split(".")[0]] if not name.startswith("AWS::"))
        case {"Fn::Sub": str(text)}:
            yield from re.findall(r"\${(\w+)}", text)
        case {"Fn::Sub": [str(text), dict(own)]}:
            yield from (name for name in re.findall(r"\${(\w+)}", text) if name not in own)
            yield from _names(list(own.values()))
        case dict():
            yield from _names(list(value.values()))
        case list():
            for one in value:
                yield from _names(one)


def _conditions(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(named := value.get("Condition"), str):
            yield named
        if isinstance(choice := value.get("Fn::If"), list):
            yield choice[0]
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _conditions(one)


def _address() -> Json:
    host = "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}"
    return {"Address": {"Value": {"Fn::Sub": f"{host}/{template_api.STAGE_NAME}"}}}


def _root(stage: str, stacks: dict[str, Json], architecture: Architecture) -> Json:
    surroundings, monitoring = read(SURROUNDINGS), read(MONITORING)
    layers = sorted({name for stack in stacks.values() for name in stack["Parameters"] if name.endswith("Layer")})
    choices = {name: spec for name, spec in surroundings["Parameters"].items() if name != "Stage"}
    values = _values(stage, surroundings, layers)
    own = {_id(name): _stack(f"{name}.json", stack["Parameters"], values) for name, stack in stacks.items()}
    own["Api"]["DependsOn"] = sorted(name for name in own if name.startswith("Functions"))
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": f"CVD {stage}: the whole system",
        "Parameters": {**choices, **OWN_PARAMETERS},
        "Resources": {
            "Surroundings": _stack("resources.yaml", surroundings["Parameters"], values),
            **{name: _layer(name, stage, architecture) for name in layers},
            **own,
            "Monitoring": {**_stack("monitoring.yaml", monitoring["Parameters"], values), "DependsOn": ["Api"]},
        },
        "Outputs": {
            "Address": {"Value": {"Fn::GetAtt": ["Api", "Outputs.Address"]}},
            **{name: {"Value": _of_surroundings(name)} for name in ("DatabaseArn", "DatabaseMasterSecret")},
        },
    }


def _values(stage: str, surroundings: Json, layers: Sequence[str]) -> Json:
    """What the root hands to its stacks, by the names of their parameters."""
    outputs = {name: _of_surroundings(name) for name in surroundings["Outputs"]}
    choices = {name: {"Ref": name} for name in (*surroundings["Parameters"], *OWN_PARAMETERS, *SETTINGS, *layers)}
    return {**choices, **outputs, "Stage": stage, "LogDays": LOG_DAYS[stage]}


def _of_surroundings(name: str) -> Json:
    return {"Fn::GetAtt": ["Surroundings", f"Outputs.{name}"]}


def _stack(file: str, parameters: Json, values: Json) -> Json:
    """A stack inside the root. Lists travel as texts; the API's origins are separated by blanks in a function."""
    given = {name: values[name] for name in sorted(parameters)}
    if "AllowedOrigins" in given:
        separator = "," if parameters["AllowedOrigins"]["Type"] == "CommaDelimitedList" else " "
        given["AllowedOrigins"] = {"Fn::Join": [separator, {"Ref": "AllowedOrigins"}]}
    return {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": file, "Parameters": given}}


def _layer(parameter: str, stage: str, architecture: Architecture) -> Json:
    name = parameter.removesuffix("Layer").lower()
    return {
        "Type": "AWS::Serverless::LayerVersion",
        "Properties": {
            "LayerName": f"cvd-{stage}-{name}",
            "ContentUri": f"layers/{name}.zip",
            "CompatibleRuntimes": [RUNTIME],
            "CompatibleArchitectures": [architecture],
            # Older versions stay until the functions have left them, and for a way back.
            "RetentionPolicy": "Retain",
        },
    }


def _id(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms: `!Ref x`, `!GetAtt a.b`, `!Sub …`."""


def _short_form(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> Json:
    value: object
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if tag == "GetAtt":
            value = str(value).split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)  # noqa: S101 - there is no fourth kind
        value = loader.construct_mapping(node, deep=True)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _short_form)


def read(path: Path) -> Json:
    """A template that people write, with CloudFormation's short forms in full."""
    template: Json = yaml.load(path.read_text(), Loader=_Loader)  # noqa: S506 - a safe loader, with short forms
    return template
