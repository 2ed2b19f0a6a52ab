"""What the local cloud keeps over a restart: pools, users, passwords, tokens, files, queued messages, keys, secrets.

moto holds everything in memory. Its recorder could be replayed, but a recording grows with every sign-in and a replay
draws new ids for what the server had generated. So the state itself is written: one file per service, whole, replaced
at once, after each request that may have changed that service.
"""

import io
import pickle
import re
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from moto.backends import get_backend
from moto.core.base_backend import BackendDict

KEPT = ("cognito-idp", "s3", "sqs", "kms", "secretsmanager", "ses")
_READS = re.compile(r"\.(Get|List|Describe|Receive|AdminGet|AdminList)\w*$")
_LOCKS = (type(threading.Lock()), type(threading.RLock()))

# Any: the environment and the two callables of a WSGI application, which no type of the standard library describes.
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _Pickler(pickle.Pickler):
    """Pickles moto's backends: a lock becomes a fresh one, a private key its DER bytes."""

    def reducer_override(self, obj: Any) -> Any:  # Any: the signature that pickle prescribes.
        if isinstance(obj, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            der = obj.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            return _key_from, (der,)
        if isinstance(obj, _LOCKS):
            return (threading.Lock if isinstance(obj, _LOCKS[0]) else threading.RLock), ()
        return NotImplemented


def _key_from(der: bytes) -> Any:  # Any: whichever kind of private key it was.
    return serialization.load_der_private_key(der, None)


def state_of(service: str) -> bytes:
    """Return the whole state of one service."""
    in_use: Any = getattr(BackendDict, "_instances")  # noqa: B009 - moto's only list of them, and private.
    backends = {
        (account, region): backend
        for known in in_use
        if known.service_name == service
        for account, regions in known.items()
        for region, backend in regions.items()
    }
    if service == "cognito-idp":
        for backend in backends.values():
            _forget_expired_tokens(backend)
    buffer = io.BytesIO()
    _Pickler(buffer).dump(backends)
    return buffer.getvalue()


def put_back(service: str, state: bytes) -> None:
    """Put the state of one service back as it was."""
    name: Any = service  # Any: moto declares one overload for each literal name.
    known: Any = get_backend(name)
    backends = pickle.loads(state)  # noqa: S301 - written by `state_of`, on this machine, by this developer.
    if service == "s3":
        known.bucket_accounts.clear()
    for (account, region), backend in backends.items():
        known[account][region] = backend
        if service == "s3":
            known.bucket_accounts.update(dict.fromkeys(backend.buckets, (backend.partition, account)))


def save(service: str, folder: Path) -> None:
    """Write the state of one service to its file, all of it or nothing."""
    part = folder / f"{service}.part"
    part.write_bytes(state_of(service))
    part.replace(folder / f"{service}.pickle")


def load(folder: Path) -> None:
    """Put back what `save` wrote."""
    for service in KEPT:
        path = folder / f"{service}.pickle"
        if path.exists():
            put_back(service, path.read_bytes())


def _forget_expired_tokens(backend: Any) -> None:  # Any: moto's Cognito backend.
    """Drop tokens past their expiry, so that a pool does not grow with every sign-in."""
    now = time.time()
    for pool in backend.user_pools.values():
        for tokens in (pool.access_tokens, pool.id_tokens):
            for token in list(tokens):
                if jwt.decode(token, options={"verify_signature": False})["exp"] < now:
                    del tokens[token]


class Watching:
    """The WSGI application around moto's that tells, before it answers, which service a request may have changed."""

    def __init__(self, inner: Wsgi, changed: Callable[[str], None]) -> None:
        self._inner = inner
        self._changed = changed
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = list(self._inner(environ, start_response))
        service = _changed_service(environ)
        if service is not None:
            with self._lock:
                self._changed(service)
        return answer


def _changed_service(environ: dict[str, Any]) -> str | None:
    """Return the service that a request may have changed: named in the signature's scope, else S3 (a signed link)."""
    if environ["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
        return None
    if _READS.search(environ.get("HTTP_X_AMZ_TARGET", "")):
        return None
    signed_link = parse_qs(environ.get("QUERY_STRING", "")).get("X-Amz-Credential", [""])[0]
    scope = environ.get("HTTP_AUTHORIZATION", "") or signed_link
    found = re.search(r"/([a-z0-9-]+)/aws4_request", scope)
    service = found.group(1) if found else "s3"
    service = "ses" if service == "email" else service
    return service if service in KEPT else None
