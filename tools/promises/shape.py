"""What callers rely on, taken out of an OpenAPI document: parameters, bodies and answers, field by field."""

from collections.abc import Iterator, Mapping
from typing import Any

Document = Mapping[str, Any]  # Any: OpenAPI is nested JSON
Promise = dict[str, Any]  # Any: as above

DEEPEST = 6
"""Levels of fields that are looked at; models that hold themselves end somewhere."""
REFERENCE = "#/components/schemas/"


def promises(document: Document) -> dict[str, Promise]:
    """What each operation promises, by method and path."""
    components = document["components"]["schemas"]
    return {
        f"{method.upper()} {path}": _operation(operation, components)
        for path, methods in sorted(document["paths"].items())
        for method, operation in sorted(methods.items())
    }


def _operation(operation: Document, components: Document) -> Promise:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    answers = {status: told for status, told in operation["responses"].items() if status.startswith("2")}
    return {
        "roles": sorted(operation["x-roles"]),
        "parameters": {
            f"{one['in']}.{one['name']}": _kind(one["schema"], components, required=one["required"])
            for one in operation["parameters"]
        },
        "body": dict(_fields(body["schema"], components)) if body else {},
        "answers": {status: dict(_answer(told, components)) for status, told in sorted(answers.items())},
    }


def _answer(told: Document, components: Document) -> Iterator[tuple[str, str]]:
    for media, content in sorted(told.get("content", {}).items()):
        yield media, "media"
        if media == "application/json":
            yield from _fields(content["schema"], components)


def _fields(schema: Document, components: Document, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The fields of a schema by their paths, each with its kinds, and `!` where it is always there."""
    if depth > DEEPEST:
        return
    for one in _choices(schema, components):
        needed = one.get("required", ())
        for name, inner in sorted(one.get("properties", {}).items()):
            yield f"{path}.{name}", _kind(inner, components, required=name in needed)
            yield from _fields(inner, components, f"{path}.{name}", depth + 1)
        for kind, inner in (("[]", one.get("items")), ("{}", one.get("additionalProperties"))):
            if isinstance(inner, Mapping):
                yield f"{path}{kind}", _kind(inner, components, required=False)
                yield from _fields(inner, components, f"{path}{kind}", depth + 1)


def _choices(schema: Document, components: Document) -> Iterator[Document]:
    if reference := schema.get("$ref"):
        yield from _choices(components[str(reference).removeprefix(REFERENCE)], components)
    elif options := schema.get("anyOf") or schema.get("oneOf"):
        for option in options:
            yield from _choices(option, components)
    else:
        yield schema


def _kind(schema: Document, components: Document, *, required: bool) -> str:
    kinds: set[str] = set()
    for one in _choices(schema, components):
        if "enum" in one:
            kinds |= {repr(value) for value in one["enum"]}
        elif "const" in one:
            kinds.add(repr(one["const"]))
        else:
            kinds.add(str(one.get("type", "any")))
    return "|".join(sorted(kinds)) + ("!" if required else "")
