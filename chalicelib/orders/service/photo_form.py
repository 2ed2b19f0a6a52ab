"""A photo out of the form that brings it."""

import io
from collections.abc import Mapping

import multipart

from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest
from chalicelib.kit.values import value
from chalicelib.orders.errors import PhotoMissing, PhotoTooLarge
from chalicelib.orders.models.photos import PhotoFields
from chalicelib.orders.rules.pictures import LARGEST_BYTES
from chalicelib.orders.service.fitting import fitted

FIELD = "photo"
LARGEST_FORM = LARGEST_BYTES + 64 * 1024
LONGEST_TEXT = 4096


@value
class PhotoForm:
    """The bytes of a photo and what was said about it. What the client calls the file is not kept (BR-132)."""

    fields: PhotoFields
    content: bytes


def read(call: Call) -> PhotoForm:
    """The form of a request. One that is no form, or has no file in it, is refused in the contract's words."""
    kind, options = multipart.parse_options_header(call.headers.get("content-type", ""))
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise PhotoMissing
    if len(call.raw_body) > LARGEST_FORM:
        raise PhotoTooLarge
    content, texts = _parts(call.raw_body, options["boundary"])
    if not content:
        raise PhotoMissing
    if len(content) > LARGEST_BYTES:
        raise PhotoTooLarge
    return PhotoForm(fitted(PhotoFields, texts), content)


def _parts(body: bytes, boundary: str) -> tuple[bytes, Mapping[str, str]]:
    """The bytes of the file, and the texts of the other fields; an empty field counts as absent."""
    parser = multipart.MultipartParser(io.BytesIO(body), boundary, content_length=len(body), spool_limit=len(body) + 1)
    content, texts = b"", {}
    try:
        for part in parser:
            if part.name == FIELD and part.filename is not None:
                content = bytes(part.raw)
            elif text := _text(part):
                texts[part.name] = text
    except multipart.MultipartError as error:
        raise PhotoMissing from error
    return content, texts


def _text(part: multipart.MultipartPart) -> str:
    if part.size > LONGEST_TEXT:
        raise BadRequest(f"{part.name}: at most {LONGEST_TEXT} bytes", field=part.name)
    try:
        text: str = part.raw.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("Send texts as UTF-8.", field=part.name) from error
    if "\0" in text:
        raise BadRequest("Text must not contain NUL characters.", field=part.name)
    return text.strip()
