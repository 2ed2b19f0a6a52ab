"""What proves a read whole: G85, SE, the control numbers, and the verdict that follows (telemetry.md §2)."""

import re
import struct
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.telemetry.dex.frame import Frame
from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.lines import Line
from chalicelib.telemetry.dex.models import Record, Status, Verdict

_POLYNOMIAL: Final = 0xA001
_HEX4: Final = re.compile(r"[0-9A-Fa-f]{4}")
_MAX_COUNT: Final = 2**31 - 1
_LEVEL: Final = re.compile(r"V([0-9]+)/([0-9]+)")


def _table() -> tuple[int, ...]:
    entries = []
    for entry in range(256):
        crc = entry
        for _ in range(8):
            crc = crc >> 1 ^ (_POLYNOMIAL if crc & 1 else 0)
        entries.append(crc)
    return tuple(entries)


_LOW: Final = _table()
# The CRC is linear, so two bytes can be taken at once: the low byte is shifted through the register one step further.
_HIGH: Final = _LOW
_FIRST: Final = tuple(crc >> 8 ^ _LOW[crc & 0xFF] for crc in _LOW)


def crc16(block: bytes) -> int:
    """CRC-16 with polynomial x^16+x^15+x^2+1, reflected, start 0: the checksum of G85 [EVA-DTS 2.4.3]."""
    crc = 0
    pairs = len(block) // 2
    for word in struct.unpack(f"<{pairs}H", block[: pairs * 2]):
        mixed = crc ^ word
        crc = _FIRST[mixed & 0xFF] ^ _HIGH[mixed >> 8]
    if len(block) % 2:
        crc = crc >> 8 ^ _LOW[(crc ^ block[-1]) & 0xFF]
    return crc


@dataclass(frozen=True, slots=True, kw_only=True)
class Integrity:
    """`crc_ok` and `se_ok` are None when the machine sent nothing to compare with."""

    crc_expected: str | None = None
    crc_actual: str | None = None
    crc_ok: bool | None = None
    crc_swapped: bool = False
    se_expected: int | None = None
    se_actual: int | None = None
    se_ok: bool | None = None


def check_integrity(frame: Frame, records: tuple[Record, ...], findings: Findings) -> Integrity:
    """DX-006, DX-008, DX-009, DX-010 and the count of sets, over the lines as they stood in the file."""
    by_type = {record.record_type: record for record in reversed(records)}
    start = next((at for at, line in enumerate(frame.body) if line.raw.startswith("ST*")), None)
    if start != 0:
        line_no = frame.body[0].line_no if frame.body else frame.last_line_no
        findings.add(Code.NO_ST, "No ST record opens the set.", line_no=line_no)
    _check_controls(by_type, frame.set_count, findings)
    checksum = _checksum(frame, start, by_type, findings)
    return _with_count(checksum, frame, start, by_type.get("SE"), findings)


def verdict_of(status: Status, integrity: Integrity) -> Verdict:
    """A bad G85 quarantines; a good one outweighs SE; without G85, SE has to be there and right."""
    if status is Status.REJECTED:
        return Verdict.REJECTED
    proof = integrity.se_ok if integrity.crc_ok is None else integrity.crc_ok
    return Verdict.ACCEPTED if proof else Verdict.QUARANTINED


def _checksum(frame: Frame, start: int | None, by_type: dict[str, Record], findings: Findings) -> Integrity:
    record = by_type.get("G85")
    sent = (record.text(1) or "").strip() if record else ""
    if record is None or not sent:
        findings.add(Code.NO_G85, "The set has no checksum (G85).", line_no=frame.last_line_no)
        return Integrity()
    end = next(at for at, line in enumerate(frame.body) if line.line_no == record.line_no)
    expected = sent.upper() if _HEX4.fullmatch(sent) else None
    actual = f"{_crc_of(frame.body[start:end]):04X}" if start is not None and start < end else None
    swapped = actual is not None and actual[2:] + actual[:2] == expected != actual and _may_swap(by_type.get("DXS"))
    if actual is None:
        return Integrity(crc_expected=expected)
    is_ok = actual == expected or swapped
    if not is_ok:
        message = f"The checksum is {actual}, but G85 says {sent[:8]}: the read is kept, nothing may be booked from it."
        findings.add(Code.CRC_MISMATCH, message, line_no=record.line_no, field_no=1, record_type="G85")
    return Integrity(crc_expected=expected, crc_actual=actual, crc_ok=is_ok, crc_swapped=swapped)


def _crc_of(lines: tuple[Line, ...]) -> int:
    return crc16("".join(f"{line.raw}\r\n" for line in lines).encode())


def _may_swap(dxs: Record | None) -> bool:
    """Before level 6.0 (`V1/1`, `VEND2`, `V0/5`) some equipment sends the low byte first; later none may."""
    level = (dxs.text(3) or "").strip() if dxs else ""
    match = _LEVEL.fullmatch(level)
    if match and int(match[1]) == 0:
        return int(match[2]) < 6
    return bool(level)


def _with_count(
    checksum: Integrity, frame: Frame, start: int | None, se: Record | None, findings: Findings
) -> Integrity:
    if se is None:
        findings.add(Code.NO_SE, "No SE record closes the set.", line_no=frame.last_line_no)
    end = next((at for at, line in enumerate(frame.body) if se and line.line_no == se.line_no), None)
    actual = end - start + 1 if start is not None and end is not None and end > start else None
    expected = se.number("record_count") if se else None
    is_ok = actual == expected if actual is not None and expected is not None else None
    if se and is_ok is False:
        message = f"SE counts {expected} records; the set has {actual}."
        findings.add(Code.SE_COUNT, message, line_no=se.line_no, field_no=1, record_type="SE")
    # A count that no integer column holds is wrong in any case; the issue shows it, the read does not carry it.
    counted = expected if expected is None or expected <= _MAX_COUNT else None
    return replace(checksum, se_expected=counted, se_actual=actual, se_ok=is_ok)


def _check_controls(by_type: dict[str, Record], set_count: int, findings: Findings) -> None:
    for opener, opener_field, closer, closer_field in (("ST", 2, "SE", 2), ("DXS", 4, "DXE", 1)):
        first, last = by_type.get(opener), by_type.get(closer)
        opened, closed = first and first.text(opener_field), last and last.text(closer_field)
        if last and opened and closed and opened.strip().lstrip("0") != closed.strip().lstrip("0"):
            message = f"{opener} has the control number {opened[:20]}, {closer} has {closed[:20]}."
            findings.add(Code.CONTROL_NO, message, line_no=last.line_no, field_no=closer_field, record_type=closer)
    dxe = by_type.get("DXE")
    announced = dxe.number("set_count") if dxe else None
    # A set without ST is already reported as such, so no count is held against it.
    if dxe and announced is not None and set_count and announced != set_count:
        message = f"DXE announces {announced} sets; the transmission has {set_count}."
        findings.add(Code.SET_COUNT, message, line_no=dxe.line_no, field_no=2, record_type="DXE")
