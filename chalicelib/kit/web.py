"""What a browser needs to know and to be kept from: origins, CORS and the security headers."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from chalicelib.kit.errors import StrangeOrigin
from chalicelib.kit.settings import settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
EXPOSED = (
    "Content-Disposition, ETag, Link, Retry-After, X-Listed-Since, X-Request-Id, Idempotency-Replayed,"
    " RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy"
)
ALLOWED = "Authorization, Content-Type, Idempotency-Key"
PREFLIGHT_SECONDS = 600


def is_download(headers: Mapping[str, object]) -> bool:
    """Whether an answer is a file to be saved."""
    return str(headers.get("Content-Disposition", "")).startswith("attachment")


def check_origin(method: str, headers: Mapping[str, str], *, by_cookie: bool) -> None:
    """Refuse a write that a strange page makes with the user's cookie.

    Browsers name the page's origin on every write. A write by cookie without one cannot be told from a forged one
    and is refused; clients that are no browsers send a bearer token.
    """
    if method in SAFE_METHODS:
        return
    origin = headers.get("origin") or _origin_of(headers.get("referer", ""))
    if origin is None:
        if by_cookie:
            raise StrangeOrigin
    elif not is_allowed(origin, headers):
        raise StrangeOrigin


def is_allowed(origin: str, headers: Mapping[str, str]) -> bool:
    """Whether pages of this origin may use the API with the user's cookie: ours, and the configured ones."""
    return origin in settings().allowed_origins or origin == _own_origin(headers)


def _own_origin(headers: Mapping[str, str]) -> str:
    scheme = "http" if settings().is_local else "https"
    return f"{scheme}://{headers.get('host', '')}"


def _origin_of(url: str) -> str | None:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else None


def cors_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The CORS answer to a page of an allowed origin; nothing for others."""
    origin = headers.get("origin")
    if origin is None or not is_allowed(origin, headers):
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Expose-Headers": EXPOSED,
    }


def preflight_headers(headers: Mapping[str, str], methods: list[str]) -> dict[str, str]:
    """The answer to a browser that asks whether it may send a request."""
    return {
        **cors_headers(headers),
        "Access-Control-Allow-Methods": ", ".join(sorted(methods)),
        "Access-Control-Allow-Headers": ALLOWED,
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }


def security_headers() -> dict[str, str]:
    """Headers of every answer: nothing is sniffed, cached, embedded elsewhere or run."""
    always = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"default-src 'none'; frame-ancestors {settings().frame_ancestors}",
    }
    if settings().is_local:
        return always
    return {**always, "Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
