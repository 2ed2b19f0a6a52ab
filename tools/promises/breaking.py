"""What breaks callers: what they read is gone or is more than they expect, what they send is no longer enough."""

from collections.abc import Iterator, Mapping
from typing import Any

Promise = Mapping[str, Any]  # Any: JSON


def broken(old: Mapping[str, Promise], new: Mapping[str, Promise]) -> list[str]:
    """What of the old promises the new ones do not keep, each in a sentence."""
    found = []
    for operation, promise in old.items():
        if operation not in new:
            found.append(f"{operation} is gone")
            continue
        found += [f"{operation}: {told}" for told in _of_operation(promise, new[operation])]
    return found


def _of_operation(old: Promise, new: Promise) -> Iterator[str]:
    if lost := set(old["roles"]) - set(new["roles"]):
        yield f"closed to {', '.join(sorted(lost))}"
    yield from _sent(old["parameters"], new["parameters"], "the parameter")
    yield from _sent(old["body"], new["body"], "the field")
    for status, answer in old["answers"].items():
        if status not in new["answers"]:
            yield f"no longer answers {status}"
        else:
            yield from _read(answer, new["answers"][status])


def _sent(old: Mapping[str, str], new: Mapping[str, str], what: str) -> Iterator[str]:
    """What is sent: everything that was taken still is, and nothing more is needed."""
    for name, kinds in new.items():
        if kinds.endswith("!") and not old.get(name, "").endswith("!"):
            yield f"{what} {name} is needed now"
    for name, kinds in old.items():
        if name not in new:
            yield f"{what} {name} is no longer taken"
        elif narrowed := _not_taken(_kinds(kinds), _kinds(new[name])):
            yield f"{what} {name} no longer takes {', '.join(sorted(narrowed))}"


def _read(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """What is read: everything that was there still is, and is nothing else."""
    for name, kinds in old.items():
        if name not in new:
            yield f"the answer has no {name} any more"
        elif kinds.endswith("!") and not new[name].endswith("!"):
            yield f"the answer does not always have {name} any more"
        elif more := _unexpected(_kinds(kinds), _kinds(new[name])):
            yield f"{name} in the answer may be {', '.join(sorted(more))} now"


def _kinds(text: str) -> set[str]:
    return set(text.removesuffix("!").split("|"))


def _not_taken(old: set[str], new: set[str]) -> set[str]:
    return set() if "any" in new else old - new - {"any"}


def _unexpected(old: set[str], new: set[str]) -> set[str]:
    """What a caller cannot be ready for; a further word in a list of words is what all are told to be ready for."""
    more = new - old
    is_list_of_words = all(one.startswith("'") for one in old | more)
    return set() if "any" in old or is_list_of_words else more
