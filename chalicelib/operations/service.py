"""Whether requests can be served, and how they are described."""

from pathlib import Path

from chalicelib.kit import schema, tokens
from chalicelib.kit.answer import Answer, Raw
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.operations import queries
from chalicelib.operations.models import Readiness, State

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"


def readiness(call: Call) -> Answer[Readiness]:
    """Each part's state; 503 when one of them keeps requests from being served."""
    revision, waiting, database = _database(call)
    identity = _identity()
    ready = database == "ok" and revision == schema.REVISION and identity == "ok"
    state = Readiness(
        status="ready" if ready else "not_ready",
        version=settings().version,
        database=database,
        schema_revision=revision,
        schema_expected=schema.REVISION,
        identity=identity,
        outbox_waiting=waiting,
    )
    return Answer(state, status=200 if ready else 503)


def openapi_document() -> Raw:
    """The OpenAPI document as `make openapi` wrote it: in the cloud a function knows no route but its own."""
    return Raw(DOCUMENT.read_text(encoding="utf-8"), "application/json")


def _database(call: Call) -> tuple[str | None, int | None, State]:
    try:
        with call.transaction(read_only=True) as db:
            return queries.schema_revision(db), queries.outbox_waiting(db), "ok"
    except Unavailable:
        return None, None, "failing"


def _identity() -> State:
    try:
        tokens.published_key_ids()
    except Unavailable:
        return "failing"
    return "ok"
