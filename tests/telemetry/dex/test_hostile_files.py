"""Whatever comes in, the parser answers soon, says what is wrong, and raises nothing."""

import random
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.telemetry.dex import Code, Limits, Severity, Status, Verdict, compose, parse
from chalicelib.telemetry.dex.issues import MAX_ISSUES, RULES

MIB = 1024 * 1024
HEAD = b"DXS*A*VA*V0/6*1\nST*001*1\n"
TAIL = b"G85*0000\nSE*1*1\nDXE*1*1\n"


def filled(unit: bytes, records: int = 19_990) -> bytes:
    return (HEAD + unit * min(records, (2 * MIB - 100) // len(unit)) + TAIL)[: 2 * MIB]


REFUSED = {
    "one line": (b"D" * 2 * MIB, Code.LINE_TOO_LONG),
    "a million asterisks": (b"PA2" + b"*" * 1_000_000, Code.LINE_TOO_LONG),
    "a million records": (b"*\n" * 1_000_000, Code.TOO_MANY_RECORDS),
    "records of three bytes": (b"A*\n" * (2 * MIB // 3), Code.TOO_MANY_RECORDS),
    "line feeds": (b"\n" * 2 * MIB, Code.NO_DXS),
    "carriage returns": (b"\r" * 2 * MIB, Code.NO_DXS),
    "zero bytes": (b"\0" * 2 * MIB, Code.ENCODING),
    "a bad byte at the end": (b"a\n" * (MIB - 1) + b"\xff", Code.ENCODING),
    "a byte too many": (b"x" * (2 * MIB + 1), Code.FILE_SIZE),
    "ten thousand reads": (b"DXS*\nDXE*\n" * 9_999, Code.TOO_MANY_READS),
    "twenty thousand sets": (b"DXS*\n" + b"ST*\n" * 19_990 + b"DXE*\n", Code.TOO_MANY_READS),
}
SURVIVED = {
    "one selection over and over": filled(b"PA1*1*1\n"),
    "twenty thousand selections": HEAD + b"".join(b"PA1*%d*1\n" % n for n in range(19_990)) + TAIL,
    "payments of one selection": filled(b"PA7*1*CA*1*1*1*1*1*1\n"),
    "no number is a number": filled(b"PA2" + b"*x" * 50 + b"\n"),
    "carets": filled(b"PA1*" + b"^" * 4_000 + b"\n"),
    "escapes": filled(b"PA1*" + b"^2A^" * 1_000 + b"\n"),
    "long numbers": filled(b"PA2*" + b"9" * 4_000 + b"\n"),
    "long zeros": filled(b"PA2*" + b"0" * 4_000 + b"x\n"),
    "wide records": filled(b"PA2" + b"*1" * 120 + b"\n"),
    "checksums": filled(b"G85*0000\n"),
    "stray text": (b"A*\n" * 19_000 + HEAD + TAIL),
}


@pytest.mark.rule("DX-001", "DX-002", "DX-004")
@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_clear_error(name: str) -> None:
    content, code = REFUSED[name]

    (read,) = parse(content)

    assert (read.status, read.verdict) == (Status.REJECTED, Verdict.REJECTED)
    assert read.issues[0].code is code
    assert read.issues[0].severity is Severity.ERROR


@pytest.mark.parametrize("name", SURVIVED)
def test_a_monstrous_file_is_read_with_a_bounded_list_of_issues(name: str) -> None:
    (read,) = parse(SURVIVED[name])

    assert read.verdict is not Verdict.ACCEPTED
    assert 1 <= len(read.issues) <= MAX_ISSUES + 50
    assert all(len(issue.message) < 300 for issue in read.issues)


def test_work_grows_no_faster_than_the_file() -> None:
    def calls(records: int) -> int:
        body = b"".join(b"PA1*%d*100\nPA2*1*100*0*0\nPA7*%d*CA**100*1*100*0*0\n" % (n, n) for n in range(records))
        made = 0

        def count(_frame: object, event: str, _argument: object) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        sys.setprofile(count)
        try:
            parse(HEAD + body + TAIL)
        finally:
            sys.setprofile(None)
        return made

    assert calls(6_000) < calls(600) * 11


def test_what_is_left_out_of_the_issues_is_said() -> None:
    (read,) = parse(filled(b"PA2*1\n"))

    assert read.issues[-1].code is Code.ISSUES_CUT


def test_limits_are_settings() -> None:
    content = compose(("DXS", "A", "VA", "V0/6", "1"), [[("PA1", "1", "100"), ("PA2", "1", "100")]])

    assert parse(content)[0].verdict is Verdict.ACCEPTED
    for limits in (Limits(max_bytes=10), Limits(max_records=3), Limits(max_line=5), Limits(max_reads=0)):
        assert parse(content, limits=limits)[0].status is Status.REJECTED


def test_every_code_has_a_rule() -> None:
    assert set(RULES) == set(Code)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_reads_and_no_exception(content: bytes) -> None:
    reads = parse(content)

    assert reads
    assert all(read.status is not Status.PARSED for read in reads)


WORDS = st.sampled_from(
    ["DXS", "ST", "ID1", "ID4", "ID5", "VA1", "CA2", "CA3", "CA15", "CA17", "DA2", "DA10", "PA1", "PA2", "PA3", "PA5",
     "PA7", "PA8", "EA3", "G85", "SE", "DXE", "LA1", "XX9", ""]
)  # fmt: skip
FIELDS = st.lists(
    st.one_of(
        st.sampled_from(["", "0", "1", "2", "12", "-1", "0001", "A1", "CA", "250709", "1200", "99999999", "^2A^", "^"]),
        st.text(st.characters(codec="utf-8"), max_size=6),
    ),
    max_size=12,
)
LINES = st.builds(lambda word, fields: "*".join([word, *fields]), WORDS, FIELDS)


@settings(max_examples=400, deadline=None)
@given(st.lists(LINES, max_size=30), st.sampled_from(["\r\n", "\n", "\r"]))
def test_any_jumble_of_records_gives_reads_and_no_exception(lines: list[str], line_end: str) -> None:
    reads = parse(line_end.join(lines).encode())

    assert reads
    # Every line that is a record is found in exactly the reads that it belongs to, with its text untouched.
    kept = {record.line_no: record.raw for read in reads for record in read.records}
    physical = re.split(r"\r\n|\n|\r", line_end.join(lines))
    assert all(physical[line_no - 1].removeprefix("\ufeff") == raw for line_no, raw in kept.items())


def test_a_good_file_with_bytes_changed_at_random_is_never_accepted_with_other_figures() -> None:
    rows = [("ID4", "2", "840", "USD"), *((k, *f) for n in range(1, 9) for k, *f in
            (("PA1", str(n), "125"), ("PA2", str(n * 7), str(n * 875), "0", "0")))]  # fmt: skip
    content = compose(("DXS", "TST0000001", "VA", "V0/6", "1"), [rows])
    (good,) = parse(content)
    dice = random.Random(85)

    for _ in range(1_500):
        at = dice.randrange(len(content))
        changed = content[:at] + bytes([dice.randrange(256)]) + content[at + 1 :]
        for read in parse(changed):
            assert read.verdict is not Verdict.ACCEPTED or read.selections == good.selections
