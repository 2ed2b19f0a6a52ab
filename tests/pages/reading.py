"""How a page's script reads an answer: `devices[].price: number` is what `device.price.toFixed(2)` needs."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

MANY = "[]"
NONE_IS_FINE = "[?]"
EACH_KEY = "{}"


def complaints(answer: Any, reads: Mapping[str, Any]) -> Iterator[str]:
    """Yield, for every path, what the script would stumble over.

    A path names fields by dots; `[]` is each item of an array that has some, `[?]` of one that may be empty, `{}` each
    value of an object. What is read there is a word below, `~a text` that contains it, or the value itself.
    """
    for path, wanted in reads.items():
        for place, value in _places(answer, _parts(path), ""):
            if isinstance(value, _Stumble):
                yield f"{place or 'the answer'}: {value}"
            elif not _fits(value, wanted):
                yield f"{place or 'the answer'}: {value!r:.120} is not {wanted!r}"


def value_at(answer: Any, path: str) -> Any:
    """Return the one value at a path, such as `users[0].id`."""
    for part in re.findall(r"\[\d+\]|[^.\[\]]+", path):
        answer = answer[int(part[1:-1])] if part.startswith("[") else answer[part]
    return answer


class _Stumble(str):
    """Why a place cannot be read."""


def _parts(path: str) -> list[str]:
    return re.findall(r"\[\]|\[\?\]|\{\}|[^.\[\]{}]+", path)


def _places(value: Any, parts: list[str], place: str) -> Iterator[tuple[str, Any]]:
    if not parts:
        yield place, value
        return
    first, *rest = parts
    if first in (MANY, NONE_IS_FINE):
        yield from _items(value, first, rest, place)
    elif not isinstance(value, dict):
        yield place, _Stumble(f"{value!r:.80} is not an object")
    elif first == EACH_KEY:
        for key, inner in value.items():
            yield from _places(inner, rest, f"{place}.{key}")
    elif first not in value:
        yield f"{place}.{first}", _Stumble("is missing")
    else:
        yield from _places(value[first], rest, f"{place}.{first}")


def _items(value: Any, sign: str, rest: list[str], place: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, list):
        yield place, _Stumble(f"{value!r:.80} is not an array")
    elif not value and sign == MANY:
        yield place, _Stumble("is empty, so that nothing of its items is proven")
    else:
        for number, item in enumerate(value):
            yield from _places(item, rest, f"{place}[{number}]")


def _fits(value: Any, wanted: Any) -> bool:
    if not isinstance(wanted, str):
        return type(value) is type(wanted) and bool(value == wanted)
    word, _, or_null = wanted.partition("|")
    if or_null == "null" and value is None:
        return True
    if word.startswith("~"):
        return isinstance(value, str) and word[1:] in value
    return _WORDS[word](value) if word in _WORDS else value == wanted


def _is_moment(value: Any) -> bool:
    """What `new Date(…)` reads as the same moment everywhere."""
    return isinstance(value, str) and value.endswith("Z") and bool(datetime.fromisoformat(value.replace("Z", "+00:00")))


_WORDS: Mapping[str, Callable[[Any], bool]] = {
    "int": lambda value: type(value) is int,
    "number": lambda value: type(value) in (int, float),
    "text": lambda value: isinstance(value, str),
    "truth": lambda value: isinstance(value, bool) or value in (0, 1),
    "bool": lambda value: isinstance(value, bool),
    "moment": _is_moment,
    "day": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
    "role": lambda value: value in ("admin", "manager", "driver", "viewer"),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "array of 2 or more": lambda value: isinstance(value, list) and len(value) > 1,
    "anything": lambda _: True,
}
