"""Running an admin's own statement."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from chalicelib.console.errors import AnswerTooLarge, OnlySelect, QueryRejected
from chalicelib.console.events import QueryRun
from chalicelib.console.models import Query, QueryAnswer
from chalicelib.kit import rate_limit, reporting
from chalicelib.kit.call import Call
from chalicelib.kit.events import Outcome
from chalicelib.kit.reporting import Rejected, Table

MOST_ROWS = 1000
LARGEST_ANSWER = 4 * 1024 * 1024
PER_MINUTE = 30
LONGEST_NOTED = 2000


def ask(call: Call, query: Query) -> QueryAnswer:
    """Run a SELECT by the reporting role; it is in the audit trail whether it runs or not."""
    statement = query.statement
    if not statement.lower().startswith(("select", "with", "values", "table")):
        raise OnlySelect
    with call.transaction() as db:
        rate_limit.spend(db, "query", str(call.principal.user_id), PER_MINUTE, 60, call.now)
    try:
        table = reporting.run(statement, most=MOST_ROWS)
    except Rejected as problem:
        _note(call, statement, 0, str(problem))
        raise QueryRejected(str(problem)) from problem
    _note(call, statement, len(table.rows), None)
    return _answer(table)


def _note(call: Call, statement: str, rows: int, problem: str | None) -> None:
    with call.transaction():
        outcome: Outcome = "failed" if problem else "success"
        call.record(QueryRun(statement=statement[:LONGEST_NOTED], rows=rows, problem=problem, outcome=outcome))


def _answer(table: Table) -> QueryAnswer:
    rows = [dict(zip(table.columns, map(_shown, row), strict=True)) for row in table.rows]
    if _size(table.rows) > LARGEST_ANSWER:
        raise AnswerTooLarge
    return QueryAnswer(columns=table.columns, rows=rows, count=len(rows), truncated=table.is_cut)


def _size(rows: Sequence[Sequence[Any]]) -> int:  # Any: values of any type
    return sum(len(str(value)) for row in rows for value in row)


def _shown(value: Any) -> Any:  # Any: values of any type
    """A value as JSON shows it: numbers as numbers, times as texts, anything unknown as its text."""
    match value:
        case None | bool() | int() | float() | str() | list() | dict():
            return value
        case Decimal():
            return float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
    return str(value)
