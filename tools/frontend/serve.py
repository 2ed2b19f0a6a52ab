"""A frontend's files and the API on one origin, as in the cloud: for trying things, and for the browser tests."""

import http.client
import mimetypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

SERVED = frozenset(
    {".css", ".gif", ".html", ".ico", ".jpg", ".js", ".json", ".mjs", ".png", ".svg", ".txt", ".webp", ".woff2"}
)
"""What a frontend consists of; nothing else in its folder is given out."""

_OF_ONE_CONNECTION = frozenset({"connection", "keep-alive", "transfer-encoding", "date", "server"})


def file_of(folders: Sequence[Path], path: str) -> Path | None:
    """The file that a path names: of the first folder that has it, an index where it names a folder."""
    wanted = unquote(urlsplit(path).path).lstrip("/")
    for folder in folders:
        root = folder.resolve()
        file = (root / wanted).resolve()
        if file.is_dir():
            file = file / "index.html"
        is_hidden = any(part.startswith(".") for part in Path(wanted).parts)
        if file.is_relative_to(root) and file.is_file() and file.suffix in SERVED and not is_hidden:
            return file
    return None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folders: Sequence[Path]
    api: str

    def answer(self) -> None:
        if self.path.startswith("/api/"):
            self._forward()
        elif (file := file_of(self.folders, self.path)) and self.command == "GET":
            self._give(200, mimetypes.guess_type(file.name)[0] or "text/javascript", file.read_bytes())
        else:
            self._give(404, "text/plain", b"Not found")

    do_GET = do_POST = do_PUT = do_DELETE = do_OPTIONS = answer  # noqa: N815 - the names that the library looks for

    def _give(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.wfile.write(content)

    def _forward(self) -> None:
        """Pass a call on, with the host that the browser named, by which the API knows its own pages."""
        to = http.client.HTTPConnection(self.api, timeout=120)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _OF_ONE_CONNECTION}
        try:
            to.request(self.command, self.path, body or None, headers)
            answer = to.getresponse()
            content = answer.read()
        except OSError as reason:
            self._give(502, "text/plain", f"The API does not answer: {reason}".encode())
            return
        finally:
            to.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_ONE_CONNECTION | {"content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of each request."""


def _server(folders: Sequence[Path], api: str, port: int) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"folders": folders, "api": urlsplit(api).netloc})
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


@contextmanager
def serving(folders: Sequence[Path], api: str, port: int = 0) -> Iterator[int]:
    """Serve during the block; the port."""
    server = _server(folders, api, port)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def run(folders: Sequence[Path], api: str, port: int) -> None:
    """Serve until Ctrl-C."""
    with _server(folders, api, port) as server:
        print(f"The frontend in {folders[0]} is at http://localhost:{port}, the API behind it at {api}.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
