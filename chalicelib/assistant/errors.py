"""What the knowledge base and the assistant refuse. The knowledge base's pages read `success` beside `error`."""

from collections.abc import Mapping
from typing import Any, ClassVar

from chalicelib.kit.errors import BadRequest, NotFound, Unavailable


class ArticleNotFound(NotFound):
    """404: no such article."""

    message = "Article not found"
    beside: ClassVar[Mapping[str, Any]] = {"success": False}  # Any: JSON


class QueryTooShort(BadRequest):
    """400: less than two characters to look for (BR-167)."""

    message = "Query must be at least 2 characters"
    beside: ClassVar[Mapping[str, Any]] = {"success": False}  # Any: JSON


class MessageTooLong(BadRequest):
    """400: a question that is longer than is taken (BR-170)."""

    message = "A message has at most 4000 characters."


class AssistantUnavailable(Unavailable):
    """503: neither our own data nor the articles answer this, and no model is configured or none answers (BR-169)."""

    code = "AI_UNAVAILABLE"
    message = (
        "The assistant's language model is not configured, and neither the fleet's data nor the knowledge base "
        "answers this question."
    )


class BrokenArticle(ValueError):
    """An article of ours that lacks what every article has (BR-168)."""
