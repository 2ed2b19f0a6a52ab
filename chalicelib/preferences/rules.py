"""What can be told of a picture from its first bytes."""

from typing import Literal

PictureType = Literal["image/jpeg", "image/png", "image/webp"]


def picture_type(content: bytes) -> PictureType | None:
    """The kind of a picture by its content, whatever its name or its sender says; None for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None
