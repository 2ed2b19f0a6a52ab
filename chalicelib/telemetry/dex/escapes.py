"""The `^hh^` escapes of EVA-DTS: `^2A^` is an asterisk, `^5E^` a caret, `^0D^` and `^0A^` a line end, `^80^` a euro."""

import re
from typing import Final

_ESCAPE: Final = re.compile(r"\^([0-9A-Fa-f]{2})\^")
_SPECIAL: Final = re.compile(r"[*^\r\n]")


def unescape(text: str) -> str:
    """A field as it was meant. `^00^` and codes without a character stay as they stand: no text may hold a NUL."""
    return _ESCAPE.sub(_character, text) if "^" in text else text


def escape(text: str) -> str:
    """A field as it must be written so that it cannot be taken for a separator."""
    return _SPECIAL.sub(lambda match: f"^{ord(match[0]):02X}^", text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return bytes([code]).decode("cp1252", "ignore") or match[0] if code else match[0]
