"""The shape of interval sales: what one read says of a machine, and what was sold between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Count:
    """A pair of cumulative counters with the interval counters beside them; None is "not available", never zero."""

    units: int | None = None
    value_cents: int | None = None
    interval_units: int | None = None
    interval_value_cents: int | None = None


NOTHING = Count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """One selection in one read: PA2 as `paid`, PA7 by (device, price list), PA3 and PA4 as units.

    Only counters that a baseline carries forward because later ones are in doubt have `fell_to`: the units shown when
    they first fell; or `is_doubted`: a read without a checksum gave figures that do not go together.
    """

    paid: Count = NOTHING
    payments: Mapping[tuple[str, str], Count] = field(default_factory=dict)
    prices: frozenset[int] = frozenset()
    test_units: int | None = None
    free_units: int | None = None
    fell_to: int | None = None
    is_doubted: bool = False

    @property
    def cumulative(self) -> Count:
        """All paid vends: PA2, or PA7 added up where the machine has given PA2 up (level 6.1)."""
        return self.paid if self.paid.units is not None else total_of(self.payments)


def total_of(payments: Mapping[tuple[str, str], Count]) -> Count:
    """The sum over payment devices and lists; not available as soon as one of them is not."""
    units = [count.units for count in payments.values()]
    values = [count.value_cents for count in payments.values()]
    if not payments or None in units:
        return NOTHING
    return Count(sum(n or 0 for n in units), None if None in values else sum(v or 0 for v in values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """Cumulative cash of CA3 and CA4, cents: in the box, in the tubes, taken as bills, paid out as bills."""

    box: int | None = None
    tubes: int | None = None
    bills: int | None = None
    bills_paid_out: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one read says of its machine. `received_at` orders what the machine itself does not; a read is dated when
    that is the moment at which it was taken, by the clock of whoever took it, and not only when it arrived.

    `serials` are those of machine, board and changer; `initialised_at` is EA4 by the machine's own clock. A read is
    proven when its checksum holds; one without a checksum may be damaged in any figure.
    """

    content_hash: bytes
    received_at: datetime
    read_at: datetime | None = None
    is_dated: bool = False
    is_accepted: bool = True
    is_proven: bool = True
    serials: tuple[str | None, str | None, str | None] = (None, None, None)
    decimal_places: int = 2
    read_count: int | None = None
    reset_count: int | None = None
    initialised_at: datetime | None = None
    selections: Mapping[str, Counters] = field(default_factory=dict)
    totals: Mapping[str, Count] = field(default_factory=dict)
    cash: Cash = Cash()

    @property
    def at(self) -> datetime:
        return self.read_at or self.received_at


class Outcome(StrEnum):
    """How a difference was judged. Only normal, rollover and the two resets book anything."""

    NORMAL = "normal"
    BASELINE = "baseline"
    ROLLOVER = "rollover"
    RESET_BASELINE = "reset_baseline"
    SWAP_BASELINE = "swap_baseline"
    SUSPECT = "suspect"
    UNKNOWN = "unknown"
    DUPLICATE = "duplicate"


class Standing(StrEnum):
    """How a read stands among the reads of its machine.

    It follows the read before; it begins a life of its own, because its board or its counters began again; one of the
    two, and nothing tells which (doubtful); or it may belong elsewhere and is held until later reads cover it.
    """

    FOLLOWS = "follows"
    BEGINS = "begins"
    DOUBTFUL = "doubtful"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Placed:
    """A read in its place."""

    reading: Reading
    standing: Standing


class Flag(StrEnum):
    RESCALED = "rescaled"
    PRICE_OUT_OF_RANGE = "price_out_of_range"
    IMPLAUSIBLE_PRICE = "implausible_price"
    IMPLAUSIBLE_RATE = "implausible_rate"
    VALUE_UNKNOWN = "value_unknown"
    VALUE_WITHOUT_UNITS = "value_without_units"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ORDER_UNSURE = "order_unsure"
    UNPROVEN = "unproven"
    GAP_ESTIMATED = "gap_estimated"
    READS_MISSING = "reads_missing"
    SUMS_DIFFER = "sums_differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """What one selection sold. `units` and `value_cents` may be booked; `proposed_*` wait for somebody to look.

    `value_cents` is None when the machine did not say: it is never units times price [EVA-DTS 5.2.1]. `payments` is
    the split of the same units by (device, price list), where both reads have it.
    """

    selection: str
    outcome: Outcome
    units: int = 0
    value_cents: int | None = 0
    proposed_units: int | None = None
    proposed_value_cents: int | None = None
    payments: Mapping[tuple[str, str], Count] = field(default_factory=dict)
    test_units: int = 0
    free_units: int = 0
    modulus: int | None = None
    flags: frozenset[Flag] = frozenset()

    def units_gone(self, *, test_vends_drop: bool) -> int:
        """Units that left the slot: free vends always drop a product, test vends when the machine is set so."""
        return self.units + self.free_units + (self.test_units if test_vends_drop else 0)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """What the selections sold against what a total of the machine rose by."""

    name: str
    expected: int
    actual: int
    tolerance: int

    @property
    def holds(self) -> bool:
        return abs(self.actual - self.expected) <= self.tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """What happened between two reads. `baseline` is what the next read is compared with: unknowns carried forward.

    The hashes name both reads, and with the flags, the modulus and the checks of the totals they are what it takes to
    derive every sale again.
    """

    outcome: Outcome
    started_at: datetime | None
    ended_at: datetime
    previous_hash: bytes | None
    current_hash: bytes
    baseline: Reading
    sold: tuple[Sold, ...] = ()
    sum_checks: tuple[SumCheck, ...] = ()
    cash_to_box_cents: int | None = None
    tubes_cents: int | None = None
    missing_reads: int = 0
    flags: frozenset[Flag] = frozenset()

    @property
    def units(self) -> int:
        return sum(sold.units for sold in self.sold)

    @property
    def value_cents(self) -> int:
        return sum(sold.value_cents or 0 for sold in self.sold)
