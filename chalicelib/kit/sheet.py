"""Lists and reports as CSV: `?format=csv` on what declares a `Sheet`."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Any, BinaryIO, Protocol, get_args, get_origin

from pydantic import BaseModel

from chalicelib.kit.errors import TooManyRows
from chalicelib.kit.values import value

MEDIA = "text/csv; charset=utf-8"
MOST_ROWS = 10_000
MOST_BYTES = 5 * 1024 * 1024
"""What an answer of a Lambda holds (6 MB) with room for what goes around it."""

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets calculate, also in full width."""

Row = Mapping[str, Any]  # Any: a value of JSON


class Store(Protocol):
    """A function that keeps a file under a name for a while, and gives the address to fetch it from."""

    __module__: str
    __name__: str

    def __call__(self, file: BinaryIO, name: str) -> str: ...


@value
class Sheet:
    """Where the rows of an answer are, and how many of them one file may hold.

    `rows` is the field that holds them, or its way there, as `data.sessions`; empty where it is the answer itself. An
    object is one row. Of several fields, as `routes drivers`, a first column `part` tells which a row is from. With
    `key`, the rows are an object's values, and their names fill a first column of that name. A file that is larger than
    an answer may be is kept by `store`, and the answer leads there; without one it is refused.
    """

    rows: str = ""
    key: str = ""
    most: int = MOST_ROWS
    store: Store | None = None

    def rows_of(self, answer: Any) -> list[Row]:  # Any: an answer as JSON has it
        """The rows of an answer; an array of texts makes rows of one `value`."""
        parts = self.rows.split()
        if len(parts) > 1:
            return [{"part": part, **row} for part in parts for row in answer[part]]
        found = answer
        for name in filter(None, self.rows.split(".")):
            found = found[name]
        if self.key:
            return [{self.key: name, **row} for name, row in found.items()]
        rows = found if isinstance(found, list) else [found]
        return [row if isinstance(row, dict) else {"value": row} for row in rows]

    def columns(self, hint: Any) -> list[str]:  # Any: a type, as an annotation has it
        """The columns of the rows of answers of a type, or none where only the rows themselves can tell."""
        if " " in self.rows or get_origin(hint) is UnionType:
            return []
        for name in filter(None, self.rows.split(".")):
            hint = _field(hint, name)
        model = hint if _is_model(hint) else next((one for one in get_args(hint)[::-1] if _is_model(one)), None)
        names = [] if model is None else _names(model)
        return [self.key, *names] if self.key and names else names


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def _field(hint: Any, name: str) -> Any:
    """The type of a field of a model, by its name on the wire."""
    options = get_args(hint) if get_origin(hint) is not None else (hint,)
    for model in filter(_is_model, options):
        for key, known in model.model_fields.items():
            if name in (key, known.serialization_alias, known.alias):
                return known.annotation
    return None


def _names(model: type[BaseModel]) -> list[str]:
    own = [known.serialization_alias or known.alias or name for name, known in model.model_fields.items()]
    return [*own, *(known.alias or name for name, known in model.model_computed_fields.items())]


class Writer:
    """A file in the making. Its columns are given, or those of its first rows; `count` tells how many rows it has.

    What is more than an answer holds lies on this machine's disk, not in memory; unless it `may_be_large`, it is
    refused.
    """

    def __init__(self, columns: Sequence[str] = (), *, may_be_large: bool = False) -> None:
        self.columns = list(columns)
        self.count = 0
        self.may_be_large = may_be_large
        # Closed by whoever drops it: what is in memory is freed, what is on disk has no name there.
        self._file = tempfile.SpooledTemporaryFile(max_size=MOST_BYTES)  # noqa: SIM115
        self._text = io.TextIOWrapper(self._file, "utf-8", newline="", write_through=True)

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows; the first ones bring the names above them. Raises `TooManyRows`."""
        sheet = csv.writer(self._text)
        if not self.count:
            self.columns = self.columns or list(dict.fromkeys(name for row in rows for name in row))
            sheet.writerow(self.columns)
        sheet.writerows(_cells(row.get(name) for name in self.columns) for row in rows)
        self.count += len(rows)
        if self.is_large and not self.may_be_large:
            raise TooManyRows(most_bytes=MOST_BYTES)

    @property
    def size(self) -> int:
        """How many bytes it has."""
        self._text.flush()
        return self._file.tell()

    @property
    def is_large(self) -> bool:
        """Whether it is more than an answer holds."""
        return self.size > MOST_BYTES

    @property
    def file(self) -> BinaryIO:
        """The file from its beginning; without rows it has the names alone. Nothing is written afterwards."""
        if not self.count and not self.size:
            self.add([])
        self._text.flush()
        self._file.seek(0)
        return self._file  # type: ignore[return-value] # a file in all but name

    @property
    def text(self) -> str:
        """The whole file."""
        return self.file.read().decode()


def _cells(values: Iterable[Any]) -> list[Any]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> Any:
    """One cell: a text that a spreadsheet would calculate gets an apostrophe before it; what is nested stays JSON."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return _harmless(_listed(value))
    return _harmless(value) if isinstance(value, str) else value


def _listed(values: Sequence[Any]) -> str:
    if any(isinstance(value, dict | list) for value in values):
        return json.dumps(values, ensure_ascii=False)
    return "; ".join(str(value) for value in values)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
