"""What a machine writes into a read: its identity, its totals, its cash, its events, as lines without line ends."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from chalicelib.telemetry.dex import line_of
from tools.simulator.board import Key
from tools.simulator.dialects import Clock, Serial
from tools.simulator.machine import Machine
from tools.simulator.products import product_rows
from tools.simulator.shown import Shown

SOFTWARE = "010"


def rows_of(machine: Machine, at: datetime, *, gap: tuple[str, bool] | None = None) -> list[str]:
    """All lines between ST and G85. `gap` names a selection to leave out: wholly, or only its counters (True)."""
    shown = Shown(machine)
    return [
        *_identity(machine, at),
        *_totals(machine, shown),
        *_cash(machine, shown),
        *product_rows(machine, shown, partial(clock_text, machine), gap),
        *_events(machine, shown, at),
        *machine.dialect.extra,
    ]


def clock_text(machine: Machine, at: datetime) -> tuple[str, str] | None:
    """Date and time as the machine believes them to be; None when its clock was never set."""
    if machine.board.clock_error is None:
        return None
    return _stamp(machine, at + machine.board.clock_error)


def _stamp(machine: Machine, own: datetime) -> tuple[str, str]:
    day = "%Y%m%d" if machine.dialect.name in ("crane", "lists") else "%y%m%d"
    return own.strftime(day), own.strftime("%H%M%S" if machine.dialect.name == "rhea" else "%H%M")


def _identity(machine: Machine, at: datetime) -> Iterator[str]:
    dialect = machine.dialect
    serial = {
        Serial.MACHINE: machine.serial, Serial.BOARD: machine.board.serial, Serial.WORD: dialect.maker, Serial.NONE: "",
    }[dialect.serial]  # fmt: skip
    yield line_of(("ID1", serial, dialect.model, SOFTWARE, "1", "", machine.asset))
    if dialect.decimals is not None:
        yield line_of(("ID4", str(machine.decimals), *dialect.currency))
    if dialect.clock is Clock.ID5 and (told := clock_text(machine, at)):
        yield line_of(("ID5", *told, *((f"{at.second:02}",) if dialect.name == "crane" else ())))
    if dialect.has_board:
        yield line_of(("CB1", machine.board.serial, dialect.model, SOFTWARE))


def _totals(machine: Machine, shown: Shown) -> Iterator[str]:
    yield f"VA1*{shown.value_first('VA1')}"
    if machine.dialect.has_vend_kinds:
        yield f"VA2*{shown.value_first('VA2')}"
        yield f"VA3*{shown.value_first('VA3')}"
    if machine.dialect.has_changer:
        yield line_of(("CA1", machine.changer_serial, "CHG 5", "12"))
    yield f"CA2*{shown.value_first('CA2')}"
    if "DA" in machine.dialect.devices:
        yield line_of(("DA1", f"R{machine.number:06}", "READER 2", "7"))
        yield f"DA2*{shown.value_first('DA2')}"
        if machine.dialect.surcharge_cents:
            yield f"DA5*0*0*0*0*{shown.reset_first('DA5.surcharge', 'DA5.surcharges')}"
    if machine.dialect.has_mixed:
        yield f"DA10*{shown.number_first('DA10')}"
        yield "DB2*0*0*0*0"
    if "TA" in machine.dialect.devices:
        yield f"TA2*{shown.value_first('TA2')}"


def _cash(machine: Machine, shown: Shown) -> Iterator[str]:
    """CA3 with four elements, with bills in whole units, or with the bills exact in the ninth and tenth besides."""
    keys: list[Key] = [("cash.in",), ("cash.box",), ("cash.tubes",)]
    since = [*(shown.interval_money(key) for key in keys), shown.bills(machine.board.interval["cash.bills",])]
    totals = [*(shown.money(key) for key in keys), shown.bills(machine.board.totals["cash.bills",])]
    exact = [shown.interval_money(("cash.bills",)), shown.money(("cash.bills",))]
    count = machine.dialect.ca3_fields
    yield "*".join(("CA3", *since, *(totals if count > 4 else ()), *(exact if count > 8 else ())))
    if count > 4:
        out = ("cash.out",)
        yield f"CA4*{shown.interval_money(out)}*{shown.number(0)}*{shown.money(out)}*{shown.number(0)}"


def _events(machine: Machine, shown: Shown, at: datetime) -> Iterator[str]:
    dialect, board = machine.dialect, machine.board
    for code, happened_at in machine.events[-5:]:
        if told := clock_text(machine, happened_at):
            yield line_of(("EA1", code, *told))
    for code in sorted({code for code, _ in machine.events}):
        yield f"EA2*{code}*{shown.number(board.interval['EA2', code])}*{shown.number(board.totals['EA2', code])}"
    if dialect.ea3_fields:
        now = clock_text(machine, at) or ("", "")
        last = (board.last_read_at and clock_text(machine, board.last_read_at)) or ("", "")
        counted = ("", str(board.reads), str(board.resets)) if dialect.counts_reads else ()
        yield "*".join(("EA3", str(board.resets + 1), *now, "", *last, "", *counted))
    if dialect.has_initialised and board.initialised_at:
        yield line_of(("EA4", *_stamp(machine, board.initialised_at)))
    yield f"EA7*{shown.number(board.interval['EA7',])}*{shown.number(board.totals['EA7',])}"
