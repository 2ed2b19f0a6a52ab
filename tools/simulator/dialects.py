"""How the makers' machines write their reads: what they send, how wide they count and what they get wrong.

The habits are those that dex.md §7 and §8 and telemetry.md §2 to §5 describe; every byte is written by this package.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

EIGHT_DIGITS: Final = 10**8


class Clock(StrEnum):
    """Where the machine tells its time."""

    ID5 = "ID5"
    EA3 = "EA3"
    NONE = "none"


class Serial(StrEnum):
    """What stands in ID101: a number programmed into the board, the same word on all machines, or nothing."""

    BOARD = "board"
    MACHINE = "machine"
    WORD = "word"
    NONE = "none"


class Checksum(StrEnum):
    """G85 with its high byte first, as asked for, with its low byte first, as before level 6.0, or left out."""

    HIGH_FIRST = "high first"
    LOW_FIRST = "low first"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`pa2_fields` of 0 means that PA2 is given up for PA7; `ea3_fields` below 9 that reads are not counted.

    `is_auto` clears the interval counters after each read (SD105 AUTO); otherwise they run on as the totals do.
    Prices are cents; `removed_share` is what VA1 still counts of selections that are gone.
    """

    name: str
    maker: str
    model: str
    selections: tuple[str, ...]
    prices: tuple[int, ...]
    level: str = "V0/6"
    functional_id: str = "VA"
    serial: Serial = Serial.MACHINE
    has_board: bool = False
    has_changer: bool = True
    decimals: int | None = 2
    currency: tuple[str, str] = ("840", "USD")
    devices: tuple[str, ...] = ("CA", "DA")
    surcharge_cents: int = 0
    pa1_fields: int = 3
    pa2_fields: int = 4
    has_pa7: bool = False
    has_vend_kinds: bool = True
    has_last_sale: bool = False
    has_mixed: bool = False
    has_price_list: bool = False
    has_loop: bool = False
    ca3_fields: int = 8
    clock: Clock = Clock.EA3
    ea3_fields: int = 10
    has_initialised: bool = False
    is_auto: bool = True
    checksum: Checksum = Checksum.HIGH_FIRST
    se_error: int = 0
    line_end: str = "\r\n"
    padding: int = 0
    stray: str | None = None
    extra: tuple[str, ...] = ()
    removed_share: float = 0.0

    @property
    def counts_reads(self) -> bool:
        return self.ea3_fields >= 9


def _grid(rows: str, columns: range, digits: int = 1) -> tuple[str, ...]:
    return tuple(f"{row}{column:0{digits}}" for row in rows for column in columns)


DIALECTS: Final = (
    Dialect(
        name="ams",
        maker="AMQ",
        model="SNACK 39",
        selections=(*_grid("123", range(0, 9, 2)), *_grid("456", range(8))),
        prices=(125, 150, 175, 200, 300, 400),
        has_board=True,
        surcharge_cents=10,
        pa2_fields=10,
        has_pa7=True,
        clock=Clock.ID5,
        line_end="\n",
        extra=("SD1*000000000*0", "MA5*RESTART*3"),
    ),
    Dialect(
        name="crane",
        maker="STQ",
        model="MERCHANT 6",
        selections=(*_grid("1236", range(1, 12, 2), 2), *_grid("45", range(1, 13), 2)),
        prices=(125, 150, 175, 200),
        pa1_fields=9,
        pa2_fields=12,
        has_board=True,
        has_pa7=True,
        has_mixed=True,
        has_last_sale=True,
        clock=Clock.ID5,
        has_initialised=True,
        is_auto=False,
        se_error=-307,
    ),
    Dialect(
        name="dixie-stack",
        maker="615",
        model="STACK 9",
        level="V1/1",
        selections=tuple(map(str, range(1, 10))),
        prices=(150, 175, 200, 300),
        serial=Serial.NONE,
        devices=("CA", "DA", "TA"),
        has_last_sale=True,
        has_price_list=True,
        has_loop=True,
        checksum=Checksum.LOW_FIRST,
        is_auto=False,
        extra=("MA5*TUBE*07", "MA5*SELECT*03"),
    ),
    Dialect(
        name="dixie-glass",
        maker="615",
        model="GLASS 45",
        level="V1/1",
        selections=_grid("ABCDE", range(1, 10)),
        prices=(150, 175),
        serial=Serial.WORD,
        ea3_fields=7,
        has_price_list=True,
        has_initialised=True,
        line_end="\r",
    ),
    Dialect(
        name="royal",
        maker="925",
        model="CAN 12",
        level="V1/1",
        selections=("1", "2", "5", "6", "7", "8", "9", "10", "12"),
        prices=(100, 120, 200),
        serial=Serial.BOARD,
        pa2_fields=6,
        devices=("CA",),
        clock=Clock.NONE,
        ea3_fields=0,
        extra=("MA5*LANG*EN  ",),
        removed_share=0.1,
    ),
    Dialect(
        name="vendo",
        maker="642",
        model="CAN 8",
        level="V1/1",
        selections=("1", "2", "3", "4", "5", "6", "7", "9"),
        prices=(150, 175, 200),
        serial=Serial.BOARD,
        pa2_fields=6,
        devices=("CA", "DA"),
        clock=Clock.NONE,
        ea3_fields=0,
        line_end="\n",
        removed_share=0.03,
    ),
    Dialect(
        name="rhea",
        maker="RHQ",
        model="COFFEE 24",
        selections=tuple(map(str, range(1, 25))),
        prices=(60, 70, 80, 100, 120),
        currency=("1978", "EUR"),
        has_board=True,
        has_pa7=True,
        ca3_fields=10,
        clock=Clock.ID5,
        has_initialised=True,
        se_error=-20,
    ),
    Dialect(
        name="animo",
        maker="ANQ",
        model="COFFEE 12",
        selections=tuple(map(str, range(1, 13))),
        prices=(50, 60, 80),
        currency=("978", "EUR"),
        ca3_fields=4,
        removed_share=0.8,
        clock=Clock.EA3,
        has_changer=False,
        stray="MC5*AUDIT UNIT 2",
    ),
    Dialect(
        name="audit-unit",
        maker="NRQ",
        model="AUDIT 4",
        selections=tuple(map(str, range(1, 17))),
        prices=(35_000, 40_000, 50_000, 70_000),
        decimals=0,
        currency=("039", "050"),
        devices=("CA", "DA"),
        has_pa7=True,
        ca3_fields=10,
        has_board=True,
        line_end="\n",
    ),
    Dialect(
        name="lists",
        maker="SVQ",
        model="GLASS 40",
        selections=_grid("ABCD", range(1, 8)),
        prices=(100, 150, 220, 250),
        currency=("978", "EUR"),
        surcharge_cents=20,
        pa2_fields=0,
        has_pa7=True,
        ca3_fields=10,
        has_board=True,
        has_initialised=True,
        clock=Clock.ID5,
    ),
    Dialect(
        name="gulf",
        maker="GFQ",
        model="GLASS 30",
        selections=_grid("123", range(1, 9)),
        prices=(25, 50, 75, 100),
        decimals=3,
        currency=("414", "KWD"),
        has_board=True,
        ca3_fields=10,
    ),
    Dialect(
        name="grandfather",
        maker="0GF",
        model="COLUMNS 10",
        functional_id="VX",
        level="VEND2",
        selections=tuple(map(str, range(1, 11))),
        prices=(100, 125, 150),
        decimals=None,
        devices=("CA",),
        serial=Serial.BOARD,
        pa2_fields=2,
        has_vend_kinds=False,
        clock=Clock.NONE,
        ea3_fields=0,
        checksum=Checksum.NONE,
        padding=8,
        is_auto=False,
    ),
)
BY_NAME: Final = {dialect.name: dialect for dialect in DIALECTS}
