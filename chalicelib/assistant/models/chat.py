"""Questions and answers."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from chalicelib.kit.models import Model
from chalicelib.kit.values import value

LONGEST_MESSAGE = 4000

AnsweredBy = Literal["fleet", "articles", "model", "fallback"]


class Question(Model):
    """What somebody asks. The context that the page sends along is not looked at: the numbers are our own (BR-170)."""

    sentences: ClassVar[Mapping[str, str]] = {
        "message": "Message is required",
    }

    message: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Source(Model):
    """An article that the answer is taken from, or that says more."""

    id: str
    title: str


class Reply(Model):
    """The answer, where it comes from, and what to read."""

    response: str
    answered_by: AnsweredBy
    articles: Sequence[Source]


@value
class Use:
    """One use of the assistant, for the record; the question itself is not kept."""

    answered_by: AnsweredBy | Literal["nobody"]
    model: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None


@value
class Completion:
    """What a model said, and what it cost."""

    text: str
    input_tokens: int
    output_tokens: int
