"""Hold an answer to its shape in `shapes.yaml`: every difference as one line with the path to it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

SHAPES: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "shapes.yaml").read_text())
MAYBE = "maybe "


def differences(value: Any, shape: Any, path: str = "") -> Iterator[str]:
    """Yield what is not as the shape says."""
    if isinstance(shape, dict):
        yield from _in_object(value, shape, path)
    elif isinstance(shape, list):
        yield from _in_array(value, shape[0], path)
    elif not _is_of(value, shape):
        yield f"{path or 'the answer'}: {value!r:.80} is not {shape}"


def empty_places(value: Any, shape: Any, path: str = "") -> Iterator[str]:
    """Yield the arrays without an item, of which the comparison proves nothing."""
    if isinstance(shape, dict) and isinstance(value, dict):
        for key, inner in _keys(shape, value):
            yield from empty_places(value.get(key), inner, f"{path}.{key}")
    elif isinstance(shape, list) and isinstance(value, list):
        if not value:
            yield path
        for item in value:
            yield from empty_places(item, shape[0], f"{path}[]")


def _in_object(value: Any, shape: Mapping[str, Any], path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path or 'the answer'}: {value!r:.80} is not an object"
        return
    required = {key for key in shape if key != "*" and not key.startswith(MAYBE)}
    yield from (f"{path}.{key} is missing" for key in sorted(required - value.keys()))
    for key, inner in _keys(shape, value):
        if key in value:
            yield from differences(value[key], inner, f"{path}.{key}")


def _keys(shape: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each key to look at with its shape."""
    for key, inner in shape.items():
        if key == "*":
            yield from ((name, inner) for name in value)
        else:
            yield key.removeprefix(MAYBE), inner


def _in_array(value: Any, shape: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path or 'the answer'}: {value!r:.80} is not an array"
        return
    for item in value:
        yield from differences(item, shape, f"{path}[]")


def _is_of(value: Any, word: str) -> bool:
    if word.endswith("|null"):
        return value is None or _is_of(value, word.removesuffix("|null"))
    if word.startswith("="):
        return bool(value == word[1:])
    if word.startswith("one of: "):
        return str(value).replace(" ", "_") in word.split()[2:]
    return _KINDS[word](value)


def _is_instant(value: Any) -> bool:
    return isinstance(value, str) and value.endswith("Z") and bool(datetime.fromisoformat(value.replace("Z", "+00:00")))


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)) and bool(date.fromisoformat(value))


_KINDS: Mapping[str, Callable[[Any], bool]] = {
    "int": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "string": lambda value: isinstance(value, str),
    "bool": lambda value: isinstance(value, bool),
    "flag": lambda value: type(value) is int and value in (0, 1),
    "instant": _is_instant,
    "date": _is_date,
    "object": lambda value: isinstance(value, dict),
    "any": lambda _value: True,
}
