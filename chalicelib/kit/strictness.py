"""What JSON keeps apart stays apart: `true` is no number. Numbers as texts are taken, since forms send them so."""

from typing import Any

from pydantic import TypeAdapter
from pydantic_core import SchemaValidator, core_schema

NOT_OF_THE_INPUT = frozenset({"metadata", "serialization", "config", "cls", "default"})
"""What a core schema holds beside the schemas of what comes in."""


def body_validator(kind: Any) -> SchemaValidator:  # Any: a model, or an annotation
    """The validator of a body of that kind; pydantic's own takes `false` for 0 and `true` for 1."""
    # A model that is built on first use has a stand-in for its schema, which a copy makes real.
    schema = _guarded(dict(TypeAdapter(kind).core_schema))
    # Without the validators that nested models have already: those take a truth for a number.
    return SchemaValidator(schema, _use_prebuilt=False)


def _guarded(part: Any) -> Any:  # Any: core schemas are dicts and lists of many shapes
    if isinstance(part, list):
        return [_guarded(one) for one in part]
    if not isinstance(part, dict):
        return part
    inside = {name: value if name in NOT_OF_THE_INPUT else _guarded(value) for name, value in part.items()}
    if part.get("type") in ("int", "float"):
        return core_schema.no_info_before_validator_function(_no_truth, inside)
    return inside


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("Give a number.")  # noqa: TRY004 - pydantic reports ValueErrors
    return value
