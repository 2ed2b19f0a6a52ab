"""Values: frozen dataclasses that are cheap to make, as a class and as an instance."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, dataclass_transform, overload

Declared = TypeVar("Declared")


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(declared: type[Declared], /) -> type[Declared]: ...


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(*, kw_only: bool = False) -> Callable[[type[Declared]], type[Declared]]: ...


def value(
    declared: type[Declared] | None = None, /, *, kw_only: bool = False
) -> type[Declared] | Callable[[type[Declared]], type[Declared]]:
    """Make a class a value: a dataclass that is never altered, compared and shown by its fields.

    The type checker holds it to be frozen. At run time nothing does, and the methods to compare and show are shared
    and not written for each class: with hundreds of classes that is three quarters of what importing them takes, and
    a cold start imports them all. Instances are made in half the time, too.
    """

    def declare(one: type[Declared]) -> type[Declared]:
        made = dataclass(one, eq=False, repr=False, kw_only=kw_only)
        for method in (__eq__, __hash__, __repr__):
            if method.__name__ not in vars(one):
                setattr(made, method.__name__, method)
        return made

    return declare if declared is None else declare(declared)


def _facts(one: Any) -> tuple[Any, ...]:  # Any: an instance of any such class
    return tuple(getattr(one, name) for name, known in one.__dataclass_fields__.items() if known.compare)


def __eq__(self: object, other: object) -> bool:  # noqa: N807 - becomes a method
    return _facts(self) == _facts(other) if other.__class__ is self.__class__ else NotImplemented


def __hash__(self: object) -> int:  # noqa: N807 - becomes a method
    return hash(_facts(self))


def __repr__(self: Any) -> str:  # noqa: N807 - becomes a method; Any: an instance of any such class
    shown = (f"{name}={getattr(self, name)!r}" for name, known in self.__dataclass_fields__.items() if known.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"
