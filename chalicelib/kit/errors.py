"""Refusals: the expected ways in which a request is turned down, each with a status, a code and a sentence."""

from collections.abc import Mapping
from typing import Any, ClassVar


class Refusal(Exception):
    """An expected refusal. Services raise it, only the endpoint catches it.

    `error` on the wire is one plain sentence for a person; `details` holds facts and never internals.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "VALIDATION"
    message: ClassVar[str] = "The request cannot be carried out."
    constraints: ClassVar[tuple[str, ...]] = ()
    """Names of database constraints whose violation means this refusal."""
    beside: ClassVar[Mapping[str, Any]] = {}  # Any: JSON
    """What the contract wants beside the usual fields, as `success: false`."""

    def __init__(self, message: str | None = None, **details: Any) -> None:  # Any: facts of any JSON kind
        self.sentence = message or self.message
        self.details = details
        super().__init__(self.sentence)

    @property
    def headers(self) -> dict[str, str]:
        """Headers that go with the refusal."""
        return {}


class BadRequest(Refusal):
    """400: the input breaks a rule that its sender can see."""

    message = "The request is not valid."


class Unauthenticated(Refusal):
    """401: no live session."""

    status = 401
    code = "UNAUTHENTICATED"
    message = "Authentication required"


class SessionOver(Unauthenticated):
    """401: a token came, but its session is over."""

    message = "Invalid or expired session"


class Forbidden(Refusal):
    """403: signed in, but not allowed."""

    status = 403
    code = "FORBIDDEN"
    message = "Insufficient permissions"


class PasswordChangeRequired(Forbidden):
    """403: the password was given out by somebody else and has to be changed first (BR-025)."""

    code = "PASSWORD_CHANGE_REQUIRED"
    message = "Change your password first: it was set by an administrator."


class StrangeOrigin(Forbidden):
    """403: a browser page that is not ours tried to write with the user's cookie."""

    code = "ORIGIN_NOT_ALLOWED"
    message = "This page may not write here: its origin is not allowed."


class NotFound(Refusal):
    """404: not there, or not for this caller's eyes."""

    status = 404
    code = "NOT_FOUND"
    message = "Not found"


class EndpointNotFound(NotFound):
    """404: no such path."""

    message = "API endpoint not found"


class MethodNotAllowed(Refusal):
    """405: the path is there, but not with this method."""

    status = 405
    code = "METHOD_NOT_ALLOWED"
    message = "This path does not take that method."


class Conflict(Refusal):
    """409: the state of things does not allow it now."""

    status = 409
    code = "CONFLICT"
    message = "The current state does not allow this."


class VersionConflict(Conflict):
    """409: somebody else saved first."""

    code = "VERSION_CONFLICT"
    message = "Somebody else has changed this meanwhile. Load it again, then repeat your change."


class Duplicate(Conflict):
    """409: the name is taken."""

    code = "DUPLICATE"
    message = "This already exists."


class ConstraintViolation(Conflict):
    """409: something else still depends on it."""

    code = "CONSTRAINT_VIOLATION"
    message = "Something else still depends on this."


class InvalidTransition(Conflict):
    """409: the state machine has no such step."""

    code = "INVALID_TRANSITION"
    message = "This step is not possible from the current state."


class RequestInProgress(Conflict):
    """409: the same idempotency key is being worked on right now."""

    code = "REQUEST_IN_PROGRESS"
    message = "The same request is still being worked on. Wait a moment, then ask again with the same key."


class KeyReused(Conflict):
    """409: an idempotency key came back with another request."""

    code = "IDEMPOTENCY_KEY_REUSED"
    message = "This Idempotency-Key belongs to a different request. Use a new key for a new request."


class PayloadTooLarge(Refusal):
    """413: more than is taken."""

    status = 413
    code = "PAYLOAD_TOO_LARGE"
    message = "The request is too large."


class TooManyRows(BadRequest):
    """400: more rows than one file holds."""

    code = "TOO_MANY_ROWS"
    message = (
        "This is more than fits into one file. Narrow it down, as to fewer days or one device,"
        " or take it in parts with page=1, page=2 and so on."
    )


class UnsupportedMedia(Refusal):
    """415: a kind of content that is not taken."""

    status = 415
    code = "UNSUPPORTED_MEDIA"
    message = "Send the body as application/json."


class RateLimited(Refusal):
    """429: too many requests; `retry_after_seconds` says when to come back."""

    status = 429
    code = "RATE_LIMITED"
    message = "Too many requests. Please try again later."

    @property
    def headers(self) -> dict[str, str]:
        """When to come back."""
        return {"Retry-After": str(self.details.get("retry_after_seconds", 60))}


class Unavailable(Refusal):
    """503: a part that we depend on does not answer."""

    status = 503
    code = "UNAVAILABLE"
    message = "The service is not available at the moment. Please try again."

    @property
    def headers(self) -> dict[str, str]:
        """When to come back."""
        return {"Retry-After": "2"}
