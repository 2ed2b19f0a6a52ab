"""The records a machine may send and what their fields hold (dex.md §2, with the order traps of telemetry.md §4).

Each line names the fields of one record in order as `name` or `name:unit`; text is the default unit and `-` a field
whose meaning nobody has proved: it keeps its unit and is called by its number. `_init` counters run since the machine
was initialised, `_reset` counters since the last reset. Mind the orders: totals (VA, CA2, DA2, TA2) put the value
before the number, products (PA) the number before the value, and CA3, CA4, CA8, CA10, EA2, EA7 and LA1 put RESET first.
"""

from functools import cache
from typing import Final, NamedTuple

from chalicelib.telemetry.dex.models import Kind, Layout, Slot, Unit

_VALUE_NUMBER: Final = "value_init:money units_init:count value_reset:money units_reset:count"
_NUMBER_VALUE: Final = "units_init:count value_init:money units_reset:count value_reset:money"
_DISCOUNT_FIRST: Final = (
    "discount_value_reset:money discount_units_reset:count discount_value_init:money discount_units_init:count "
    "surcharge_value_reset:money surcharge_units_reset:count surcharge_value_init:money surcharge_units_init:count"
)
_DEVICE: Final = "serial model software"

_LAYOUTS: Final[dict[str, str]] = {
    "DXS": "comm_id functional_id dts_level control_no",
    "ST": "set_id control_no",
    "ID1": "serial model software location user_field asset dts_version dts_revision",
    "ID4": "decimal_places currency_code currency",
    "ID5": "date:date time:time seconds:seconds",
    "CB1": _DEVICE,
    "VA1": _VALUE_NUMBER
    # Machines disagree on the order of the surcharges here (Crane puts the number first), so nothing reads them.
    + " discount_value_init:money discount_units_init:count discount_value_reset:money discount_units_reset:count"
    + " surcharge_9 surcharge_10 surcharge_11 surcharge_12",
    "VA2": _VALUE_NUMBER,
    "VA3": _VALUE_NUMBER,
    "CA1": _DEVICE,
    "CA2": _VALUE_NUMBER,
    "CA3": "in_reset:money box_reset:money tubes_reset:money bills_reset:bills"
    " in_init:money box_init:money tubes_init:money bills_init:bills"
    " bills_value_reset:money bills_value_init:money recycler_reset:signed_money recycler_init:signed_money",
    "CA4": "dispensed_reset:money manual_reset:money dispensed_init:money manual_init:money"
    " -:signed_money -:signed_money recycler_7:signed_money bills_dispensed_init:money -:signed_money"
    " recycler_10:signed_money",
    "CA6": "",
    "CA7": _DISCOUNT_FIRST,
    "CA8": "overpay_reset:money overpay_init:money",
    "CA9": "exact_change_reset:money exact_change_init:money",
    "CA10": "filled_reset:money filled_init:money",
    "CA15": "tubes:money",
    "CA17": "coin_type coin_value:money coins_in_tube:count",
    "CA22": "",
    "BA1": _DEVICE,
    "DA1": _DEVICE,
    "DB1": _DEVICE,
    "DA2": _VALUE_NUMBER,
    "DB2": _VALUE_NUMBER,
    "DA4": "credit_1:money credit_2:money",
    "DA5": _DISCOUNT_FIRST,
    "DA6": "revalue_1:money revalue_2:money",
    "DA9": "overpay_1:money overpay_2:money",
    "DA10": _NUMBER_VALUE,
    "TA2": _VALUE_NUMBER
    + " value_tokens_init:money value_token_units_init:count value_tokens_reset:money value_token_units_reset:count",
    "PA1": "selection price:money product_text capacity:count standard_fill:count - status",
    "PA2": _NUMBER_VALUE
    + " discount_units_init:count discount_value_init:money discount_units_reset:count discount_value_reset:money"
    + " surcharge_units_init:count surcharge_value_init:money surcharge_units_reset:count surcharge_value_reset:money",
    "PA3": _NUMBER_VALUE,
    "PA4": _NUMBER_VALUE,
    "PA5": "date:date time:time sold_out_attempts:count",
    "PA6": "",
    "PA7": "selection device price_list price:money " + _NUMBER_VALUE,
    "PA8": _NUMBER_VALUE,
    "LS": "loop_id",
    "LE": "loop_id",
    "LA1": "price_list selection price:money units_reset:count units_init:count",
    "EA1": "event_id date:date time:time duration:minutes",
    "EA2": "event_id times_reset:count times_init:count user_text active minutes:minutes",
    "EA3": "reads_with_reset:count date:date time:time reader_id last_date:date last_time:time last_reader_id -"
    " reads:count resets:count",
    "EA4": "date:date time:time",
    "EA5": "date:date time:time",
    "EA6": "date:date time:time",
    "EA7": "outages_reset:count outages_init:count",
    "MA2": "",
    "MA5": "",
    "SD1": "",
    "G85": "crc",
    "SE": "record_count:count control_no",
    "DXE": "control_no set_count:count",
}


_MONEY: Final = frozenset({Unit.MONEY, Unit.SIGNED_MONEY})
NUMERIC: Final = frozenset({Unit.COUNT, Unit.BILLS, Unit.SECONDS, Unit.MINUTES}) | _MONEY


class Field(NamedTuple):
    """A named field of a record."""

    field_no: int
    name: str
    unit: Unit


class CounterPair(NamedTuple):
    """A RESET counter, the INIT counter that it can never exceed, and how many fields it takes to hold both."""

    reset: Field
    init: Field
    needed: int


def _fields(layout: str) -> tuple[Field, ...]:
    fields = []
    for field_no, word in enumerate(layout.split(), start=1):
        name, _, unit = word.partition(":")
        fields.append(Field(field_no, f"field_{field_no}" if name == "-" else name, Unit(unit or "text")))
    return tuple(fields)


def _pairs(fields: tuple[Field, ...]) -> tuple[CounterPair, ...]:
    by_name = {field.name: field for field in fields if field.unit is not Unit.SIGNED_MONEY}
    return tuple(
        CounterPair(field, by_name[init], max(field.field_no, by_name[init].field_no))
        for name, field in by_name.items()
        if name.endswith("_reset") and (init := name.removesuffix("_reset") + "_init") in by_name
    )


FIELDS: Final[dict[str, tuple[Field, ...]]] = {record: _fields(layout) for record, layout in _LAYOUTS.items()}
COUNTER_PAIRS: Final[dict[str, tuple[CounterPair, ...]]] = {record: _pairs(fields) for record, fields in FIELDS.items()}


@cache
def layouts(decimal_places: int) -> dict[str, Layout]:
    """The named fields of every known record, money with the decimals of the read."""
    return {record: _layout(fields, decimal_places) for record, fields in FIELDS.items()}


def _layout(fields: tuple[Field, ...], decimal_places: int) -> Layout:
    return Layout(
        slots=tuple(Slot(*field, _exponent(field.unit, decimal_places)) for field in fields),
        kinds=tuple(_kind(field.unit) for field in fields),
        positions={field.name: at for at, field in enumerate(fields)},
    )


def _exponent(unit: Unit, decimal_places: int) -> int | None:
    return decimal_places if unit in _MONEY else 0 if unit is Unit.BILLS else None


def _kind(unit: Unit) -> Kind:
    return Kind.TEXT if unit is Unit.TEXT else Kind.NUMBER if unit in NUMERIC else Kind.CLOCK
