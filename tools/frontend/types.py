"""`types.mjs`: JSDoc types of every body, query and answer, from the OpenAPI document."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]  # Any: JSON

_PREFIX = "#/components/schemas/"
_WORDS = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}

_HEAD = """\
/* Made from docs/openapi.json by `make openapi`. */
export {};
"""


def typedefs(document: Schema) -> str:
    """All types: `<Operation>Answer`, `<Operation>Body`, `<Operation>Query`, and the models that they speak of."""
    lines = [_HEAD]
    for name, schema in sorted(document["components"]["schemas"].items()):
        lines.append(_typedef(plain_name(name), schema))
    for operation in operations(document).values():
        lines.extend(_of_operation(operation))
    return "\n".join(lines)


def operations(document: Schema) -> dict[tuple[str, str], Schema]:
    """Every operation, by method and path."""
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def type_name(operation: Schema) -> str:
    """What the types of an operation begin with: `list_devices` → `ListDevices`."""
    return "".join(word.capitalize() for word in str(operation["operationId"]).split("_"))


def plain_name(name: str) -> str:
    """A model's name; models of one name in several features carry the way to them: `FleetDevicesDone`."""
    parts = [part for part in name.split("__") if part not in ("chalicelib", "models")]
    return "".join(word[:1].upper() + word[1:] for part in parts for word in re.split("[_-]", part))


def _of_operation(operation: Schema) -> Iterator[str]:
    name = type_name(operation)
    answer = next(value for status, value in operation["responses"].items() if status.startswith("2"))
    if content := answer.get("content"):
        # What can also be had as a file is JSON to a script.
        told = content.get("application/json")
        yield f"/** @typedef {{{_written(told['schema']) if told else 'string'}}} {name}Answer */"
    if body := operation.get("requestBody"):
        content = body["content"].get("application/json")
        yield f"/** @typedef {{{_written(content['schema']) if content else 'FormData'}}} {name}Body */"
    if query := [parameter for parameter in operation["parameters"] if parameter["in"] == "query"]:
        fields = {parameter["name"]: parameter["schema"] for parameter in query}
        needed = [parameter["name"] for parameter in query if parameter["required"]]
        yield _typedef(f"{name}Query", {"properties": fields, "required": needed})


def _typedef(name: str, schema: Schema) -> str:
    if not all(field.isidentifier() for field in schema.get("properties", {"": None})):
        return f"/** @typedef {{{_written(schema)}}} {name} */"
    needed = schema.get("required", [])
    lines = ["/**", f" * @typedef {{object}} {name}"]
    for field, inner in schema["properties"].items():
        shown = field if field in needed else f"[{field}]"
        about = " ".join(str(inner.get("description", "")).split()).replace("*/", "")
        lines.append(f" * @property {{{_written(inner)}}} {shown} {about}".rstrip())
    return "\n".join([*lines, " */"])


def _written(schema: Schema) -> str:
    """A schema in the words of TypeScript."""
    if reference := schema.get("$ref"):
        return plain_name(str(reference).removeprefix(_PREFIX))
    if "const" in schema:
        return _literal(schema["const"])
    if "enum" in schema:
        return "|".join(map(_literal, schema["enum"]))
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return "|".join(dict.fromkeys(map(_written, choices)))
    return _by_type(schema)


def _by_type(schema: Schema) -> str:
    kind = schema.get("type")
    if kind == "array":
        item = _written(schema.get("items", {}))
        return f"({item})[]" if "|" in item else f"{item}[]"
    if kind == "object":
        return _object(schema)
    return _WORDS.get(str(kind), "any")


def _object(schema: Schema) -> str:
    if properties := schema.get("properties"):
        needed = schema.get("required", [])
        fields = [f'"{name}"{"" if name in needed else "?"}: {_written(inner)}' for name, inner in properties.items()]
        return "{" + ", ".join(fields) + "}"
    values = schema.get("additionalProperties")
    return f"Record<string, {_written(values) if isinstance(values, dict) else 'any'}>"


def _literal(value: object) -> str:
    return json.dumps(value)
