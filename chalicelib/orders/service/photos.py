"""Photos of orders: taken in, shown, redacted (BR-130 to BR-134, US-086). S3 is asked while no transaction is open."""

import hashlib
from datetime import datetime

from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.roles import ADMIN
from chalicelib.kit.values import value
from chalicelib.orders.errors import (
    CabinetNotInOrder,
    NotAPhoto,
    OrderNotFoundOrDenied,
    PhotoDiffers,
    PhotoNotFound,
    PhotoNotUploaded,
    PhotoTooLarge,
)
from chalicelib.orders.events import PhotoUploaded, PhotoWithdrawn
from chalicelib.orders.models.photos import (
    ListedPhoto,
    Photo,
    PhotoFacts,
    PhotoList,
    PhotoMeta,
    PhotoRedacted,
    PhotoStored,
    Picture,
    SignedUpload,
    UploadOffer,
    WantedUpload,
)
from chalicelib.orders.queries import photos as queries
from chalicelib.orders.rules import filing, pictures
from chalicelib.orders.rules.pictures import LARGEST_BYTES, ContentType
from chalicelib.orders.rules.quantities import plausible
from chalicelib.orders.service import photo_files, photo_form

UPLOADS_A_MINUTE = 30
MOST_PHOTOS = 500
"""What a list of an order's photos holds."""


@value
class Taken:
    """A photo that is ready to be written: its bytes are in S3, or it is one that is here already."""

    order_id: int
    facts: PhotoFacts
    picture: Picture | None


def upload(call: Call) -> PhotoStored:
    """Take a photo out of a form and store it."""
    form = photo_form.read(call)
    order_id, facts, content = form.fields.order_id, form.fields, form.content
    sha256 = hashlib.sha256(content).digest()
    picture = _picture(filing.key_of(call.now, order_id, sha256), content)
    with call.transaction():
        _spend(call)
        known = _same(call, order_id, sha256, facts)
    if known is None:
        photo_files.put(picture.key, content, picture.content_type)
    with call.transaction():
        return file(call, Taken(order_id, facts, None if known else picture), sha256)


def offer(call: Call, order_id: int, wanted: WantedUpload) -> UploadOffer:
    """Offer an upload straight to the storage, for these bytes and no others."""
    if wanted.size > LARGEST_BYTES:
        raise PhotoTooLarge
    content_type = _known_kind(wanted.content_type)
    _spend(call)
    _order(call, order_id)
    sha256 = bytes.fromhex(wanted.sha256)
    known = queries.same(call.db, order_id, sha256=sha256, client_photo_id=wanted.client_photo_id)
    if known:
        return UploadOffer(duplicate=True, photo_id=known.id, upload=None)
    key = filing.key_of(call.now, order_id, sha256)
    url, headers = photo_files.upload_address(key, content_type, wanted.size, sha256)
    until = call.now + photo_files.UPLOAD_WITHIN
    return UploadOffer(duplicate=False, photo_id=None, upload=SignedUpload(url=url, headers=headers, expires_at=until))


def confirm(call: Call, order_id: int, meta: PhotoMeta) -> PhotoStored:
    """Write down a photo whose bytes were uploaded, after looking at them."""
    taken = examine(call, order_id, meta)
    with call.transaction():
        return file(call, taken, bytes.fromhex(meta.sha256))


def examine(call: Call, order_id: int, meta: PhotoMeta) -> Taken:
    """Look at the uploaded bytes: they have to be the announced ones, and a picture. No transaction may be open."""
    sha256 = bytes.fromhex(meta.sha256)
    with call.transaction(read_only=True):
        known = _same(call, order_id, sha256, meta)
    if known is not None:
        return Taken(order_id, meta, None)
    for key in filing.keys_to_confirm(call.now, order_id, sha256):
        content = photo_files.fetch(key)
        if content is not None:
            if len(content) != meta.size or hashlib.sha256(content).digest() != sha256:
                raise PhotoDiffers
            return Taken(order_id, meta, _picture(key, content))
    raise PhotoNotUploaded


def file(call: Call, taken: Taken, sha256: bytes) -> PhotoStored:
    """Write a photo down in the open transaction, or find the one that is the same (BR-133)."""
    order_id, facts, picture = taken.order_id, taken.facts, taken.picture
    created_at = _order(call, order_id)
    captured_at, warning = facts.captured_at, None
    if captured_at is not None:
        captured_at, warning = plausible(captured_at, now=call.now, created_at=created_at)
    fresh = picture is not None and queries.insert(
        call.db,
        order_id,
        facts,
        picture,
        uploaded_by=call.principal.user_id,
        captured_at=captured_at,
        at=call.now,
    )
    photo = queries.same(call.db, order_id, sha256=sha256, client_photo_id=facts.client_photo_id)
    if photo is None:
        raise PhotoNotUploaded
    if fresh:
        _record_upload(call, photo)
    warnings = [*(picture.warnings if picture else ()), *([warning] if warning and fresh else [])]
    return PhotoStored(
        photo_id=photo.id,
        filename=_filename(photo),
        duplicate=not fresh,
        content_type=photo.content_type,
        size_bytes=photo.size_bytes,
        warnings=warnings,
    )


def _record_upload(call: Call, photo: Photo) -> None:
    call.record(
        PhotoUploaded(
            resource_id=photo.id,
            order_id=photo.service_order_id,
            order_cabinet_id=photo.order_cabinet_id,
            photo_type=photo.photo_type,
            content_type=photo.content_type,
            size_bytes=photo.size_bytes,
        )
    )


def listed(call: Call, order_id: int) -> PhotoList:
    """The photos of an order, with addresses under which they can be looked at; an admin sees redacted ones named."""
    _order(call, order_id)
    redacted_too = call.principal.role == ADMIN
    found = queries.of_order(call.db, order_id, redacted_too=redacted_too, most=MOST_PHOTOS)
    return PhotoList(photos=[_shown(call, photo) for photo in found])


def _shown(call: Call, photo: Photo) -> ListedPhoto:
    is_visible = photo.redacted_at is None
    name = _filename(photo)
    return ListedPhoto(
        id=photo.id,
        service_order_id=photo.service_order_id,
        order_cabinet_id=photo.order_cabinet_id,
        filename=name,
        photo_type=photo.photo_type,
        content_type=photo.content_type,
        size_bytes=photo.size_bytes,
        uploaded_by=photo.uploaded_by,
        uploaded_by_name=photo.uploaded_by_name,
        uploaded_at=photo.created_at,
        capture_timestamp=photo.captured_at,
        latitude=photo.latitude,
        longitude=photo.longitude,
        notes=photo.notes,
        redacted_at=photo.redacted_at,
        url=photo_files.address(photo.s3_key, photo.content_type, name) if is_visible else None,
        url_expires_at=call.now + photo_files.SHOWN_FOR if is_visible else None,
    )


def redact(call: Call, order_id: int, photo_id: int, reason: str | None) -> PhotoRedacted:
    """Take a photo out of sight, then remove its bytes; asked again, it makes sure that they are gone (BR-134)."""
    with call.transaction() as db:
        photo = queries.lock(db, order_id, photo_id)
        if photo is None:
            raise PhotoNotFound
        if photo.redacted_at is None:
            queries.redact(db, photo.id, by=call.principal.user_id, at=call.now)
            call.record(PhotoWithdrawn(resource_id=photo.id, order_id=order_id, reason=reason or None))
    photo_files.remove([photo.s3_key])
    return PhotoRedacted(photo_id=photo.id)


def _spend(call: Call) -> None:
    rate_limit.spend(call.db, "photo-upload", str(call.principal.user_id), UPLOADS_A_MINUTE, 60, call.now)


def _order(call: Call, order_id: int) -> datetime:
    """When the order was created, if it is there for the caller."""
    created_at = queries.order_created_at(call.db, order_id, seen_by=call.principal)
    if created_at is None:
        raise OrderNotFoundOrDenied
    return created_at


def _same(call: Call, order_id: int, sha256: bytes, facts: PhotoFacts) -> Photo | None:
    _order(call, order_id)
    if facts.order_cabinet_id is not None and not queries.has_stop(call.db, order_id, facts.order_cabinet_id):
        raise CabinetNotInOrder
    return queries.same(call.db, order_id, sha256=sha256, client_photo_id=facts.client_photo_id)


def _picture(key: str, content: bytes) -> Picture:
    if len(content) > LARGEST_BYTES:
        raise PhotoTooLarge
    content_type = pictures.content_type_of(content)
    if content_type is None:
        raise NotAPhoto
    sha256 = hashlib.sha256(content).digest()
    return Picture(key, content_type, len(content), sha256, tuple(pictures.warnings(content, content_type)))


def _known_kind(asked: str) -> ContentType:
    for content_type in pictures.ENDINGS:
        if asked.strip().lower() == content_type:
            return content_type
    raise NotAPhoto


def _filename(photo: Photo) -> str:
    return filing.filename(photo.service_order_id, photo.created_at, photo.sha256, photo.content_type)
