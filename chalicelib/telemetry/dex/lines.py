"""From bytes to numbered lines, and the hash by which the same content is known again."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from chalicelib.telemetry.dex.issues import Code, Findings

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_RECORDS: Final = 20_000
MAX_LINE: Final = 4_096
MAX_READS: Final = 500

_BOM: Final = b"\xef\xbb\xbf"
_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_LINE_END_BYTES: Final = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may measure. The defaults are far above any machine: real reads have 64 to 545 lines."""

    max_bytes: int = MAX_BYTES
    max_records: int = MAX_RECORDS
    max_line: int = MAX_LINE
    max_reads: int = MAX_READS


class Line(NamedTuple):
    """A line that is not blank, with its physical number from 1 and its blanks kept: the checksum counts them."""

    line_no: int
    raw: str


def read_lines(content: bytes, limits: Limits, findings: Findings) -> list[Line] | None:
    """Decode and split a file at CRLF, LF or CR; None, with the reason among the findings, when it cannot be read."""
    if not 1 <= len(content) <= limits.max_bytes:
        text = f"The file has {len(content)} bytes; 1 to {limits.max_bytes} are allowed."
        findings.add(Code.FILE_SIZE, text, line_no=1)
        return None
    text_or_none = _decode(content.removeprefix(_BOM), findings)
    if text_or_none is None:
        return None
    lines = [Line(no, raw) for no, raw in enumerate(_LINE_END.split(text_or_none), start=1) if raw.strip()]
    return lines if _within(lines, limits, findings) else None


def content_hash(content: bytes) -> bytes:
    """SHA-256 of the lines joined by CRLF: one content has one hash, whatever line ends it was stored with."""
    lines = (line for line in _LINE_END_BYTES.split(content.removeprefix(_BOM)) if line.strip())
    return hashlib.sha256(b"\r\n".join(lines)).digest()


def hash_of(lines: Iterable[Line]) -> bytes:
    """The same hash for the lines of one read; for a file of one read it equals `content_hash`."""
    return hashlib.sha256("\r\n".join(line.raw for line in lines).encode()).digest()


def _decode(content: bytes, findings: Findings) -> str | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        _report_encoding(content, error.start, findings)
        return None
    if (at := content.find(b"\0")) >= 0:
        _report_encoding(content, at, findings)
        return None
    return text


def _report_encoding(content: bytes, at: int, findings: Findings) -> None:
    line_no = len(_LINE_END_BYTES.findall(content, 0, at)) + 1
    message = f"Byte {content[at]:02X} is neither ASCII nor UTF-8 text."
    findings.add(Code.ENCODING, message, line_no=line_no)


def _within(lines: list[Line], limits: Limits, findings: Findings) -> bool:
    if len(lines) > limits.max_records:
        message = f"The file has {len(lines)} records; {limits.max_records} are allowed."
        findings.add(Code.TOO_MANY_RECORDS, message, line_no=lines[limits.max_records].line_no)
        return False
    longest = max(lines, key=lambda line: len(line.raw), default=Line(1, ""))
    if len(longest.raw) > limits.max_line:
        message = f"The line has {len(longest.raw)} characters; {limits.max_line} are allowed."
        findings.add(Code.LINE_TOO_LONG, message, line_no=longest.line_no)
        return False
    return True
