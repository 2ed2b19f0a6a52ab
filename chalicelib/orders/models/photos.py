"""Photos of orders: what clients send and read."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import AliasChoices, Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Model
from chalicelib.kit.values import value
from chalicelib.orders.models.incoming import PhoneTime
from chalicelib.orders.models.outgoing import Number
from chalicelib.orders.rules.pictures import ContentType

PhotoType = Literal["before", "after", "delivery_proof", "issue"]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$")]
"""A SHA-256 in hexadecimal digits."""

_DIGEST = "sha256: 64 hexadecimal digits are needed"
_KNOWN_TYPES = "type must be one of: before, after, delivery_proof, issue"


class PhotoFacts(Camel):
    """What a client says about a photo, beside its bytes. Who took it is the caller."""

    sentences: ClassVar = {"type": _KNOWN_TYPES}

    order_cabinet_id: Id | None = Field(
        default=None, validation_alias=AliasChoices("orderCabinetId", "cabinetOrderId", "cabinetId")
    )
    photo_type: PhotoType = Field(default="delivery_proof", validation_alias=AliasChoices("type", "photoType"))
    captured_at: PhoneTime = Field(default=None, validation_alias=AliasChoices("capturedAt", "timestamp", "clientTime"))
    latitude: Annotated[Decimal, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Decimal, Field(ge=-180, le=180)] | None = None
    client_photo_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = (
        None
    )
    notes: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)] | None = None

    @model_validator(mode="after")
    def _a_place_has_two_coordinates(self) -> "PhotoFacts":
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude belong together")
        return self


class PhotoFields(PhotoFacts):
    """The fields of the form that carries a photo."""

    sentences: ClassVar = {"type": _KNOWN_TYPES, "orderId": "Order ID required"}

    order_id: Id


class PhotoMeta(PhotoFacts):
    """A photo whose bytes went by a pre-signed upload."""

    sentences: ClassVar = {"type": _KNOWN_TYPES, "sha256": _DIGEST}

    sha256: Digest
    size: Annotated[int, Field(ge=1, validation_alias=AliasChoices("size", "sizeBytes"))]


class WantedUpload(Camel):
    """A photo that a client is about to upload."""

    sentences: ClassVar = {"sha256": _DIGEST}

    sha256: Digest
    size: Annotated[int, Field(ge=1, validation_alias=AliasChoices("size", "sizeBytes"))]
    content_type: str
    client_photo_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = (
        None
    )


class RedactionQuery(Camel):
    """Why a photo is redacted; may be left out."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] | None = None


@value
class Picture:
    """The bytes of a photo as they lie in S3, examined."""

    key: str
    content_type: ContentType
    size_bytes: int
    sha256: bytes
    warnings: tuple[str, ...]


@value
class Photo:
    """A stored photo."""

    id: int
    service_order_id: int
    order_cabinet_id: int | None
    s3_key: str
    content_type: ContentType
    size_bytes: int
    sha256: bytes
    photo_type: PhotoType
    captured_at: datetime | None
    latitude: Decimal | None
    longitude: Decimal | None
    uploaded_by: int
    uploaded_by_name: str
    notes: str | None
    redacted_at: datetime | None
    created_at: datetime


class PhotoStored(Camel):
    """A photo that is stored; `duplicate` when it had been before."""

    success: bool = True
    photo_id: int
    filename: str
    duplicate: bool
    content_type: ContentType
    size_bytes: int
    warnings: list[str] = Field(default_factory=list)


class SignedUpload(Camel):
    """Where to send the bytes, with exactly these headers."""

    method: Literal["PUT"] = "PUT"
    url: str
    headers: dict[str, str]
    expires_at: Instant


class UploadOffer(Camel):
    """An upload to carry out and confirm; none when the photo is here already."""

    duplicate: bool
    photo_id: int | None
    upload: SignedUpload | None


class ListedPhoto(Model):
    """A photo of an order. `url` is for looking at it now; it expires."""

    id: int
    service_order_id: int
    order_cabinet_id: int | None
    filename: str
    photo_type: PhotoType
    content_type: ContentType
    size_bytes: int
    uploaded_by: int
    uploaded_by_name: str
    uploaded_at: Instant
    capture_timestamp: Instant | None
    latitude: Number | None
    longitude: Number | None
    notes: str | None
    redacted_at: Instant | None
    url: str | None
    url_expires_at: Instant | None


class PhotoList(Model):
    """The photos of an order, newest first."""

    photos: list[ListedPhoto]


class PhotoRedacted(Camel):
    """A photo that is not shown any more; its bytes are gone."""

    success: bool = True
    photo_id: int
    message: str = "Photo redacted"
