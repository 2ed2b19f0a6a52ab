"""Making models of what does not come as a request's whole body: a form's fields, one action of a queue."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from chalicelib.kit.errors import BadRequest
from chalicelib.kit.models import Model

M = TypeVar("M", bound=Model)


def fitted(model: type[M], given: object) -> M:
    """`given` as a `model`, or a refusal that names the first field that does not fit."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise BadRequest(_sentence(model.sentences, field, problem), field=field or None) from error


def _sentence(sentences: Mapping[str, str], field: str, problem: Mapping[str, Any]) -> str:  # Any: pydantic's details
    if field in sentences:
        return sentences[field]
    if problem["type"] == "missing":
        return f"{field} is required"
    said = str(problem["msg"]).removeprefix("Value error, ")
    return f"{field}: {said}" if field else said
