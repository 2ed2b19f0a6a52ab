"""Values: dataclasses that share their methods; the type checker keeps anybody from altering them."""

from dataclasses import field, fields, replace

import pytest
from pydantic import TypeAdapter

from chalicelib.kit.values import value


@value
class Point:
    """Somewhere."""

    x: int
    y: int = 0
    note: str = field(default="", compare=False, repr=False)


@value(kw_only=True)
class Named(Point):
    """Somewhere with a name."""

    name: str


def test_values_with_the_same_facts_are_the_same() -> None:
    assert Point(1, 2, note="a") == Point(1, 2, note="b")
    assert Point(1, 2) != Point(2, 1)
    assert len({Point(1), Point(1, 0), Point(2)}) == 2


def test_a_value_of_another_class_is_another_value() -> None:
    assert Point(1, 2) != Named(1, 2, name="")
    assert Point(1, 2) != (1, 2)


def test_a_value_shows_its_facts() -> None:
    assert repr(Named(1, name="depot", note="aside")) == "Named(x=1, y=0, name='depot')"


def test_a_value_that_holds_a_list_has_no_hash() -> None:
    @value
    class Held:
        things: list[int]

    assert Held([1]) == Held([1])
    with pytest.raises(TypeError, match="unhashable"):
        hash(Held([1]))


def test_own_methods_stay() -> None:
    @value
    class Secret:
        text: str

        def __repr__(self) -> str:
            return "Secret(...)"

    assert repr(Secret("x")) == "Secret(...)"
    assert Secret("x") == Secret("x")


def test_a_value_is_a_dataclass_to_everybody_else() -> None:
    assert [one.name for one in fields(Named)] == ["x", "y", "note", "name"]
    assert replace(Point(1), y=3) == Point(1, 3)
    assert TypeAdapter(list[Point]).validate_json('[{"x": 1, "y": 2}]') == [Point(1, 2)]
