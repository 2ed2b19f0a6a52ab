"""The application as WSGI, so that a client for WSGI applications can ask it as anybody."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from tests.support.client import Client

Environ = dict[str, Any]  # Any: as WSGI has it
Start = Callable[[str, list[tuple[str, str]]], object]


class Gateway:
    """Hands WSGI requests to the in-process gateway."""

    def __init__(self) -> None:
        self.client: Client | None = None

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request."""
        assert self.client is not None
        path = quote(environ["PATH_INFO"].encode("latin-1"), safe="/")
        if environ.get("QUERY_STRING"):
            path += "?" + environ["QUERY_STRING"]
        length = int(environ.get("CONTENT_LENGTH") or 0)
        answer = self.client.request(
            environ["REQUEST_METHOD"], path, body=environ["wsgi.input"].read(length), headers=_headers(environ)
        )
        headers = [(name, value) for name, value in answer.headers.items() if name != "content-encoding"]
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [answer.body]


def _headers(environ: Environ) -> dict[str, str]:
    named = {name[5:].replace("_", "-"): value for name, value in environ.items() if name.startswith("HTTP_")}
    if environ.get("CONTENT_TYPE"):
        named["content-type"] = environ["CONTENT_TYPE"]
    return named
