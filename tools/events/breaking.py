"""What a receiver of events would stumble over when one JSON schema takes the place of another.

The schemas describe what is sent. So less is breaking, and so is more than was promised: a field gone or no longer
sure to come, a fact of another type, a value that was never named. A further field is not: receivers ignore it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]  # Any: JSON schema


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return what is breaking, each in one line; nothing when receivers of the old schema can live with the new."""
    return list(_compared("data", _Whole(old), _Whole(new)))


class _Whole:
    """A schema, or a part of one, with the definitions that its references point into."""

    def __init__(self, schema: Schema, definitions: Schema | None = None) -> None:
        self.definitions: Schema = schema.get("$defs", {}) if definitions is None else definitions
        while "$ref" in schema:
            schema = self.definitions[str(schema["$ref"]).rpartition("/")[2]]
        self.schema = schema

    def part(self, schema: Schema) -> "_Whole":
        return _Whole(schema, self.definitions)

    @property
    def variants(self) -> dict[str, "_Whole"]:
        """What it may be, by JSON type; `any` stands for no promise at all."""
        if "anyOf" in self.schema:
            return {kind: one for part in self.schema["anyOf"] for kind, one in self.part(part).variants.items()}
        return {str(self.schema.get("type", "any")): self}

    @property
    def fields(self) -> dict[str, "_Whole"]:
        return {name: self.part(part) for name, part in self.schema.get("properties", {}).items()}

    @property
    def sure(self) -> set[str]:
        return set(self.schema.get("required", ()))

    @property
    def values(self) -> set[str] | None:
        """The values that it is limited to, as texts; None when there is no such limit."""
        if "const" in self.schema:
            return {repr(self.schema["const"])}
        return {repr(value) for value in self.schema["enum"]} if "enum" in self.schema else None


def _compared(where: str, old: _Whole, new: _Whole) -> Iterator[str]:
    before, after = old.variants, new.variants
    if "any" in before:
        return
    if further := sorted(set(after) - set(before)):
        yield f"{where} may now be {' or '.join(further)}, and could only be {' or '.join(sorted(before))}"
    for kind in sorted(set(before) & set(after)):
        yield from _alike(where, before[kind], after[kind])


def _alike(where: str, old: _Whole, new: _Whole) -> Iterator[str]:
    if old.schema.get("format") != new.schema.get("format"):
        yield f"{where} has the format {new.schema.get('format')}, and had {old.schema.get('format')}"
    if old.values is not None and (new.values is None or not new.values <= old.values):
        yield f"{where} may have values that it could not have"
    if "items" in old.schema and "items" in new.schema:
        yield from _compared(f"{where}[]", old.part(old.schema["items"]), new.part(new.schema["items"]))
    for name, field in old.fields.items():
        if name not in new.fields:
            yield f"{where}.{name} is gone"
            continue
        if name in old.sure and name not in new.sure:
            yield f"{where}.{name} need not come any more"
        yield from _compared(f"{where}.{name}", field, new.fields[name])
