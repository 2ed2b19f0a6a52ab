"""How PostgreSQL writes a model as the wire has it, read from the model itself, so that the two cannot drift apart."""

from collections.abc import Iterator
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, PlainSerializer

from chalicelib.kit import models

_FORMS = {
    models.Instant: """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
    models.Money: "{0}::float8 / 100",
    models.Flag: "{0}::integer",
}
_BY_SERIALIZER = {get_args(kind)[1].func: form for kind, form in _FORMS.items()} | {float: "{0}::float8"}


@lru_cache(maxsize=64)
def columns(model: type[BaseModel], source: str) -> str:
    """The columns of a selection that makes `model` of a row: its fields by their names and in their forms on the wire.

    The row has a column for each field, of the field's own name; a nested model is a column of JSON as the wire has it.
    Raises `TypeError` for a model whose form on the wire only Python knows.
    """
    if model.model_computed_fields:
        raise TypeError(f"{model.__name__} has computed fields, which PostgreSQL cannot write.")
    return ", ".join(
        f'{_form(known.annotation, known.metadata).format(f"{source}.{name}")} AS "{known.serialization_alias or name}"'
        for name, known in model.model_fields.items()
    )


def rows(model: type[BaseModel], selection: str) -> str:
    """An expression: the rows of a selection as one JSON array of `model`, in the selection's order."""
    return f"(SELECT coalesce(json_agg(shown), '[]') FROM ({_wire(model, selection)}) shown)"  # noqa: S608 - SQL


def row(model: type[BaseModel], selection: str) -> str:
    """An expression: the one row of a selection as a JSON object."""
    return f"(SELECT row_to_json(shown) FROM ({_wire(model, selection)}) shown)"  # noqa: S608 - SQL


def _wire(model: type[BaseModel], selection: str) -> str:
    return f"SELECT {columns(model, 'one')} FROM ({selection}) one"  # noqa: S608 - SQL


def _form(hint: Any, metadata: list[Any]) -> str:  # Any: a type, and what it is annotated with
    for part in (*metadata, *_parts(hint)):
        if isinstance(part, PlainSerializer):
            if part.func not in _BY_SERIALIZER:
                raise TypeError(f"PostgreSQL does not know the form on the wire that {part.func} makes.")
            return _BY_SERIALIZER[part.func]
    return "{0}"


def _parts(hint: Any) -> Iterator[Any]:  # Any: a type
    """What a type is made of, as `Instant | None` of a serializer; not what a list of models is made of."""
    yield hint
    if get_origin(hint) in (Annotated, Union, UnionType):
        for part in get_args(hint):
            yield from _parts(part)
