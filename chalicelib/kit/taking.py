"""The course of a list that is taken away as a file: every page of it, as of one moment, then logged (BR-154)."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, TypeAdapter

from chalicelib.kit import exports, paging
from chalicelib.kit.answer import Answer, Json, Raw
from chalicelib.kit.call import Call
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.errors import BadRequest, TooManyRows
from chalicelib.kit.sheet import MEDIA, Sheet, Writer
from chalicelib.kit.writing import JSON

FORMATS = ("json", "csv")


def is_asked(declaration: Declaration, given: Mapping[str, list[str]]) -> bool:
    """Whether a request asks for its answer as a file. Raises `BadRequest` for a format that there is not."""
    if declaration.sheet is None:
        return False
    asked = next((value for value in given.get("format", [])[::-1] if value), "json")
    if asked not in FORMATS:
        raise BadRequest("format: json or csv", field="format")
    return asked == "csv"


def taken(declaration: Declaration, call: Call, arguments: Mapping[str, Any]) -> Answer[Raw]:
    """The answer of a view as a file, or the way to one that is larger than an answer may be.

    Raises `RateLimited`, `TooManyRows`, and what the view raises.
    """
    assert declaration.sheet is not None  # noqa: S101 - narrows the type: only a sheet is asked for as a file
    call.takes_file = True
    query = arguments.get("query")
    headers: dict[str, str] = {}

    def view(one: BaseModel | None) -> Any:  # Any: whatever the view answers
        answer = _view(declaration, call, arguments, one)
        headers.update(answer.headers)
        return answer.content

    with _moment(declaration, call):
        writer = _written(declaration, declaration.sheet, view, query)
    name = f"{declaration.path.rsplit('/', 1)[-1].strip('{}')}_{call.now:%Y%m%d_%H%M%S}.csv"
    size, is_large = writer.size, writer.is_large
    answer = _led_to(declaration.sheet, writer, name) if is_large else _held(writer, name)
    asked = {} if query is None else query.model_dump(mode="json", by_alias=True, exclude_unset=True)
    with call.transaction() as db:
        exports.log(call, db, endpoint=call.path, kind="csv", rows=writer.count, size=size, params=asked)
        call.record(exports.Exported(resource_id=call.path, rows=writer.count, params=asked))
    return replace(answer, headers={**headers, **answer.headers})


def _held(writer: Writer, name: str) -> Answer[Raw]:
    return Answer(Raw(writer.text, MEDIA), headers={"Content-Disposition": f"attachment; filename={name}"})


def _led_to(sheet: Sheet, writer: Writer, name: str) -> Answer[Raw]:
    """The file is larger than an answer may be: it lies elsewhere, and the answer leads there."""
    assert sheet.store is not None  # noqa: S101 - narrows the type: the writer would have refused
    url = sheet.store(writer.file, name)
    told = json.dumps({"url": url, "filename": name, "rows": writer.count, "bytes": writer.size})
    return Answer(Raw(told, JSON), status=303, headers={"Location": url})


def _moment(declaration: Declaration, call: Call) -> AbstractContextManager[object]:
    return nullcontext() if declaration.own_transactions else call.transaction(read_only=True, one_moment=True)


def _view(
    declaration: Declaration,
    call: Call,
    arguments: Mapping[str, Any],
    query: BaseModel | None,
) -> Answer[Any]:  # Any: whatever the view answers
    given = declaration.view(call, **{**arguments, **({} if query is None else {"query": query})})
    return given if isinstance(given, Answer) else Answer(given)


def _written(
    declaration: Declaration, sheet: Sheet, view: Callable[[BaseModel | None], Any], asked: BaseModel | None
) -> Writer:
    """All pages, or the one that was asked for by its number."""
    adapter = declaration.inputs.adapter("answer")
    writer = Writer(sheet.columns(declaration.inputs.answer), may_be_large=sheet.store is not None)
    one_page = asked is not None and "page" in asked.model_fields_set
    query = asked if one_page else paging.widest(asked)
    shown: int | None = None
    while True:
        content = view(query)
        rows = sheet.rows_of(_as_json(adapter, content))
        if writer.count + len(rows) > sheet.most:
            raise TooManyRows(most_rows=sheet.most)
        writer.add(rows)
        query = None if one_page or not rows or len(rows) < (shown or 0) else paging.following(query, content)
        if query is None:
            return writer
        shown = len(rows)


def _as_json(adapter: TypeAdapter[Any], content: object) -> Any:  # Any: an answer as JSON has it
    if isinstance(content, Json):
        return json.loads(content.text)
    return adapter.dump_python(content, mode="json", by_alias=True)
