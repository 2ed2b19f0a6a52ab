"""From the raw request to the arguments of a view: the only place where bad input becomes a 400."""

import inspect
import types
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import unquote

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, SchemaValidator

from chalicelib.kit.answer import Answer, Json
from chalicelib.kit.errors import BadRequest, EndpointNotFound, PayloadTooLarge, UnsupportedMedia
from chalicelib.kit.strictness import body_validator

LARGEST_ID = 2**63 - 1
MOST_PROBLEMS = 20


class Inputs:
    """What a view takes, read from its signature: path parameters, `query` and `body`; and what it gives back."""

    def __init__(self, view: Callable[..., Any]) -> None:
        hints = get_type_hints(view, include_extras=True)
        names = list(inspect.signature(view).parameters)[1:]
        self.query: type[BaseModel] | None = hints.get("query")
        self.body: Any = hints.get("body")
        self.answer: Any = _answered(hints["return"])
        self.path: dict[str, type] = {name: hints[name] for name in names if name not in ("query", "body")}
        self._adapters: dict[str, TypeAdapter[Any]] = {}
        self._body_validator: SchemaValidator | None = None

    def adapter(self, name: str) -> TypeAdapter[Any]:
        """The adapter of `body` or `answer`, made on first use: building one for every route would be dear."""
        if name not in self._adapters:
            self._adapters[name] = TypeAdapter(getattr(self, name))
        return self._adapters[name]

    def path_values(self, given: Mapping[str, str]) -> dict[str, Any]:
        """The path parameters; a value of the wrong kind means that there is no such path."""
        return {name: _path_value(kind, given[name]) for name, kind in self.path.items()}

    def query_value(self, given: Mapping[str, list[str]]) -> dict[str, Any]:
        """The query as its model. A parameter that is there but empty counts as absent."""
        if self.query is None:
            return {}
        present = {name: [v for v in values if v != ""] for name, values in given.items()}
        flat: dict[str, Any] = {}
        for name, values in present.items():
            if values:
                _refuse_nul("".join(values))
                flat[name] = values if _takes_many(self.query, name) else values[-1]
        try:
            return {"query": self.query.model_validate(flat)}
        except ValidationError as error:
            raise _bad_input(error, self.query) from error

    def body_value(self, raw: bytes, content_type: str, *, largest: int) -> dict[str, Any]:
        """The body as its model."""
        if self.body is None:
            return {}
        if len(raw) > largest:
            raise PayloadTooLarge(f"The body is larger than {largest // 1024} KiB.")
        if raw and content_type and "json" not in content_type.lower():
            raise UnsupportedMedia
        if b"\\u0000" in raw:
            raise BadRequest("Text must not contain NUL characters.")
        try:
            return {"body": self._validator_of_bodies().validate_json(raw or b"{}")}
        except ValidationError as error:
            raise _bad_input(error, self.body) from error

    def _validator_of_bodies(self) -> SchemaValidator:
        if self._body_validator is None:
            self._body_validator = body_validator(self.body)
        return self._body_validator


def _answered(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) in (Answer, Json) else hint


def _path_value(kind: type, text: str) -> Any:
    value = unquote(text)
    _refuse_nul(value)
    if kind is not int:
        return value
    if not value.isascii() or not value.isdigit() or int(value) > LARGEST_ID:
        raise EndpointNotFound
    return int(value)


def _refuse_nul(text: str) -> None:
    if "\0" in text:
        raise BadRequest("Text must not contain NUL characters.")


def _takes_many(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields.get(name)
    hint = field.annotation if field else None
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    options = get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    return any(get_origin(option) in (list, frozenset, tuple) for option in options)


def _bad_input(error: ValidationError, model: Any) -> BadRequest:
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    facts = [{"field": _field(problem), "problem": _problem(problem)} for problem in problems[:MOST_PROBLEMS]]
    return BadRequest(_sentence(problems[0], model), problems=facts)


def _sentence(problem: ErrorDetails, model: Any) -> str:
    sentences: Mapping[str, str] = getattr(model, "sentences", {})
    field = _field(problem)
    if problem["type"] == "json_invalid":
        return "The body is not valid JSON."
    if own := sentences.get(field) or sentences.get("*"):
        return own
    if problem["type"] == "missing":
        return f"{field} is required"
    return f"{field}: {_problem(problem)}" if field else _problem(problem)


def _field(problem: ErrorDetails) -> str:
    return ".".join(str(part) for part in problem["loc"] if not str(part).startswith("function-"))


def _problem(problem: ErrorDetails) -> str:
    return problem["msg"].removeprefix("Value error, ")
