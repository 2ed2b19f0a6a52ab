"""What the gateway answers by itself, without asking a function: in our shape, and readable by a page of any origin."""

import json
from typing import Any, Final

Json = dict[str, Any]  # Any: CloudFormation, which is JSON with functions of its own

GATEWAY_ANSWERS: Final = {
    # The gateway's word for a path that it does not know.
    "MISSING_AUTHENTICATION_TOKEN": (404, "NOT_FOUND", "API endpoint not found", {}),
    "REQUEST_TOO_LARGE": (413, "PAYLOAD_TOO_LARGE", "The request is too large.", {}),
    "UNSUPPORTED_MEDIA_TYPE": (415, "UNSUPPORTED_MEDIA", "Send the body as application/json.", {}),
    "THROTTLED": (429, "RATE_LIMITED", "Too many requests. Please try again later.", {"Retry-After": "1"}),
    "QUOTA_EXCEEDED": (429, "RATE_LIMITED", "Too many requests. Please try again later.", {"Retry-After": "60"}),
    "WAF_FILTERED": (403, "FORBIDDEN", "This request was turned away.", {}),
    "INTEGRATION_FAILURE": (503, "UNAVAILABLE", "The service is not available at the moment. Please try again.",
                            {"Retry-After": "2"}),
    "INTEGRATION_TIMEOUT": (504, "TIMEOUT", "This takes too long. Please ask for less, or try again.", {}),
    "DEFAULT_4XX": (None, "BAD_REQUEST", "The request is not valid.", {}),
    "DEFAULT_5XX": (None, "INTERNAL", "Internal server error", {}),
}  # fmt: skip
"""What the gateway answers without asking a function: status (None: its own), code, sentence, headers."""

SECURITY_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "sandbox",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Vary": "Origin",
}

# These sentences are the same for everybody and hold nothing of anybody, so any page may read them: else a browser
# would hide a 429 from the page that has to wait.
CORS_HEADERS: Final = {
    "Access-Control-Allow-Origin": "method.request.header.Origin",
    "Access-Control-Allow-Credentials": "'true'",
    "Access-Control-Expose-Headers": "'ETag, Retry-After, X-Request-Id, Idempotency-Replayed'",
}


def answers() -> Json:
    """Each kind of answer, as the gateway's extension of OpenAPI has them."""
    return {kind: _answer(*answer) for kind, answer in GATEWAY_ANSWERS.items()}


def _answer(status: int | None, code: str, sentence: str, headers: dict[str, str]) -> Json:
    own = {name: f"'{value}'" for name, value in {**SECURITY_HEADERS, **headers}.items()}
    sent = {**own, **CORS_HEADERS, "X-Request-Id": "context.requestId"}
    body = {"error": sentence, "code": code, "details": {}, "requestId": "$context.requestId"}
    answer: Json = {
        "responseParameters": {f"gatewayresponse.header.{name}": value for name, value in sent.items()},
        "responseTemplates": {"application/json": json.dumps(body)},
    }
    return {**answer, "statusCode": str(status)} if status else answer
