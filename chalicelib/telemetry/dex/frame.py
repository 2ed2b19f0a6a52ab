"""Cuts a file into its machine reads: DXS..DXE transmissions, several in a row, each with one or more ST..SE sets."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from chalicelib.telemetry.dex.issues import Code, Findings
from chalicelib.telemetry.dex.lines import Line

# A stray text before DXS has none of these; a transmission that lost its DXS has at least one.
_ENVELOPE: Final = frozenset({"ST", "G85", "SE", "DXE"})


def record_id(line: Line) -> str:
    """What stands before the first asterisk; nothing when there is none, for then the line may be cut off."""
    before, star, _ = line.raw.partition("*")
    return before if star else ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One transmission or, after `per_set`, one set of it. `body` is what stands between DXS and DXE."""

    stray: tuple[Line, ...]
    dxs: Line | None
    body: tuple[Line, ...]
    dxe: Line | None
    last_line_no: int
    first_line_no: int
    set_count: int = 1

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the frame, in order."""
        head = (*self.stray, self.dxs) if self.dxs else self.stray
        return (*head, *self.body, self.dxe) if self.dxe else (*head, *self.body)


def frames(lines: list[Line]) -> list[Frame]:
    """The reads of a file in order. Lines that no DXS opens become a frame without one, which the rules then reject."""
    found: list[Frame] = []
    stray: tuple[Line, ...] = ()
    for chunk in _chunks(lines):
        if record_id(chunk[0]) != "DXS" and not any(record_id(line) in _ENVELOPE for line in chunk):
            stray = tuple(chunk)
            continue
        found.extend(_per_set(_frame(stray, chunk, first_line_no=chunk[0].line_no if found else 1)))
        stray = ()
    if stray and found:
        found[-1] = _with_tail(found[-1], stray)
    elif stray:
        found.append(_frame((), list(stray), first_line_no=1))
    return found


def check_frame(frame: Frame, findings: Findings) -> None:
    """DX-004, DX-005 and the count of sets."""
    if frame.dxs is None:
        findings.add(Code.NO_DXS, "The file must start with a DXS record.", line_no=frame.first_line_no)
    elif frame.stray:
        message = "Text stands before the DXS record; it is kept."
        findings.add(Code.TEXT_BEFORE_DXS, message, line_no=frame.stray[0].line_no)
    if frame.dxe is None:
        message = "The file must end with a DXE record; it seems to be cut off."
        findings.add(Code.NO_DXE, message, line_no=frame.last_line_no)


def _chunks(lines: list[Line]) -> list[list[Line]]:
    """Runs of lines: a DXS opens one, a DXE closes one."""
    chunks: list[list[Line]] = []
    is_open = False
    for line in lines:
        if not is_open or line.raw.startswith("DXS*"):
            chunks.append([])
        chunks[-1].append(line)
        is_open = not line.raw.startswith("DXE*")
    return chunks


def _frame(stray: tuple[Line, ...], chunk: list[Line], *, first_line_no: int) -> Frame:
    dxs = chunk[0] if record_id(chunk[0]) == "DXS" else None
    dxe = chunk[-1] if record_id(chunk[-1]) == "DXE" else None
    body = tuple(chunk[1 if dxs else 0 : -1 if dxe else len(chunk)])
    return Frame(stray, dxs, body, dxe, chunk[-1].line_no, first_line_no)


def _with_tail(frame: Frame, tail: tuple[Line, ...]) -> Frame:
    """A file whose last record is not DXE is not complete, although a DXE stands before the tail."""
    dxe = (frame.dxe,) if frame.dxe else ()
    return replace(frame, body=(*frame.body, *dxe, *tail), dxe=None, last_line_no=tail[-1].line_no)


def _per_set(frame: Frame) -> list[Frame]:
    """One frame for each ST..SE set of a transmission; the DXS and DXE belong to each of them."""
    starts = [at for at, line in enumerate(frame.body) if line.raw.startswith("ST*")]
    if len(starts) < 2:
        return [replace(frame, set_count=len(starts))]
    cuts = [0, *starts[1:], len(frame.body)]
    bodies = [frame.body[begin:end] for begin, end in pairwise(cuts)]
    first, *others = (replace(frame, body=body, set_count=len(starts)) for body in bodies)
    return [first, *(replace(other, stray=()) for other in others)]
