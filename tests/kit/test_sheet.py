"""CSV: what a cell may do to the spreadsheet that opens it, and what becomes of the values of JSON."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.kit.errors import TooManyRows
from chalicelib.kit.models import Camel
from chalicelib.kit.sheet import BEGINS_A_FORMULA, MOST_BYTES, Sheet, Writer


class Line(Camel):
    product_name: str
    units: int


class Told(Camel):
    lines: list[Line]


def written(*rows: dict[str, object], columns: list[str] | None = None) -> list[list[str]]:
    writer = Writer(columns=columns or [])
    writer.add(rows)
    return list(csv.reader(io.StringIO(writer.text)))


@pytest.mark.rule("BR-154")
@given(some.text(max_size=20), some.sampled_from(BEGINS_A_FORMULA))
def test_no_text_begins_as_a_formula_does(text: str, begin: str) -> None:
    writer = Writer(columns=["cell"])
    writer.add([{"cell": begin + text}])

    (_, (cell,)) = list(csv.reader(io.StringIO(writer.text, newline="")))

    assert cell == f"'{begin}{text}"


@given(some.lists(some.dictionaries(some.sampled_from("ab"), some.text(alphabet='x",;\n é', max_size=6)), max_size=4))
def test_every_other_text_comes_back_as_it_was(rows: list[dict[str, str]]) -> None:
    writer = Writer(columns=["a", "b"])
    writer.add(rows)

    read = list(csv.DictReader(io.StringIO(writer.text, newline="")))

    harmless = [{name: row.get(name, "") for name in "ab"} for row in rows]
    for row in harmless:
        for name, text in row.items():
            row[name] = f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
    assert read == harmless


def test_a_negative_number_stays_a_number() -> None:
    assert written({"growth": -3.4, "told": "-3.4%"}) == [["growth", "told"], ["-3.4", "'-3.4%"]]


def test_null_is_empty_truth_is_a_word_a_list_is_joined_and_what_is_nested_stays_json() -> None:
    rows = written({"a": None, "b": True, "c": ["x", "y"], "d": [{"n": 1}], "e": {"n": "é"}})

    assert rows[1] == ["", "true", "x; y", '[{"n": 1}]', '{"n": "é"}']


def test_an_empty_file_has_its_names() -> None:
    assert Writer(columns=Sheet("lines").columns(Told)).text == "productName,units\r\n"


def test_the_columns_are_those_of_the_model_or_else_of_the_first_rows() -> None:
    assert Sheet().columns(list[Line]) == ["productName", "units"]
    assert Sheet(key="place").columns(dict[str, Line]) == ["place", "productName", "units"]
    assert Sheet().columns(list[Line] | list[Told]) == []
    assert written({"a": 1}, {"b": 2}) == [["a", "b"], ["1", ""], ["", "2"]]


def test_rows_are_found_wherever_they_lie() -> None:
    assert Sheet("data.rows").rows_of({"data": {"rows": [{"n": 1}]}}) == [{"n": 1}]
    assert Sheet(key="place").rows_of({"A1": {"n": 1}}) == [{"place": "A1", "n": 1}]
    assert Sheet().rows_of({"n": 1}) == [{"n": 1}]
    assert Sheet().rows_of(["candy"]) == [{"value": "candy"}]
    assert Sheet("a b").rows_of({"a": [{"n": 1}], "b": [{"m": 2}]}) == [{"part": "a", "n": 1}, {"part": "b", "m": 2}]


def test_what_an_answer_cannot_hold_is_refused() -> None:
    writer = Writer(columns=["cell"])

    with pytest.raises(TooManyRows):
        writer.add([{"cell": "x" * MOST_BYTES}])
