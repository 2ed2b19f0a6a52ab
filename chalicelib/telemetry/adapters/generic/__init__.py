"""The plain envelope: JSON as POST /api/telemetry/reads takes it, or the DEX file itself.

`{"content": "DXS*..."}`, `{"reads": [{"content": ..., "encoding": "base64", "filename": ...}]}`, or a body that begins
with a DEX record.
"""

from collections.abc import Sequence

from pydantic import ValidationError

from chalicelib.kit.errors import BadRequest
from chalicelib.telemetry.models.feeds import SentRead, SentReads


def unwrap(body: bytes) -> Sequence[SentRead]:
    """The files of a delivery. Raises `BadRequest` for what is neither JSON of this shape nor a DEX file."""
    if body.lstrip()[:4] == b"DXS*":
        return [SentRead(content=body.decode("utf-8", "replace"))]
    try:
        return SentReads.model_validate_json(body).reads
    except ValidationError as error:
        raise BadRequest(SentReads.sentences["reads"]) from error
