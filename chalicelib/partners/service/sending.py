"""One delivery over the wire: to an address that was just checked, without redirects, for 15 seconds at most."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from chalicelib.kit import clock
from chalicelib.kit.settings import settings
from chalicelib.partners.rules.retries import Attempt
from chalicelib.partners.rules.targets import Target, TargetRefused, refuse_address, target_of

ANSWER_KEPT = 1000
"""Characters of an answer that the log keeps."""

Wire = HTTPConnection | HTTPSConnection


def may_reach_loopback() -> bool:
    """Whether this machine itself may be a target: on a laptop and in tests, where it is switched on."""
    return settings().is_local and settings().webhooks_to_loopback


def checked_target(url: str) -> Target:
    """The target of a URL, by its form alone. Raises `TargetRefused`."""
    return target_of(url, loopback=may_reach_loopback())


def checked_address(target: Target) -> str:
    """An address of the host, looked up once; every address that it has must be public. Raises `TargetRefused`."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TargetRefused("The host has no address.") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        refuse_address(address, loopback=may_reach_loopback())
    if not addresses:
        raise TargetRefused("The host has no address.")
    return addresses[0]


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Attempt:
    """Deliver once; never raises. The host is looked up anew, and the connection goes to the checked address only."""
    at, started = clock.now(), time.monotonic()
    limit = settings().webhooks_timeout_seconds
    deadline = started + limit

    def outcome(status: int | None, answer: str | None, problem: str | None, retry_after: str | None = None) -> Attempt:
        milliseconds = round((time.monotonic() - started) * 1000)
        return Attempt(at, milliseconds, status, answer, problem, retry_after)

    try:
        target = checked_target(url)
        wire = _wire(target, checked_address(target), seconds=max(deadline - time.monotonic(), 0.1))
        with _ended_in_time(wire, deadline):
            wire.request(
                "POST", target.path, body=body, headers={**headers, "Host": target.authority}, preload_content=False
            )
            answer = wire.getresponse()
            told = _beginning(answer, deadline=deadline)
    except TargetRefused as refusal:
        return outcome(None, None, f"refused: {refusal}")
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        late = time.monotonic() >= deadline
        return outcome(None, None, f"timed out after {limit:g} seconds" if late else _named(error))
    return outcome(answer.status, told, None, answer.headers.get("Retry-After"))


def _wire(target: Target, address: str, *, seconds: float) -> Wire:
    """A connection that goes to the address and expects the certificate of the name."""
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=seconds)
    return HTTPSConnection(
        address,
        target.port,
        timeout=seconds,
        ssl_context=_trust(),
        server_hostname=target.host,
        assert_hostname=target.host,
    )


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextmanager
def _ended_in_time(wire: Wire, deadline: float) -> Iterator[None]:
    """End the connection at the deadline even when its other side sends a byte now and then, and at the end anyway."""
    watch = threading.Timer(max(deadline - time.monotonic(), 0.0), _cut, [wire])
    watch.daemon = True
    try:
        watch.start()
        wire.connect()
        yield
    finally:
        watch.cancel()
        wire.close()


def _cut(wire: Wire) -> None:
    if wire.sock is not None:
        try:
            wire.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # It has ended by itself.


def _beginning(answer: HTTPResponse, *, deadline: float) -> str | None:
    """The beginning of an answer's body; the rest of it is not read."""
    got = b""
    while len(got) < ANSWER_KEPT and time.monotonic() < deadline:
        part = answer.read1(ANSWER_KEPT - len(got))
        if not part:
            break
        got += part
    text = got.decode("utf-8", "replace").replace("\x00", "")
    return text or None


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\x00", "")[:500]
