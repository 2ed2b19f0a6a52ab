"""What is written is read as the same; nothing is lost on the way."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.telemetry.dex import Code, Status, Verdict, compose, content_hash, line_of, parse, serialise
from chalicelib.telemetry.dex.issues import Findings
from chalicelib.telemetry.dex.lines import Line
from chalicelib.telemetry.dex.values import read_record

DXS = ("DXS", "TST0000001", "VA", "V0/6", "1")

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
NUMBER = st.integers(0, 99_999_999).map(str)
RECORD_ID = st.from_regex(r"\A[A-Z]{1,3}[0-9]{0,3}\Z").filter(lambda id_: id_ not in {"DXS", "DXE", "ST", "SE", "G85"})


@st.composite
def machines(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """The rows of one set: a machine with some selections, their sales and payments."""
    rows: list[tuple[str, ...]] = [("ID1", draw(TEXT), draw(TEXT)), ("ID4", draw(st.sampled_from("0123")), "840")]
    names = draw(st.lists(st.from_regex(r"\A[A-Z0-9]{1,10}\Z"), min_size=1, max_size=6, unique=True))
    for name in names:
        rows.append(("PA1", name, draw(NUMBER), draw(TEXT)))
        rows.append(("PA2", draw(NUMBER), draw(NUMBER)))
        rows.extend(("PA7", name, device, "", draw(NUMBER), draw(NUMBER)) for device in ("CA", "DA"))
    return rows


@settings(max_examples=150, deadline=None)
@given(st.lists(machines(), min_size=1, max_size=3))
def test_reads_are_the_same_after_writing_and_reading(sets: list[list[tuple[str, ...]]]) -> None:
    reads = parse(compose(DXS, sets))

    assert parse(serialise(reads)) == reads
    assert len(reads) == len(sets)
    for read, rows in zip(reads, sets, strict=True):
        assert read.verdict is Verdict.ACCEPTED
        assert [(r.record_type, *r.fields) for r in read.records[2:-3]] == rows


@settings(max_examples=300, deadline=None)
@given(RECORD_ID, st.lists(TEXT, min_size=1, max_size=12))
def test_any_record_survives_its_own_line(record_id: str, fields: list[str]) -> None:
    record = read_record(Line(1, line_of((record_id, *fields))), 2, Findings())

    assert record is not None
    assert (record.record_type, record.fields) == (record_id, tuple(fields))


@settings(max_examples=60, deadline=None)
@given(machines(), st.randoms())
def test_the_order_of_records_outside_the_products_changes_no_selection(
    rows: list[tuple[str, ...]], dice: Random
) -> None:
    others = [("EA2", "EGS", "0", "4"), ("CB1", "B1"), ("MA5", "X", "1"), ("ID5", "250709", "1200"), *rows[:2]]
    dice.shuffle(others)

    def found(*parts: list[tuple[str, ...]]) -> dict[str, object]:
        (read,) = parse(compose(DXS, [[row for part in parts for row in part]]))
        return {
            s.selection: (s.price_cents, s.units_init, len(s.payments), s.row_label, s.col_no) for s in read.selections
        }

    products = rows[2:]
    assert found(others, products) == found(rows[:2], products)


@settings(max_examples=60, deadline=None)
@given(machines(), st.data())
def test_one_bit_changed_between_st_and_g85_is_always_noticed(rows: list[tuple[str, ...]], data: st.DataObject) -> None:
    content = compose(DXS, [rows])
    at = data.draw(st.integers(content.index(b"ST*"), content.index(b"\r\nG85*") - 1))
    changed = bytearray(content)
    changed[at] ^= 1 << data.draw(st.integers(0, 6))

    assert all(
        read.verdict is not Verdict.ACCEPTED or read.records == parse(content)[0].records
        for read in parse(bytes(changed))
    )


def test_a_composed_file_is_clean() -> None:
    (read,) = parse(compose(DXS, [[("ID4", "2", "840"), ("PA1", "A1", "125"), ("PA2", "4", "500", "0", "0")]]))

    assert read.status is Status.PARSED
    assert read.issues == ()
    assert (read.crc_ok, read.se_count_expected, read.se_count_actual) == (True, 6, 6)


def test_blank_lines_are_the_only_thing_that_writing_drops() -> None:
    content = compose(DXS, [[("PA1", "A1", "125"), ("PA2", "4", "500")]])

    assert serialise(parse(content.replace(b"\r\nPA1", b"\r\n\r\n \r\nPA1"))) == content


def test_a_record_becomes_plain_json() -> None:
    rows = [
        ("EA3", "4", "260101", "0600", "", "", "", "", "", "12", "4"),
        ("XX9", "a", "", "b"),
        ("DA2", "1", "2", "", "", "9"),
    ]
    (read,) = parse(compose(DXS, [[*rows, ("PA1", "1", "5"), ("PA2", "1", "5")]]))

    assert [record.parsed for record in read.records[2:5]] == [
        {"reads_with_reset": 4, "date": "2026-01-01", "time": "06:00:00", "reader_id": None, "last_date": None,
         "last_time": None, "last_reader_id": None, "field_8": None, "reads": 12, "resets": 4},
        {"fields": ["a", "", "b"]},
        {"value_init": 1, "units_init": 2, "value_reset": None, "units_reset": None, "more": ["9"]},
    ]  # fmt: skip
    assert [issue.rule for issue in read.issues if issue.code is Code.UNKNOWN_RECORD] == ["DX-020"]


def test_each_read_has_a_hash_of_its_own_lines() -> None:
    rows = [("PA1", "1", "5"), ("PA2", "1", "5")]
    one, two = compose(DXS, [rows]), compose(DXS, [rows, rows])
    (single,) = parse(one)

    assert single.content_hash == content_hash(one) == content_hash(one.replace(b"\r\n", b"\n").rstrip())
    assert parse(b"\xff")[0].content_hash == content_hash(b"\xff")
    assert parse(b"junk")[0].content_hash == content_hash(b"junk")
    assert len({read.content_hash for read in parse(two)}) == 2
    assert {read.content_hash for read in parse(one + one)} == {single.content_hash}


def test_a_segment_count_beyond_any_column_is_wrong_and_not_carried() -> None:
    content = compose(DXS, [[("PA1", "1", "5"), ("PA2", "1", "5")]]).replace(b"SE*5*", b"SE*9999999999*")
    (read,) = parse(content)

    assert (read.se_count_expected, read.se_count_actual) == (None, 5)
    assert [issue.code for issue in read.issues] == [Code.SE_COUNT]
