"""Names that the target wants unique where the file repeats them."""

from collections.abc import Callable, Container


def distinct(name: str, taken: Container[str], limit: int, suffix: Callable[[int], str]) -> str:
    """The name, or the first of its numbered variants that is not taken, ignoring case."""
    candidate, number = name, 1
    while candidate.lower() in taken:
        number += 1
        ending = suffix(number)
        candidate = name[: limit - len(ending)] + ending
    return candidate


def numbered(number: int) -> str:
    return f" ({number})"


def hyphened(number: int) -> str:
    return f"-{number}"
