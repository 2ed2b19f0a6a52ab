"""What a page does, as its file in `scripts/` tells it: its calls in order, and what it reads of each answer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.pages.reading import value_at

FOLDER = Path(__file__).parent / "scripts"


@dataclass(frozen=True)
class Step:
    """One call of a page."""

    call: str
    by: frozenset[str]
    status: int = 200
    body: Any = None
    form: Mapping[str, str] | None = None
    reads: Mapping[str, Any] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    """Names for values of this answer, which later steps may use."""
    file: str | None = None
    """The kind of a file that the browser saves, where the answer is one."""
    why: str = ""

    @property
    def method(self) -> str:
        return self.call.split(" ", 1)[0]

    @property
    def path(self) -> str:
        return self.call.split(" ", 1)[1]


@dataclass(frozen=True)
class Script:
    """A page, the roles that use it, and its steps."""

    page: str
    files: tuple[str, ...]
    """Whose calls these are, as docs/spec/contract.yaml names them in `used_by`."""
    roles: tuple[str, ...]
    steps: tuple[Step, ...]

    def of(self, role: str) -> Iterator[Step]:
        """Yield the steps that the page offers to a role."""
        return (step for step in self.steps if role in step.by)


def scripts() -> Mapping[str, Script]:
    """Every page, by the name of its file."""
    return {file.stem: _script(file) for file in sorted(FOLDER.glob("*.yaml"))}


def _script(file: Path) -> Script:
    told = yaml.safe_load(file.read_text())
    roles = tuple(told["roles"])
    return Script(told["page"], tuple(told["files"]), roles, tuple(_step(one, roles) for one in told["steps"]))


def _step(told: Mapping[str, Any], roles: tuple[str, ...]) -> Step:
    return Step(**{**told, "by": frozenset(told.get("by", roles))})


class Names:
    """What the steps call by name: `$device` stands for the value, `${device}` stands inside of a text."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._known = dict(known)

    def keep(self, wanted: Mapping[str, str], answer: Any) -> None:
        self._known |= {name: value_at(answer, path) for name, path in wanted.items()}

    def filled(self, told: Any) -> Any:
        """Return what was told with each name in it replaced."""
        if isinstance(told, dict):
            return {self.filled(key): self.filled(value) for key, value in told.items()}
        if isinstance(told, list):
            return [self.filled(one) for one in told]
        if not isinstance(told, str):
            return told
        if told.startswith("$") and told[1:] in self._known:
            return self._known[told[1:]]
        return re.sub(r"\$\{(\w+)\}", lambda found: str(self._known[found[1]]), told)
