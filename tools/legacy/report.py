"""What an import did: every issue by name, the counts of each table, and how they are shown."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Literal

_LONGEST_VALUE: Final = 200


class Severity(StrEnum):
    """error: a row or table that was left out; warning: a value that was repaired; info: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Issue:
    """One value or row of the file that was not taken over as it stood."""

    table: str
    legacy_id: str | None
    column: str | None
    severity: Severity
    code: str
    old: str | None
    new: str | None


class Issues:
    """All issues of a run, in the order in which they were found."""

    def __init__(self) -> None:
        self.all: list[Issue] = []
        self._seen: set[Issue] = set()

    def add(
        self,
        severity: Severity | Literal["error", "warning", "info"],
        code: str,
        table: str,
        legacy_id: object = None,
        *,
        column: str | None = None,
        old: object = None,
        new: object = None,
    ) -> None:
        """Note an issue; a column that is read twice is noted once."""
        key = None if legacy_id is None else str(legacy_id)
        issue = Issue(table, key, column, Severity(severity), code, _shown(old), _shown(new))
        if issue not in self._seen:
            self._seen.add(issue)
            self.all.append(issue)

    def counts(self) -> dict[tuple[Severity, str], int]:
        found = Counter((issue.severity, issue.code) for issue in self.all)
        order = list(Severity)
        return dict(sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])))

    def of(self, code: str) -> list[Issue]:
        return [issue for issue in self.all if issue.code == code]

    def rows_with(self, severity: Severity) -> Counter[str]:
        """How many rows of each table have an issue of this severity."""
        rows = {
            (issue.table, issue.legacy_id or index)
            for index, issue in enumerate(self.all)
            if issue.severity is severity
        }
        return Counter(table for table, _ in rows)


def _shown(value: object) -> str | None:
    if value is None:
        return None
    written = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return written.replace("\0", "\N{SYMBOL FOR NULL}").encode("utf-8", "replace").decode()[:_LONGEST_VALUE]


@dataclass
class Counts:
    """The rows of one legacy table."""

    read: int = 0
    converted: int = 0
    skipped: int = 0


@dataclass
class Report:
    """The whole outcome, as text for a person and as JSON for a program."""

    file: str
    sha256: str
    generation: int
    issues: Issues
    tables: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    written: dict[str, tuple[int, int]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)  # Any: what json.dumps takes.
    outcome: str = ""
    seconds: float = 0.0

    def as_dict(self) -> dict[str, object]:
        repaired = self.issues.rows_with(Severity.WARNING)
        rejected = self.issues.rows_with(Severity.ERROR)
        return {
            "file": self.file,
            "sha256": self.sha256,
            "generation": self.generation,
            "outcome": self.outcome,
            "seconds": round(self.seconds, 3),
            "facts": self.facts,
            "tables": {
                name: {
                    "read": counts.read,
                    "converted": counts.converted,
                    "repaired": repaired[name],
                    "rejected": rejected[name],
                    "skipped": counts.skipped,
                }
                for name, counts in self.tables.items()
            },
            "written": {table: {"inserted": new, "updated": old} for table, (new, old) in self.written.items()},
            "issues": [
                {"code": code, "severity": severity.value, "count": count}
                for (severity, code), count in self.issues.counts().items()
            ],
        }

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(self.as_dict(), indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")

    def lines(self) -> list[str]:
        """The report for a terminal."""
        if not self.tables:
            return [self.outcome]
        repaired = self.issues.rows_with(Severity.WARNING)
        rejected = self.issues.rows_with(Severity.ERROR)
        lines = [f"{self.file}: generation {self.generation}, sha256 {self.sha256}", ""]
        lines.append(f"{'legacy table':32}{'read':>9}{'converted':>11}{'repaired':>10}{'rejected':>10}{'skipped':>9}")
        for name, counts in self.tables.items():
            lines.append(
                f"{name:32}{counts.read:>9}{counts.converted:>11}{repaired[name]:>10}{rejected[name]:>10}{counts.skipped:>9}"
            )
        lines += ["", f"{'target table':32}{'inserted':>9}{'updated':>11}"]
        lines += [f"{table:32}{new:>9}{changed:>11}" for table, (new, changed) in self.written.items()]
        lines += ["", "issues" if self.issues.all else "no issues"]
        lines += [
            f"  {severity.value:8}{code:32}{count:>9}" for (severity, code), count in self.issues.counts().items()
        ]
        lines += ["", *(f"{name}: {value}" for name, value in self.facts.items())]
        return [*lines, "", f"{self.outcome} ({self.seconds:.1f} s)"]
