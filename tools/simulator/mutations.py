"""Ways to spoil a file, alone and one after the other, and files that were never whole."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from chalicelib.telemetry.dex.integrity import crc16

Lines = list[bytes]

_TYPES: Final = (
    b"DXS", b"ST", b"ID1", b"ID4", b"ID5", b"CB1", b"VA1", b"VA2", b"CA1", b"CA2", b"CA3", b"CA4", b"CA15", b"CA17",
    b"DA2", b"DA5", b"DA10", b"TA2", b"PA1", b"PA2", b"PA3", b"PA5", b"PA7", b"PA8", b"LA1", b"LS", b"LE", b"EA1",
    b"EA2", b"EA3", b"EA4", b"EA7", b"MA5", b"G85", b"SE", b"DXE", b"ZZ9", b"", b"PA", b"pa2",
)  # fmt: skip
_FIELDS: Final = (
    b"", b"0", b"00", b"1", b"2", b"-1", b"+5", b"007", b"65535", b"65536", b"99999999", b"100000000", b"4294967296",
    b"9999999999", b"99999999999", b"A1", b"CA", b"DA", b"^2A^", b"^00^", b"^", b"^^", b"260230", b"250709", b"2560",
    b"1200", b"\xc3\xa9", b"\xef\xbb\xbf", b"\xd9\xa3", b"\xc2\xb2", b" ", b"\t", b"1e9", b"0x1F", b"NaN", b"1_0",
)  # fmt: skip


def mutated(corpus: Sequence[bytes], dice: Random) -> bytes:
    """A file of the corpus with one to eight things done to it; half of them get a checksum that is right again."""
    content = dice.choice(corpus)
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8))):
        content = dice.choice(_MUTATIONS)(content, dice, corpus)
    return sealed(content) if dice.random() < 0.5 else content


def garbage(dice: Random) -> bytes:
    """Lines of records and fields at random, with or without an envelope, or bytes without any sense."""
    if dice.random() < 0.2:
        return dice.randbytes(dice.choice((0, 1, 3, 40, 600, 5_000)))
    end = dice.choice((b"\r\n", b"\n", b"\r", b"\r\r\n", b"\n\r"))
    lines = [_line(dice) for _ in range(dice.choice((1, 5, 30, 200)))]
    if dice.random() < 0.7:
        lines = [b"DXS*A*VA*V0/6*1", b"ST*001*0001", *lines, b"G85*0000", b"SE*1*0001", b"DXE*1*1"]
    content = end.join(lines) + end
    return sealed(content) if dice.random() < 0.5 else content


def sealed(content: bytes) -> bytes:
    """The same with G85 and SE put right, where it has them: damage behind a good checksum reaches deeper."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    start = next((at for at, line in enumerate(lines) if line.startswith(b"ST*")), None)
    end = next((at for at, line in enumerate(lines) if line.startswith(b"G85*")), None)
    if start is None or end is None or end < start:
        return content
    body = [line for line in lines[start:end] if line.strip()]
    crc = crc16(b"".join(line + b"\r\n" for line in body))
    lines[start:end] = body
    at = start + len(body)
    lines[at] = b"G85*%04X" % crc
    if at + 1 < len(lines) and lines[at + 1].startswith(b"SE*"):
        lines[at + 1] = b"SE*%d*0001" % (len(body) + 2)
    return b"\r\n".join(lines)


def _line(dice: Random) -> bytes:
    fields = [dice.choice(_FIELDS) for _ in range(dice.choice((0, 1, 2, 4, 8, 12, 130)))]
    return b"*".join((dice.choice(_TYPES), *fields))


def _flip(content: bytes, dice: Random, _corpus: Sequence[bytes]) -> bytes:
    spoiled = bytearray(content)
    for _ in range(dice.choice((1, 1, 4, 30))):
        if spoiled:
            spoiled[dice.randrange(len(spoiled))] ^= 1 << dice.randrange(8)
    return bytes(spoiled)


def _cut(content: bytes, dice: Random, _corpus: Sequence[bytes]) -> bytes:
    begin, end = _span(content, dice)
    return dice.choice((content[:begin], content[begin:], content[:begin] + content[end:]))


def _repeat(content: bytes, dice: Random, _corpus: Sequence[bytes]) -> bytes:
    begin, end = _span(content, dice)
    return content[:end] + content[begin:end] * dice.choice((1, 2, 20)) + content[end:]


def _splice(content: bytes, dice: Random, corpus: Sequence[bytes]) -> bytes:
    other = dice.choice(corpus)
    begin, end = _span(content, dice)[0], _span(other, dice)[1]
    return dice.choice((content[:begin] + other[end:], content + other, other + content))


def _insert(content: bytes, dice: Random, _corpus: Sequence[bytes]) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.choice((dice.choice(_FIELDS), b"*", b"\r\n", b"\n", b"\0", _line(dice))) + content[at:]


def _lines(change: Callable[[Lines, Random], None]) -> Callable[[bytes, Random, Sequence[bytes]], bytes]:
    def on_lines(content: bytes, dice: Random, _corpus: Sequence[bytes]) -> bytes:
        lines = content.splitlines()
        if lines:
            change(lines, dice)
        return b"\r\n".join(lines)

    return on_lines


def _swap_lines(lines: Lines, dice: Random) -> None:
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _drop_line(lines: Lines, dice: Random) -> None:
    del lines[dice.randrange(len(lines))]


def _double_line(lines: Lines, dice: Random) -> None:
    lines.insert(dice.randrange(len(lines)), dice.choice(lines))


def _new_field(lines: Lines, dice: Random) -> None:
    at = dice.randrange(len(lines))
    fields = lines[at].split(b"*")
    fields[dice.randrange(len(fields))] = dice.choice(_FIELDS)
    lines[at] = b"*".join(fields)


def _new_number(lines: Lines, dice: Random) -> None:
    """A counter takes another value: near a limit, or somewhat more or less than it was."""
    at = dice.randrange(len(lines))
    fields = lines[at].split(b"*")
    numbers = [place for place, field in enumerate(fields) if place and field.isdigit()]
    if numbers:
        place = dice.choice(numbers)
        value = int(fields[place])
        fields[place] = b"%d" % dice.choice((0, max(0, value - 1), value + 1, value * 10, 2**16 - 1, 10**8 - 1, 2**32))
        lines[at] = b"*".join(fields)


def _span(content: bytes, dice: Random) -> tuple[int, int]:
    begin = dice.randrange(len(content) + 1)
    return begin, min(len(content), begin + dice.choice((1, 4, 30, 400)))


_MUTATIONS: Final = (
    _flip, _cut, _repeat, _splice, _insert, _lines(_swap_lines), _lines(_drop_line), _lines(_double_line),
    _lines(_new_field), _lines(_new_field), _lines(_new_number), _lines(_new_number),
)  # fmt: skip
