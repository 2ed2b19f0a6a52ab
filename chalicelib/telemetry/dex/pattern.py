"""From selection numbers to rows and columns (dex.md §6.2): deterministic, and only ever a proposal."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from chalicelib.telemetry.dex.models import Pattern

MIN_COVER: Final = 0.8
_LINEAR_MAX: Final = 60
_ALPHA: Final = re.compile(r"([A-Z]{1,2})([0-9]{1,2})")
_HUNDREDS: Final = re.compile(r"([0-9])([0-9]{2})")
_TENS: Final = re.compile(r"([0-9])([0-9])")
_LINEAR: Final = re.compile(r"0*([0-9]{1,2})")

UNKNOWN: Final = Pattern("unknown", 0.0, 0, 0)


class Cell(NamedTuple):
    """Where a selection sits. `width` is the distance to the next label of its row, None for the last one."""

    row_label: str
    col_label: str
    row_no: int
    col_no: int
    width: int | None


_Labels = dict[str, tuple[str, str]]


def detect(selections: list[str]) -> tuple[Pattern, dict[str, Cell]]:
    """The first pattern that fits every selection, else the best one that fits four fifths, else unknown."""
    if not selections:
        return UNKNOWN, {}
    candidates = [(name, labels(selections)) for name, labels in _DETECTORS]
    name, best = max(candidates, key=lambda candidate: len(candidate[1]))
    cover = len(best) / len(selections)
    if cover < MIN_COVER:
        return UNKNOWN, {}
    rows = _rows(best)
    cells = _cells(rows)
    confidence = cover * (1.0 if _are_consecutive(list(rows)) else 0.9) * (1.0 if _are_even(rows) else 0.9)
    cols = max(int(row[-1][1]) for row in rows.values()) if name == "linear" else max(map(len, rows.values()))
    return Pattern(name, round(confidence, 3), len(rows), cols), cells


def _matching(pattern: re.Pattern[str]) -> Callable[[list[str]], _Labels]:
    def labels(selections: list[str]) -> _Labels:
        return {text: (match[1], match[2]) for text in selections if (match := pattern.fullmatch(text))}

    return labels


def _tens(selections: list[str]) -> _Labels:
    labels = _matching(_TENS)(selections)
    return labels if len({row for row, _ in labels.values()}) >= 2 else {}


def _linear(selections: list[str]) -> _Labels:
    """Stack and column machines: one row, the number is the column."""
    numbers = {text: match[1] for text in selections if (match := _LINEAR.fullmatch(text))}
    return {text: ("1", number) for text, number in numbers.items() if int(number) <= _LINEAR_MAX}


_DETECTORS: Final[tuple[tuple[str, Callable[[list[str]], _Labels]], ...]] = (
    ("alpha", _matching(_ALPHA)),
    ("hundreds", _matching(_HUNDREDS)),
    ("tens", _tens),
    ("linear", _linear),
)


def _ordinal(row_label: str) -> int:
    """A place for a row label: its number, or its letters counted like the columns of a spreadsheet."""
    if row_label.isdigit():
        return int(row_label)
    place = 0
    for letter in row_label:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def _rows(labels: _Labels) -> dict[str, list[tuple[str, str]]]:
    """Row label to (selection, column label), rows and columns in order."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for selection, (row, col) in sorted(labels.items(), key=lambda item: (_ordinal(item[1][0]), int(item[1][1]))):
        rows.setdefault(row, []).append((selection, col))
    return rows


def _cells(rows: dict[str, list[tuple[str, str]]]) -> dict[str, Cell]:
    cells = {}
    for row_no, (row, columns) in enumerate(rows.items(), start=1):
        following = [int(col) for _, col in columns[1:]]
        for at, (selection, col) in enumerate(columns):
            width = following[at] - int(col) if at < len(following) else None
            cells[selection] = Cell(row, col, row_no, at + 1, width)
    return cells


def _are_consecutive(row_labels: list[str]) -> bool:
    places = [_ordinal(label) for label in row_labels]
    return all(after - before == 1 for before, after in pairwise(places))


def _are_even(rows: dict[str, list[tuple[str, str]]]) -> bool:
    for columns in rows.values():
        places = [int(col) for _, col in columns]
        if len({after - before for before, after in pairwise(places)}) > 1:
            return False
    return True
