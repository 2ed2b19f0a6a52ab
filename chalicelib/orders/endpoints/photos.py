"""Photos of service orders."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, DRIVER, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet
from chalicelib.orders import errors
from chalicelib.orders.models.photos import (
    PhotoList,
    PhotoMeta,
    PhotoRedacted,
    PhotoStored,
    RedactionQuery,
    UploadOffer,
    WantedUpload,
)
from chalicelib.orders.service import photos

blueprint = Blueprint(__name__)

DRIVES = (ADMIN, MANAGER, DRIVER)
TAKEN_IN = (errors.OrderNotFoundOrDenied, errors.CabinetNotInOrder, errors.NotAPhoto, errors.PhotoTooLarge)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/photos",
    roles=DRIVES,
    refusals=[errors.PhotoMissing, *TAKEN_IN, RateLimited],
    own_transactions=True,
    grants=["s3:PutObject", "kms:GenerateDataKey"],
    memory=512,
    timeout=29,
)
def upload_photo(call: Call) -> PhotoStored:
    """Upload a photo of an order as multipart/form-data, field `photo`.

    Other fields: `orderId`; `orderCabinetId`, `type` (before, after, delivery_proof, issue), `timestamp`, `latitude`
    with `longitude`, `clientPhotoId` and `notes` may be left out. JPEG, PNG, WebP and HEIC by content, at most 5 MiB;
    Lambda takes about 4.4 MB in one request, so that larger ones go by a pre-signed upload. A photo that the order
    has already answers as the first time, with `duplicate: true`.
    """
    return photos.upload(call)


@endpoint(
    blueprint,
    "GET",
    "/api/service-orders/{order_id}/photos",
    roles=EVERYONE,
    refusals=[errors.OrderNotFoundOrDenied],
    grants=["s3:GetObject", "kms:Decrypt"],
    sheet=Sheet("photos"),
    scope="orders:read",
    rows="filtered",
)
def list_photos(call: Call, order_id: int) -> PhotoList:
    """List the photos of an order, newest first, each with an address that shows it for five minutes."""
    return photos.listed(call, order_id)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/{order_id}/photos/uploads",
    roles=DRIVES,
    refusals=[errors.OrderNotFoundOrDenied, errors.NotAPhoto, errors.PhotoTooLarge, RateLimited],
    grants=["s3:PutObject", "kms:GenerateDataKey"],
    keeps_answer=False,
)
def offer_photo_upload(call: Call, order_id: int, body: WantedUpload) -> UploadOffer:
    """Offer an upload straight to the storage: PUT the bytes to `url` with `headers`, then confirm.

    The address takes the announced bytes only: their number, their SHA-256 and their content type are signed.
    """
    return photos.offer(call, order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/{order_id}/photos/confirm",
    roles=DRIVES,
    refusals=[*TAKEN_IN, errors.PhotoNotUploaded, errors.PhotoDiffers],
    own_transactions=True,
    grants=["s3:GetObject", "s3:ListBucket", "kms:Decrypt"],
    memory=512,
    timeout=29,
)
def confirm_photo_upload(call: Call, order_id: int, body: PhotoMeta) -> PhotoStored:
    """Make an uploaded file a photo of the order, within a week of its upload; its bytes are looked at first."""
    return photos.confirm(call, order_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/service-orders/{order_id}/photos/{photo_id}",
    roles=[ADMIN],
    refusals=[errors.PhotoNotFound],
    own_transactions=True,
    grants=["s3:DeleteObject"],
)
def redact_photo(call: Call, order_id: int, photo_id: int, query: RedactionQuery) -> PhotoRedacted:
    """Redact a photo: it is not shown any more and its bytes are removed. That there was one stays on record."""
    return photos.redact(call, order_id, photo_id, query.reason)
