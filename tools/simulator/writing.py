"""Puts the lines of a read into their envelope, with the checksum and the count as the dialect writes them."""

from collections.abc import Sequence

from chalicelib.telemetry.dex import line_of
from chalicelib.telemetry.dex.integrity import crc16
from tools.simulator.dialects import Checksum, Dialect


def transmission(dialect: Dialect, comm_id: str, rows: Sequence[str]) -> bytes:
    """A whole file. The checksum is always over CRLF, whatever line ends the file is stored with."""
    lines = ["ST*001*0001", *rows]
    if dialect.checksum is not Checksum.NONE:
        lines.append(f"G85*{_checksum(lines, dialect.checksum)}")
    lines.append(f"SE*{len(lines) + 1 + dialect.se_error}*0001")
    envelope = line_of(("DXS", comm_id, dialect.functional_id, dialect.level, "1"))
    stray = [dialect.stray] if dialect.stray else []
    return "".join(f"{line}{dialect.line_end}" for line in (*stray, envelope, *lines, "DXE*1*1")).encode()


def _checksum(lines: Sequence[str], order: Checksum) -> str:
    block = "".join(f"{line}\r\n" for line in lines)
    crc = f"{crc16(block.encode()):04X}"
    return crc[2:] + crc[:2] if order is Checksum.LOW_FIRST else crc
