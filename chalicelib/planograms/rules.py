"""The arithmetic of slots: what a slot is to hold, whether it may, and what the ledger has to say about it."""

from collections.abc import Iterator
from typing import Literal

from chalicelib.kit.values import value

Reason = Literal["edit", "clear", "optimizer", "import", "service", "rollback", "count"]

LARGEST_CENTS = 2**31 - 1
LARGEST_CAPACITY = 999


@value
class Content:
    """What a slot holds. No product means an empty slot; no price means the product's own price."""

    product_id: int | None
    quantity: int
    capacity: int
    par_level: int
    price_cents: int | None


@value
class Wish:
    """What a slot is to hold. None means that the client did not say."""

    product_id: int | None = None
    quantity: int | None = None
    capacity: int | None = None
    par_level: int | None = None
    price_cents: int | None = None


@value
class Movement:
    """Units that leave or enter a slot."""

    product_id: int
    delta: int
    kind: Literal["planogram_change", "count_adjustment"]
    quantity_after: int


def default_par(capacity: int, percent: int) -> int:
    """The par level of an occupied slot for which none is given: half-up, at least one unit (BR-082)."""
    return max(1, (capacity * percent * 2 + 100) // 200)


def possible_assets(planogram_key: str) -> list[str]:
    """Every beginning of a planogram key that may be its asset, in lower case.

    Assets and type names may both hold hyphens, so a key cannot be taken apart; this only narrows where to look.
    """
    hyphens = [at for at, letter in enumerate(planogram_key) if letter == "-"]
    return [planogram_key[:at].lower() for at in hyphens if 0 < at <= 20]


def settled(held: Content, wish: Wish, *, list_price_cents: int | None, default_par_percent: int) -> Content:
    """What a slot holds once a wish has come true, whether it may or not (domain.md 4.5).

    - Cleared: nothing is left but the capacity.
    - Replaced or newly assigned: the quantity is the given one, else 0, and is never inherited.
    - Kept: what is not said stays.

    A price equal to the product's is kept as no price, so that the slot follows the product (BR-074).
    """
    if wish.product_id is None:
        return Content(None, 0, held.capacity, 0, None)
    kept = wish.product_id == held.product_id
    capacity = held.capacity if wish.capacity is None else wish.capacity
    par_level = held.par_level if kept and wish.par_level is None else wish.par_level
    own_price = None if wish.price_cents == list_price_cents else wish.price_cents
    return Content(
        product_id=wish.product_id,
        quantity=(held.quantity if kept else 0) if wish.quantity is None else wish.quantity,
        capacity=capacity,
        par_level=default_par(capacity, default_par_percent) if par_level is None else par_level,
        price_cents=held.price_cents if kept and wish.price_cents is None else own_price,
    )


def problem(wish: Wish, content: Content) -> str | None:
    """Why a slot may not hold this, in words for a person; None when it may (BR-081..083)."""
    if content.product_id is None:
        filled = [wish.quantity, wish.par_level, wish.price_cents]
        return "an empty slot has no quantity, par level or price" if any(filled) else None
    if not 1 <= content.capacity <= LARGEST_CAPACITY:
        return f"the capacity of an occupied slot must be 1 to {LARGEST_CAPACITY}"
    if not 0 <= content.quantity <= content.capacity:
        return f"the quantity must be 0 to the capacity of {content.capacity}"
    if not 1 <= content.par_level <= content.capacity:
        return f"the par level must be 1 to the capacity of {content.capacity}"
    if content.price_cents is not None and content.price_cents < 0:
        return "the price must not be negative"
    if content.price_cents is not None and content.price_cents > LARGEST_CENTS:
        return f"the price must be at most {LARGEST_CENTS // 100}"
    return None


def reason(before: Content, after: Content) -> Reason:
    """What kind of change this is, for the slot's history."""
    if after.product_id is None:
        return "clear"
    only_counted = Content(after.product_id, before.quantity, after.capacity, after.par_level, after.price_cents)
    return "count" if only_counted == before else "edit"


def movements(before: Content, after: Content) -> Iterator[Movement]:
    """The ledger lines of a change: a replaced product goes out whole before the new one comes in."""
    if before.product_id is not None and before.product_id == after.product_id:
        if delta := after.quantity - before.quantity:
            yield Movement(before.product_id, delta, "count_adjustment", after.quantity)
        return
    if before.product_id is not None and before.quantity:
        yield Movement(before.product_id, -before.quantity, "planogram_change", 0)
    if after.product_id is not None and after.quantity:
        yield Movement(after.product_id, after.quantity, "planogram_change", after.quantity)


def carried(source: Content, target: Content) -> Content:
    """A moved product at its new place: quantity, par and price go along, the capacity is the place's (BR-086)."""
    return Content(
        source.product_id, source.quantity, target.capacity or source.capacity, source.par_level, source.price_cents
    )


def emptied(held: Content) -> Content:
    """A slot after clearing."""
    return Content(None, 0, held.capacity, 0, None)


def copied(source: Content, target: Content) -> Content:
    """A slot after a layout was copied onto it: the layout comes along, the stock does not (BR-088)."""
    if source.product_id is None:
        return emptied(target)
    return Content(source.product_id, 0, source.capacity, source.par_level, source.price_cents)
