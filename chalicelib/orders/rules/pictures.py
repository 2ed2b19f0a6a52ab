"""What a file is by its content, whatever its name or its sender says (BR-131)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

ContentType = Literal["image/jpeg", "image/png", "image/webp", "image/heic"]
Size = tuple[int, int]
"""Width and height in pixels."""

LARGEST_BYTES: Final = 5 * 1024 * 1024
LONG_SIDE: Final = 1920
SHORT_SIDE: Final = 1080

ENDINGS: Final[Mapping[ContentType, str]] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
}

_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_FILE_TYPE_BOX_AT_MOST: Final = 256
_NO_FRAME: Final = frozenset({0xC4, 0xC8, 0xCC})
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN: Final = 0xDA


def content_type_of(content: bytes) -> ContentType | None:
    """The kind of picture that the first bytes tell; None for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return "image/heic" if _HEIC_BRANDS.intersection(_brands(content)) else None


def _brands(content: bytes) -> Iterator[bytes]:
    """The brands of an ISO media file: the major one, and those that it is compatible with."""
    if content[4:8] != b"ftyp":
        return
    end = min(int.from_bytes(content[:4]), _FILE_TYPE_BOX_AT_MOST, len(content))
    for at in (8, *range(16, end - 3, 4)):
        yield content[at : at + 4]


def warnings(content: bytes, content_type: ContentType) -> list[str]:
    """What might be better about a picture: one with few pixels proves little."""
    size = size_of(content, content_type)
    if size is None or (max(size) >= LONG_SIDE and min(size) >= SHORT_SIDE):
        return []
    return [f"The photo has {size[0]} x {size[1]} pixels; at least {LONG_SIDE} x {SHORT_SIDE} are recommended."]


def size_of(content: bytes, content_type: ContentType) -> Size | None:
    """The picture's size as its own header says; None where that cannot be found."""
    size = _SIZES[content_type](content)
    return size if size and all(size) else None


def _size_of_png(content: bytes) -> Size | None:
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _size_of_jpeg(content: bytes) -> Size | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        length = int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            return int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
        if marker == _SCAN:
            break
        if marker == 0xFF:
            at += 1  # A fill byte before the marker.
        else:
            at += 2 if marker in _WITHOUT_LENGTH else 2 + length
    return None


def _size_of_webp(content: bytes) -> Size | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        return 1 + _little(content[24:27]), 1 + _little(content[27:30])
    if chunk == b"VP8L":
        bits = _little(content[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF


def _size_of_heic(content: bytes) -> Size | None:
    """The largest of the file's pictures: the tiles and the thumbnail are smaller than the whole."""
    return max(_spatial_extents(content), key=lambda size: size[0] * size[1], default=None)


def _spatial_extents(content: bytes) -> Iterator[Size]:
    at = content.find(b"ispe")
    while at >= 0:
        yield int.from_bytes(content[at + 8 : at + 12]), int.from_bytes(content[at + 12 : at + 16])
        at = content.find(b"ispe", at + 4)


def _little(part: bytes) -> int:
    return int.from_bytes(part, "little")


_SIZES: Final[Mapping[ContentType, Callable[[bytes], Size | None]]] = {
    "image/jpeg": _size_of_jpeg,
    "image/png": _size_of_png,
    "image/webp": _size_of_webp,
    "image/heic": _size_of_heic,
}
