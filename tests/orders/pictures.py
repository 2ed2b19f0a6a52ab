"""Small files that begin as pictures do, and the forms that carry them."""

import hashlib
from typing import Any

BOUNDARY = "----photoform"


def png(width: int = 1920, height: int = 1080, salt: bytes = b"") -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0" + salt


def jpeg(width: int = 1920, height: int = 1080, salt: bytes = b"") -> bytes:
    application = b"\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xff\xc0\x00\x11\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\3" + b"\0" * 9
    return b"\xff\xd8" + application + frame + b"\xff\xda" + salt


def heic(width: int = 1920, height: int = 1080, *, major: bytes = b"heic", minor: bytes = b"mif1") -> bytes:
    box = b"\0\0\0\x18ftyp" + major + b"\0\0\0\0" + minor + b"miaf"
    tile = b"\0\0\0\x14ispe\0\0\0\0" + (512).to_bytes(4) * 2
    return box + tile + b"\0\0\0\x14ispe\0\0\0\0" + width.to_bytes(4) + height.to_bytes(4)


def webp(chunk: bytes, rest: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + chunk + rest


def form(content: bytes | None, *, filename: str = "C:\\photo of me.exe", **fields: Any) -> dict[str, Any]:
    """Return a photo's upload as a browser sends it: `client.post(path, **form(png(), orderId=1))`."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if content is not None:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="{filename}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return {
        "body": b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()]),
        "headers": {"content-type": f"multipart/form-data; boundary={BOUNDARY}"},
    }


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
