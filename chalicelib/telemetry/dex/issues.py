"""What can be wrong in a read: the codes, their rules and how serious each is.

The numbers are those of the specification (dex.md §5). Codes without a number there say what telemetry.md asks for,
or guard the parser itself against hostile files.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(StrEnum):
    FILE_SIZE = "FILE_SIZE"
    ENCODING = "ENCODING"
    NO_DXS = "NO_DXS"
    NO_DXE = "NO_DXE"
    TEXT_BEFORE_DXS = "TEXT_BEFORE_DXS"
    NO_ST = "NO_ST"
    NO_SE = "NO_SE"
    NO_G85 = "NO_G85"
    BAD_RECORD = "BAD_RECORD"
    TOO_MANY_BAD_RECORDS = "TOO_MANY_BAD_RECORDS"
    TOO_MANY_RECORDS = "TOO_MANY_RECORDS"
    TOO_MANY_READS = "TOO_MANY_READS"
    LINE_TOO_LONG = "LINE_TOO_LONG"
    CRC_MISMATCH = "CRC_MISMATCH"
    SE_COUNT = "SE_COUNT"
    SET_COUNT = "SET_COUNT"
    CONTROL_NO = "CONTROL_NO"
    DECIMAL_PLACES = "DECIMAL_PLACES"
    BAD_SELECTION = "BAD_SELECTION"
    DUP_SELECTION = "DUP_SELECTION"
    REPEATED_RECORD = "REPEATED_RECORD"
    ORPHAN_PA = "ORPHAN_PA"
    UNKNOWN_SELECTION = "UNKNOWN_SELECTION"
    BAD_NUMBER = "BAD_NUMBER"
    BAD_DATE = "BAD_DATE"
    ROUNDED_MONEY = "ROUNDED_MONEY"
    TOTAL_DIFF = "TOTAL_DIFF"
    PAYMENT_DIFF = "PAYMENT_DIFF"
    DEVICE_DIFF = "DEVICE_DIFF"
    CLOCK_SUSPECT = "CLOCK_SUSPECT"
    CASH_IDENTITY = "CASH_IDENTITY"
    TUBE_IDENTITY = "TUBE_IDENTITY"
    UNKNOWN_RECORD = "UNKNOWN_RECORD"
    NO_PRODUCTS = "NO_PRODUCTS"
    COUNTER_ORDER = "COUNTER_ORDER"
    ISSUES_CUT = "ISSUES_CUT"


class Rule(NamedTuple):
    """Which rule a code belongs to (None: not numbered in the specification), and what it does to the read."""

    number: str | None
    severity: Severity
    rejects: bool = False


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: Final[dict[Code, Rule]] = {
    Code.FILE_SIZE: Rule("DX-001", _ERROR, rejects=True),
    Code.ENCODING: Rule("DX-002", _ERROR, rejects=True),
    Code.NO_DXS: Rule("DX-004", _ERROR, rejects=True),
    Code.NO_DXE: Rule("DX-005", _ERROR, rejects=True),
    Code.TEXT_BEFORE_DXS: Rule(None, _WARNING),
    Code.NO_ST: Rule("DX-006", _WARNING),
    Code.NO_SE: Rule("DX-006", _WARNING),
    Code.NO_G85: Rule("DX-006", _WARNING),
    Code.BAD_RECORD: Rule("DX-007", _ERROR),
    Code.TOO_MANY_BAD_RECORDS: Rule("DX-007", _ERROR, rejects=True),
    Code.TOO_MANY_RECORDS: Rule("DX-001", _ERROR, rejects=True),
    Code.TOO_MANY_READS: Rule("DX-001", _ERROR, rejects=True),
    Code.LINE_TOO_LONG: Rule("DX-001", _ERROR, rejects=True),
    Code.CRC_MISMATCH: Rule("DX-008", _WARNING),
    Code.SE_COUNT: Rule("DX-009", _WARNING),
    Code.SET_COUNT: Rule(None, _WARNING),
    Code.CONTROL_NO: Rule("DX-010", _WARNING),
    Code.DECIMAL_PLACES: Rule("DX-011", _INFO),
    Code.BAD_SELECTION: Rule("DX-012", _ERROR),
    Code.DUP_SELECTION: Rule("DX-012", _ERROR),
    Code.REPEATED_RECORD: Rule(None, _WARNING),
    Code.ORPHAN_PA: Rule("DX-013", _WARNING),
    Code.UNKNOWN_SELECTION: Rule("DX-014", _WARNING),
    Code.BAD_NUMBER: Rule("DX-015", _WARNING),
    Code.BAD_DATE: Rule(None, _INFO),
    Code.ROUNDED_MONEY: Rule(None, _INFO),
    Code.TOTAL_DIFF: Rule("DX-016", _INFO),
    Code.PAYMENT_DIFF: Rule("DX-017", _INFO),
    Code.DEVICE_DIFF: Rule(None, _INFO),
    Code.CLOCK_SUSPECT: Rule("DX-018", _INFO),
    Code.CASH_IDENTITY: Rule("DX-019", _INFO),
    Code.TUBE_IDENTITY: Rule(None, _INFO),
    Code.UNKNOWN_RECORD: Rule("DX-020", _INFO),
    Code.NO_PRODUCTS: Rule("DX-021", _WARNING),
    Code.COUNTER_ORDER: Rule("DX-022", _WARNING),
    Code.ISSUES_CUT: Rule(None, _INFO),
}


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing found in a file; `line_no` is the physical line from 1, `field_no` 0 means the whole record."""

    line_no: int
    field_no: int
    record_type: str
    severity: Severity
    code: Code
    message: str

    @property
    def rule(self) -> str | None:
        return RULES[self.code].number


MAX_ISSUES: Final = 500


@dataclass(slots=True)
class Findings:
    """Gathers the issues of one read; a file with thousands of faults is described by its first ones."""

    issues: list[Issue] = field(default_factory=list)
    unreported: int = 0

    def add(self, code: Code, message: str, *, line_no: int, field_no: int = 0, record_type: str = "") -> None:
        rule = RULES[code]
        if len(self.issues) >= MAX_ISSUES and not rule.rejects:
            self.unreported += 1
            return
        self.issues.append(Issue(line_no, field_no, record_type, rule.severity, code, message))

    def ordered(self) -> tuple[Issue, ...]:
        """The issues by line and field, with a closing note when some were left out."""
        ordered = sorted(self.issues, key=lambda issue: (issue.line_no, issue.field_no))
        if self.unreported:
            text = f"{self.unreported} more issues are not listed."
            ordered.append(Issue(ordered[-1].line_no, 0, "", _INFO, Code.ISSUES_CUT, text))
        return tuple(ordered)
