"""Writes records and reads back as files. What `compose` writes, `parse` reads as the same fields."""

from collections.abc import Iterable, Sequence

from chalicelib.telemetry.dex.escapes import escape
from chalicelib.telemetry.dex.integrity import crc16
from chalicelib.telemetry.dex.models import Read

Row = Sequence[str]


def serialise(reads: Iterable[Read]) -> bytes:
    """The file that these reads came from, byte for byte but for line ends, so that G85 still holds.

    Blank lines and lines that are no records (DX-007) are left out.
    """
    lines = {record.line_no: record.raw for read in reads for record in read.records}
    return "".join(f"{lines[line_no]}\r\n" for line_no in sorted(lines)).encode()


def line_of(row: Row) -> str:
    """One record as a line: the id, then its fields, escaped."""
    return "*".join((row[0], *map(escape, row[1:])))


def compose(dxs: Row, sets: Iterable[Iterable[Row]]) -> bytes:
    """A whole transmission: `sets` hold the rows between ST and G85; the envelope and its checks are computed."""
    bodies = [_set(rows, number) for number, rows in enumerate(sets, start=1)]
    control = dxs[4] if len(dxs) > 4 else "1"
    return b"".join((_line(dxs), *bodies, _line(("DXE", control, str(len(bodies))))))


def _set(rows: Iterable[Row], number: int) -> bytes:
    control = f"{number:04}"
    lines = [_line(("ST", "001", control)), *map(_line, rows)]
    block = b"".join(lines)
    return b"".join((block, _line(("G85", f"{crc16(block):04X}")), _line(("SE", str(len(lines) + 2), control))))


def _line(row: Row) -> bytes:
    return f"{line_of(row)}\r\n".encode()
