"""The product records of a read: PA1 and what belongs to it, as each dialect writes them."""

from collections.abc import Callable, Iterator
from datetime import datetime

from chalicelib.telemetry.dex import line_of
from tools.simulator.machine import Column, Machine
from tools.simulator.shown import Shown

Told = Callable[[datetime], tuple[str, str] | None]


def product_rows(machine: Machine, shown: Shown, told: Told, gap: tuple[str, bool] | None) -> Iterator[str]:
    """All groups in the order of the selections. `gap` leaves one out, or only its counters."""
    dialect = machine.dialect
    if dialect.has_loop:
        yield "LS*0100"
    for column in machine.columns.values():
        if gap is None or gap[0] != column.selection:
            yield from _group(machine, column, shown, told)
        elif gap[1]:
            yield _opening(machine, column, shown)
    if dialect.has_loop:
        yield "LE*0100"
    if dialect.has_price_list:
        # List 2 is the price that no customer can pay; its counters stand in the reverse order.
        yield from (f"LA1*2*{column.selection}*{shown.cents(9_995)}*0*0" for column in machine.columns.values())


def _group(machine: Machine, column: Column, shown: Shown, told: Told) -> Iterator[str]:
    dialect, selection = machine.dialect, column.selection
    yield _opening(machine, column, shown)
    if dialect.pa2_fields:
        yield _paid(machine, column, shown)
    if dialect.has_vend_kinds:
        yield f"PA3*{shown.number_first('PA3', selection)}"
        yield f"PA4*{shown.number_first('PA4', selection)}"
    if dialect.has_last_sale:
        last = (column.last_sale_at and told(column.last_sale_at)) or ("", "")
        yield "*".join(("PA5", *last, shown.number(column.sold_out_attempts)))
    if dialect.has_pa7:
        yield from _payments(machine, column, shown)
    if dialect.has_mixed:
        yield f"PA8*{shown.number_first('PA8', selection)}"


def _opening(machine: Machine, column: Column, shown: Shown) -> str:
    price = shown.cents(column.price_cents)
    if machine.dialect.pa1_fields == 9:
        text = column.selection
        return line_of(("PA1", column.selection, price, text, str(column.capacity), "", "", "0", "", ""))
    return line_of(("PA1", column.selection, price, f"PRODUCT {column.selection}"))


def _paid(machine: Machine, column: Column, shown: Shown) -> str:
    """PA2 as long as the dialect has it: two totals, four, discounts, and surcharges in 9 to 12."""
    fields = shown.number_first("PA2", column.selection).split("*")
    surcharges, surcharge = ("PA2.surcharges", column.selection), ("PA2.surcharge", column.selection)
    fields += [shown.number(0)] * 4
    fields += [shown.units(surcharges), shown.money(surcharge)]
    fields += [shown.interval_units(surcharges), shown.interval_money(surcharge)]
    return "*".join(("PA2", *fields[: machine.dialect.pa2_fields]))


def _payments(machine: Machine, column: Column, shown: Shown) -> Iterator[str]:
    for number, device in enumerate(machine.dialect.devices):
        price = shown.cents(machine.price(column, device))
        counters = shown.number_first("PA7", column.selection, device)
        yield f"PA7*{column.selection}*{device}*{number if machine.dialect.pa2_fields == 0 else 0}*{price}*{counters}"
    if machine.dialect.has_mixed:
        yield f"PA7*{column.selection}*DB*0*{shown.cents(column.price_cents)}*0*0*0*0"
