"""Splits an interval at the visit that changed a product or its price (telemetry.md §6, step 7)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Split:
    """Units and cents before and after the visit; an estimate when the money does not tell them apart."""

    before: tuple[int, int]
    after: tuple[int, int]
    is_estimate: bool


def split_at(
    units: int, value_cents: int, *, price_before: int | None, price_after: int | None, share_before: float
) -> Split:
    """The two parts always add up to the whole.

    With two prices the money says how many were sold at each: n1 + n2 = units, n1 p1 + n2 p2 = value. Otherwise, or
    when that has no whole solution, the parts follow the share of the time that lay before the visit.
    """
    if price_before is not None and price_after is not None and price_before != price_after:
        first, remainder = divmod(value_cents - units * price_after, price_before - price_after)
        if not remainder and 0 <= first <= units:
            return Split((first, first * price_before), (units - first, (units - first) * price_after), False)
    first = round(units * share_before)
    value = value_cents * first // units if units else 0
    return Split((first, value), (units - first, value_cents - value), True)
