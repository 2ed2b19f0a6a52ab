"""Files of rows, read and written: CSV with a header, JSON lines, and a zip of such files for a whole fleet."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Literal, get_args

from pydantic import ValidationError
from pydantic_core import SchemaValidator

from chalicelib.exchange.errors import FileUnreadable
from chalicelib.exchange.models.rows import ROWS, Entity, Row
from chalicelib.kit.strictness import body_validator
from chalicelib.kit.values import value

Format = Literal["csv", "jsonl", "zip"]
MANIFEST = "manifest.json"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 10_000
MOST_BYTES = 256 * 1024 * 1024
"""What a zip may hold once it is unpacked; more is taken for a bomb."""


@value
class Given:
    """A row of a file by its number, counted from 1: its facts, or what is wrong with it."""

    number: int
    row: Row | None
    problem: str | None = None
    field: str | None = None


@value
class Part:
    """The rows of one entity in a file."""

    entity: Entity
    rows: Sequence[Given]


def parts(entity: Entity | Literal["fleet"], form: Format, content: bytes) -> list[Part]:
    """The parts of a file, in the order in which they have to come in. Raises `FileUnreadable`, saying why."""
    if entity != "fleet":
        return [Part(entity, list(_rows(entity, form, content)))]
    return [Part(name, list(_rows(name, form, text))) for name, form, text in _unpacked(content)]


def _unpacked(content: bytes) -> Iterator[tuple[Entity, Format, bytes]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    except zipfile.BadZipFile as error:
        raise FileUnreadable("The file is not a zip.") from error
    if sum(sizes.values()) > MOST_BYTES:
        raise FileUnreadable("The zip holds more than 256 MiB: bring its files in one by one.")
    known = {f"{name}.{form}": (name, form) for name in ROWS for form in ("csv", "jsonl")}
    if unknown := sorted(sizes.keys() - known.keys() - {MANIFEST}):
        raise FileUnreadable(f"The zip holds a file that is not known: {unknown[0]}.")
    for filename, (name, form) in known.items():
        if filename in sizes:
            yield name, "csv" if form == "csv" else "jsonl", _member(archive, filename)


def _member(archive: zipfile.ZipFile, filename: str) -> bytes:
    try:
        return archive.read(filename)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise FileUnreadable(f"The zip cannot be unpacked: {filename}.") from error


def _rows(entity: Entity, form: Format, content: bytes) -> Iterator[Given]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileUnreadable("The file is not UTF-8 text.") from error
    raw = _of_csv(entity, text) if form == "csv" else _of_lines(text)
    seen: dict[tuple[object, ...], int] = {}
    for number, facts in enumerate(raw, start=1):
        given = _given(ROWS[entity], number, facts)
        if given.row is not None and (first := seen.setdefault(given.row.key, number)) != number:
            given = Given(number, None, f"row {first} is about the same", given.row.named_by[0])
        yield given


def _of_csv(entity: Entity, text: str) -> Iterator[Mapping[str, Any] | str]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
    try:
        _check_header(entity, [name.strip() for name in reader.fieldnames or ()])
        for cells in reader:
            yield _cells(cells)
    except csv.Error as error:
        raise FileUnreadable(f"The file is not CSV: line {reader.line_num}: {error}.") from error


def _check_header(entity: Entity, header: Sequence[str]) -> None:
    fields = ROWS[entity].model_fields
    if unknown := [name for name in header if name not in fields]:
        raise FileUnreadable(f"There is no column {unknown[0]!r}; the columns are {', '.join(fields)}.")
    if len(set(header)) != len(header):
        raise FileUnreadable("A column is there twice.")
    needed = [name for name, field in fields.items() if field.is_required()]
    if missing := [name for name in needed if name not in header]:
        raise FileUnreadable(f"The column {missing[0]!r} is missing.")


def _cells(cells: Mapping[str, Any]) -> Mapping[str, Any] | str:
    if "" in cells:
        return "more cells than columns"
    return {name.strip(): _cell(value) for name, value in cells.items() if value not in ("", None)}


def _cell(value: str) -> str:
    """A cell as it was meant: the quote that keeps a spreadsheet from calculating is taken off."""
    return value[1:] if value[:1] == "'" and value[1:2] in FORMULA else value


def _of_lines(text: str) -> Iterator[Mapping[str, Any] | str]:
    for line in text.split("\n"):
        if not line.strip():
            continue
        try:
            facts = json.loads(line)
        except (ValueError, RecursionError):
            yield "the line is not JSON"
            continue
        yield facts if isinstance(facts, dict) else "the line is not an object"


def _given(kind: type[Row], number: int, facts: Mapping[str, Any] | str) -> Given:
    if isinstance(facts, str):
        return Given(number, None, facts)
    if unknown := [name for name in facts if name not in kind.model_fields]:
        return Given(number, None, f"there is no field {unknown[0]!r}", unknown[0][:80])
    if any(isinstance(value, str) and "\0" in value for value in facts.values()):
        return Given(number, None, "a text holds a NUL character")
    try:
        said = {name: value for name, value in facts.items() if value is not None}
        return Given(number, _validator(kind).validate_python(said))
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in problem["loc"]) or None
        return Given(number, None, problem["msg"].removeprefix("Value error, "), field)


@cache
def _validator(kind: type[Row]) -> SchemaValidator:
    return body_validator(kind)


def as_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Rows as JSON lines, always in the same bytes."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_csv(entity: Entity, rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Rows as CSV with a header; no cell begins as a formula would."""
    fields = list(ROWS[entity].model_fields)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(fields)
    for row in rows:
        writer.writerow([_written(row.get(name)) for name in fields])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(str(part) for part in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def sha256(content: bytes) -> str:
    """The checksum of a file, in hex."""
    return hashlib.sha256(content).hexdigest()


ENTITIES: tuple[Entity, ...] = get_args(Entity)
