"""A function's share of our code, found without running anything: of every module the statements that it comes to.

A module reads best with everything of its kind in it, but a function that held all of it would import for each of its
neighbours, and would change with each of them. Only statements that bind a name (imports, functions, classes,
assignments) are left out, and only where nothing that stays uses the name. A module that is used as a thing, and not
only for its attributes, stays whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from tools.package.statements import Module, Statement

OURS: Final = "chalicelib"

Place = tuple[str, str]
"""A module, and a name at its top."""

NOTHING: Final = ""
EVERYTHING: Final = "*"


@dataclass(frozen=True)
class Source:
    """A tree of our code; `root` is the folder that holds `chalicelib`."""

    root: Path
    _modules: dict[str, Module] = field(default_factory=dict, repr=False, compare=False)
    _uses: dict[Statement, tuple[Place, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def files(self) -> dict[str, Path]:
        """Each module of ours with its file; a package's is its `__init__.py`."""
        found = {}
        for path in sorted((self.root / OURS).rglob("*.py")):
            parts = path.relative_to(self.root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return found

    def module(self, name: str) -> Module:
        """A module, read once. Raises `KeyError` for one that is not ours."""
        if name not in self._modules:
            self._modules[name] = Module(self.files[name].read_text())
        return self._modules[name]

    def sliced(self, places: Iterable[Place]) -> dict[str, str]:
        """The sources of all modules that these places come to, each cut down to what is used of it.

        Raises `KeyError` for a place that is not there.
        """
        wanted = list(places)
        for module, name in wanted:
            if name not in self.module(module).binders:
                raise KeyError(f"{module}.{name}")
        return _Slice(self).of(wanted)

    def uses(self, module: str, statement: Statement) -> tuple[Place, ...]:
        """What a statement may ask for, of its own module and of others."""
        if statement not in self._uses:
            self._uses[statement] = tuple(dict.fromkeys(self._used(module, statement)))
        return self._uses[statement]

    def _used(self, module: str, statement: Statement) -> Iterator[Place]:
        for word in statement.words:
            yield module, word
        for whole in statement.modules:
            yield whole, NOTHING
        inside = {} if statement.is_import else statement.imported
        for meant in inside.values():
            yield self.imported_as(meant)
        known = {**self.module(module).imported, **inside}
        for dotted in statement.asked:
            first, _, rest = dotted.partition(".")
            yield module, first
            if first in known:
                yield from self._asked_of(known[first], rest.split(".") if rest else [])

    def imported_as(self, dotted: str) -> Place:
        """What an import of this name needs: a name in a module, or a module, for nothing in particular yet."""
        module, _, name = dotted.rpartition(".")
        around = self.module(module) if module in self.files else None
        hides = around is not None and name in around.binders and around.imported.get(name) != dotted
        return (dotted, NOTHING) if dotted in self.files and not hides else (module, name)

    def _asked_of(self, meant: str, attributes: list[str]) -> Iterator[Place]:
        """What attributes of something imported ask for, of each module of ours that they go through."""
        module, name = self.imported_as(meant)
        if module in self.files:
            yield from self._through(module, [name, *attributes] if name else attributes)

    def _through(self, module: str, attributes: list[str]) -> Iterator[Place]:
        first, rest = (attributes[0], attributes[1:]) if attributes else (EVERYTHING, [])
        yield module, first
        if first in self.module(module).imported:
            yield from self._asked_of(self.module(module).imported[first], rest)
        elif first not in self.module(module).binders and f"{module}.{first}" in self.files:
            yield from self._through(f"{module}.{first}", rest)


@dataclass(frozen=True)
class _Slice:
    """One share in the making."""

    source: Source
    _kept: dict[str, set[Statement]] = field(default_factory=dict)
    _used: dict[str, set[str]] = field(default_factory=dict)
    _waiting: list[Place] = field(default_factory=list)

    def of(self, places: Iterable[Place]) -> dict[str, str]:
        self._waiting.extend(places)
        seen = set[Place]()
        while self._waiting:
            place = self._waiting.pop()
            if place not in seen and place[0] in self.source.files:
                seen.add(place)
                self._want(*place)
        return {
            name: self.source.module(name).written(self._kept[name], self._used[name]) for name in sorted(self._kept)
        }

    def _want(self, name: str, attribute: str) -> None:
        self._load(name)
        module = self.source.module(name)
        for wanted in module.binders if attribute == EVERYTHING else [attribute]:
            for statement in module.binders.get(wanted, ()):
                self._used[name].add(wanted)
                if statement.is_import:
                    self._waiting.append(self.source.imported_as(module.imported[wanted]))
                self._keep(name, statement)

    def _load(self, name: str) -> None:
        """Have a module and the packages around it, with what they do when they are imported."""
        if name in self._kept:
            return
        self._kept[name], self._used[name] = set(), set()
        if around := name.rpartition(".")[0]:
            self._load(around)
        for statement in self.source.module(name).statements:
            if not statement.may_go:
                self._keep(name, statement)

    def _keep(self, name: str, statement: Statement) -> None:
        if statement not in self._kept[name]:
            self._kept[name].add(statement)
            self._waiting.extend(self.source.uses(name, statement))
