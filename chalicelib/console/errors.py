"""What the console refuses."""

from chalicelib.kit.errors import BadRequest


class OnlySelect(BadRequest):
    """400: the statement is not a SELECT."""

    message = "Only SELECT queries are allowed"


class QueryRejected(BadRequest):
    """400: the database does not run the statement; the text is its own."""

    code = "QUERY_REJECTED"
    message = "The query cannot be run."


class AnswerTooLarge(BadRequest):
    """400: the rows are more than a page can show."""

    message = "The answer is larger than 4 MB: select fewer columns or rows."
