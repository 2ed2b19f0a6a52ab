"""Avatars: of oneself, or of anybody for an admin."""

import io

import multipart

from chalicelib.identity.errors import UserNotFound
from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Forbidden
from chalicelib.kit.roles import ADMIN
from chalicelib.preferences.errors import AvatarNotFound, NoPicture, PictureTooLarge
from chalicelib.preferences.events import AvatarChanged, AvatarRemoved
from chalicelib.preferences.models.kept import Avatar, Done
from chalicelib.preferences.queries import kept
from chalicelib.preferences.rules import picture_type
from chalicelib.preferences.service import pictures

FIELD = "avatar"
MOST_BYTES = 512 * 1024
FORM_OVERHEAD = 16 * 1024
UPLOADS_A_MINUTE = 20


def show(call: Call, user_id: int) -> Avatar:
    """The avatar of a user."""
    with call.transaction(read_only=True) as db:
        _admit(call, user_id)
        stored = kept.avatar(db, user_id)
    if stored is None:
        raise AvatarNotFound
    return Avatar(avatar=pictures.data_url(stored))


def change(call: Call, user_id: int) -> Avatar:
    """Put the picture in the form in the place of the earlier avatar."""
    with call.transaction() as db:
        _admit(call, user_id)
        rate_limit.spend(db, "avatar", str(call.principal.user_id), UPLOADS_A_MINUTE, 60, call.now)
    content = _picture(call)
    kind = picture_type(content)
    if kind is None:
        raise NoPicture
    stored = pictures.put(user_id, content, kind)
    with call.transaction() as db:
        earlier = kept.keep_avatar(db, user_id, stored, len(content))
        call.record(AvatarChanged(resource_id=user_id, content_type=kind, size_bytes=len(content)))
    pictures.remove(earlier)
    return Avatar(avatar=pictures.data_url_of(content, kind))


def remove(call: Call, user_id: int) -> Done:
    """Remove an avatar; one that is not there is as good as removed."""
    with call.transaction() as db:
        _admit(call, user_id)
        key = kept.drop_avatar(db, user_id)
        if key is not None:
            call.record(AvatarRemoved(resource_id=user_id))
    pictures.remove(key)
    return Done()


def _admit(call: Call, user_id: int) -> None:
    who = call.principal
    if not kept.has_user(call.db, user_id, seen_by=who.user_id):
        raise UserNotFound
    if who.user_id != user_id and who.role != ADMIN:
        raise Forbidden


def _picture(call: Call) -> bytes:
    """What the form's field `avatar` holds."""
    if len(call.raw_body) > MOST_BYTES + FORM_OVERHEAD:
        raise PictureTooLarge
    kind, options = multipart.parse_options_header(call.headers.get("content-type", ""))
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise NoPicture
    content = _field(call.raw_body, options["boundary"])
    if len(content) > MOST_BYTES:
        raise PictureTooLarge
    return content


def _field(body: bytes, boundary: str) -> bytes:
    room = len(body) + 1
    parser = multipart.MultipartParser(io.BytesIO(body), boundary, content_length=len(body), spool_limit=room)
    try:
        part = next((part for part in parser if part.name == FIELD), None)
        return b"" if part is None else bytes(part.raw)
    except multipart.MultipartError as error:
        raise NoPicture from error
