"""The catalogue of events: whole, described, committed, and never broken for those who receive."""

import json
import pkgutil
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import chalicelib
from chalicelib.kit.events import Event
from chalicelib.partners.rules import catalogue
from chalicelib.partners.rules.catalogue import BY_NAME, BY_TOPIC, CATALOGUE
from chalicelib.partners.service import describing
from tests.support.client import Client
from tests.support.people import SignedIn
from tools.events.__main__ import files, present, problems
from tools.events.breaking import breaks


def published() -> Iterator[type[Event]]:
    """Every event of every feature that goes to the outbox."""
    for feature in pkgutil.iter_modules(chalicelib.__path__):
        if feature.ispkg and feature.name != "kit":
            names = {module.name for module in pkgutil.iter_modules([f"{chalicelib.__path__[0]}/{feature.name}"])}
            if "events" in names:
                module = import_module(f"chalicelib.{feature.name}.events")
                yield from (
                    thing
                    for thing in vars(module).values()
                    if isinstance(thing, type)
                    and issubclass(thing, Event)
                    and thing.published
                    and "action" in vars(thing)
                )


def test_every_published_event_is_in_the_catalogue_once() -> None:
    topics = {event.topic or event.action for event in published()}

    assert topics == {event.topic for event in CATALOGUE} - {"alert.raised", catalogue.TEST}
    assert len(BY_TOPIC) == len(BY_NAME) == len(CATALOGUE)


def test_every_fact_of_a_payload_is_one_of_its_event() -> None:
    strange = []
    for event in published():
        public = BY_TOPIC[event.topic or event.action]
        facts = {field.name for field in fields(event)} | {"changed"}
        strange += [
            f"{public.name}.{name}" for name in public.payload.model_fields if name not in facts | {public.resource}
        ]

    assert strange == []


def test_links_name_fields_of_their_payload_and_paths_of_the_api() -> None:
    described = json.loads(Path("docs/openapi.json").read_text())
    paths = {re.sub(r"\{[^}]+\}", "{}", path) for path in described["paths"]}
    for event in CATALOGUE:
        if event.link:
            assert set(re.findall(r"\{([^}]+)\}", event.link)) <= set(event.payload.model_fields), event.name
            assert re.sub(r"\{[^}]+\}", "{}", event.link) in paths, event.name


def test_the_committed_schemas_are_those_of_the_code() -> None:
    assert present() == files()


def test_names_are_a_family_and_a_verb() -> None:
    assert [event.name for event in CATALOGUE if not re.fullmatch(r"[a-z_]+\.[a-z_]+", event.name)] == []


@pytest.mark.parametrize(
    ("pattern", "is_one"),
    [
        ("*", True),
        ("device.*", True),
        ("stock.low", True),
        ("device", False),
        ("*.created", False),
        ("nothing.*", False),
    ],
)
def test_patterns(pattern: str, is_one: bool) -> None:
    assert catalogue.is_pattern(pattern) is is_one


def test_the_catalogue_is_shown_to_everybody_signed_in(client: Client, driver: SignedIn) -> None:
    answer = driver.get("/api/webhook-events")

    assert answer.status == 200
    by_name = {event["name"]: event for event in answer.json["events"]}
    assert {"device.created", "service_order.completed", "stock.low", "stock.sold_out", "read.received"} <= set(by_name)
    assert by_name["user.created"]["adminsOnly"]
    assert by_name["stock.low"]["jsonSchema"] == json.loads(files()["stock.low.v1.json"])
    assert answer.json["digest"] == json.loads(files()["catalogue.json"])["digest"]
    assert client.get("/api/webhook-events").status == 401


OLD = describing.schema(BY_NAME["device.silent"])


def changed(**parts: Any) -> dict[str, Any]:
    """The schema of `device.silent` with another form of the device's facts."""
    new = deepcopy(OLD)
    facts = new["$defs"]["SilentDevice"]
    for name, part in parts.items():
        if part is None:
            del facts["properties"][name]
            facts["required"].remove(name)
        else:
            facts["properties"][name] = part
    return new


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (changed(asset=None), "data.data.asset is gone"),
        (changed(deviceId={"type": "string"}), "data.data.deviceId may now be string, and could only be integer"),
        (
            changed(asset={"anyOf": [{"type": "string"}, {"type": "null"}]}),
            "data.data.asset may now be null, and could only be string",
        ),
        (changed(lastReadAt={"type": "string"}), "data.data.lastReadAt has the format None, and had date-time"),
    ],
)
def test_a_breaking_change_is_found(new: dict[str, Any], told: str) -> None:
    assert told in breaks(OLD, new)


def test_a_field_that_need_not_come_and_a_value_that_was_not_named_are_breaking() -> None:
    optional = deepcopy(OLD)
    optional["$defs"]["SilentDevice"]["required"].remove("asset")
    other = deepcopy(OLD)
    other["properties"]["type"] = {"type": "string"}

    assert breaks(OLD, optional) == ["data.data.asset need not come any more"]
    assert breaks(OLD, other) == ["data.type may have values that it could not have"]


def test_a_further_field_breaks_nobody() -> None:
    assert breaks(OLD, changed(mood={"type": "string"})) == []
    assert breaks(OLD, OLD) == []


def test_an_event_may_not_vanish_but_may_get_a_new_version() -> None:
    old = files()
    without = {name: text for name, text in old.items() if not name.startswith("stock.low")}
    renewed = {**without, "stock.low.v2.json": "{}"}

    assert problems(old, without) == ["stock.low.v1.json: the event is gone"]
    assert problems(old, renewed) == []
