"""What callers of the API rely on is kept: each kind of break is found, and what is only more is none."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tools.promises.breaking import broken
from tools.promises.shape import promises

DOCUMENT = {
    "components": {
        "schemas": {
            "Slot": {
                "properties": {"id": {"type": "integer"}, "inner": {"$ref": "#/components/schemas/Slot"}},
                "required": ["id"],
            }
        }
    },
    "paths": {
        "/api/slots": {
            "post": {
                "x-roles": ["admin", "manager"],
                "parameters": [{"name": "page", "in": "query", "required": False, "schema": {"type": "integer"}}],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "properties": {
                                    "kind": {"enum": ["a", "b"]},
                                    "units": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                                },
                                "required": ["kind"],
                            }
                        }
                    }
                },
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Slot"}}
                            }
                        }
                    },
                    "400": {},
                },
            }
        }
    },
}


def _changed(*path: Any, to: Any = None) -> list[str]:
    document: Any = copy.deepcopy(DOCUMENT)
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    if to is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return broken(promises(DOCUMENT), promises(document))


POST = ("paths", "/api/slots", "post")
BODY = (*POST, "requestBody", "content", "application/json", "schema")
SLOT = ("components", "schemas", "Slot")


@pytest.mark.parametrize(
    ("path", "to", "told"),
    [
        (("paths", "/api/slots"), None, "POST /api/slots is gone"),
        ((*POST, "x-roles"), ["admin"], "closed to manager"),
        ((*POST, "parameters"), [], "the parameter query.page is no longer taken"),
        ((*POST, "parameters", 0, "required"), True, "the parameter query.page is needed now"),
        ((*POST, "parameters", 0, "schema"), {"type": "string"}, "query.page no longer takes integer"),
        ((*BODY, "required"), ["kind", "units"], "the field .units is needed now"),
        ((*BODY, "properties", "kind"), {"enum": ["a"]}, "the field .kind no longer takes 'b'"),
        ((*BODY, "properties", "units"), None, "the field .units is no longer taken"),
        ((*POST, "responses", "200"), None, "no longer answers 200"),
        ((*SLOT, "properties", "id"), None, "the answer has no [].id any more"),
        ((*SLOT, "required"), [], "the answer does not always have [].id any more"),
        ((*SLOT, "properties", "id"), {"anyOf": [{"type": "integer"}, {"type": "null"}]}, "[].id in the answer may be"),
    ],
)
def test_what_breaks_callers_is_told(path: tuple[Any, ...], to: Any, told: str) -> None:
    assert any(told in one for one in _changed(*path, to=to))


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ((*POST, "x-roles"), ["admin", "manager", "viewer"]),
        ((*BODY, "required"), []),
        ((*BODY, "properties", "kind"), {"enum": ["a", "b", "c"]}),
        ((*BODY, "properties", "more"), {"type": "string"}),
        ((*SLOT, "properties", "more"), {"type": "string"}),
        ((*SLOT, "required"), ["id", "inner"]),
    ],
)
def test_what_is_only_more_breaks_nobody(path: tuple[Any, ...], to: Any) -> None:
    assert _changed(*path, to=to) == []


def test_the_promises_that_are_written_down_are_those_of_the_description() -> None:
    docs = Path(__file__).parents[2] / "docs"
    described = json.loads((docs / "openapi.json").read_text())

    kept = json.loads((docs / "promises.json").read_text())

    assert kept == {"version": described["info"]["version"], "promises": promises(described)}
    assert len(kept["promises"]) > 150
