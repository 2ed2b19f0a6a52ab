"""What JSON keeps apart stays apart, however deep it lies in a body."""

from typing import Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from chalicelib.kit.models import Model
from chalicelib.kit.strictness import body_validator


class Inner(Model):
    """A model that lies in another; a field may be called as a kind of schema is."""

    type: int = 0
    share: float = 0
    is_open: bool = False


class Outer(Model):
    """A body."""

    count: int | None = None
    inner: list[Inner] = Field(default_factory=list)
    by_name: dict[str, Inner] = Field(default_factory=dict)


@pytest.fixture(autouse=True)
def _inner_was_used_before() -> None:
    TypeAdapter(Inner).validate_python({})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"count": false}', ("count",)),
        ('{"inner": [{}, {"type": true}]}', ("inner", 1, "type")),
        ('{"by_name": {"a": {"share": true}}}', ("by_name", "a", "share")),
    ],
)
def test_a_truth_is_no_number(body: str, field: tuple[str | int, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        body_validator(Outer).validate_json(body)

    assert [(problem["loc"], problem["msg"]) for problem in refused.value.errors()] == [
        (field, "Value error, Give a number.")
    ]


def test_numbers_as_texts_and_truths_as_numbers_are_taken_as_forms_send_them() -> None:
    taken: Any = body_validator(Outer).validate_json('{"count": "7", "inner": [{"share": "0.5", "is_open": 1}]}')

    assert taken == Outer(count=7, inner=[Inner(share=0.5, is_open=True)])
