"""What a request says to the database, and the same said again without the application around it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self
from unittest import mock

import psycopg


@dataclass(frozen=True)
class Said:
    """A statement with its values."""

    query: Any  # Any: psycopg's own kinds of statements
    params: Any


class Recorder:
    """Records the statements of all connections that are opened while it is entered."""

    def __init__(self) -> None:
        self.said: list[Said] = []
        self.seconds = 0.0
        self._patch: Any = None

    def __enter__(self) -> Self:
        self._patch = mock.patch.object(psycopg, "connect", self._connecting(psycopg.connect))
        self._patch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.stop()

    def forget(self) -> None:
        """Begin anew, for the next request."""
        self.said.clear()
        self.seconds = 0.0

    def _connecting(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        recorder = self

        class Cursor(psycopg.Cursor[Any]):
            def execute(self, query: Any, params: Any = None, **given: Any) -> Self:
                started = time.perf_counter()
                try:
                    return super().execute(query, params, **given)
                finally:
                    recorder.seconds += time.perf_counter() - started
                    recorder.said.append(Said(query, params))

        return lambda *args, **given: connect(*args, **given, cursor_factory=Cursor)


def repeat(connection: psycopg.Connection[Any], said: Sequence[Said]) -> float:
    """Say the same again and fetch all rows; the seconds that it took."""
    started = time.perf_counter()
    for one in said:
        cursor = connection.execute(one.query, one.params)
        if cursor.description is not None:
            cursor.fetchall()
    return time.perf_counter() - started
