"""A cabinet as advice looks at it: its stored planogram with what it sold, or a layout that a page works on."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from chalicelib.advice import queries
from chalicelib.advice.errors import OutsideOfGrid, UnknownProduct
from chalicelib.advice.models.layouts import Layout
from chalicelib.advice.queries import Slot
from chalicelib.advice.rules.grid import Good, Grid, Position
from chalicelib.fleet.errors import CabinetNotFound, DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.values import value

WINDOW_DAYS = 30
NO_PRODUCT = 1
"""On the wire, an empty slot holds product 1."""


@value
class Cabinet:
    """A cabinet with its stored planogram and the sales of its positions in the last 30 days."""

    grid: Grid
    slots: Sequence[Slot]

    @property
    def revenue(self) -> Mapping[Position, float]:
        """Cents of 30 days by position."""
        return {(slot.row_no, slot.col_no): slot.revenue_cents for slot in self.slots}

    @property
    def daily_cents(self) -> Mapping[Position, float]:
        """Cents a day by position."""
        return {position: cents / WINDOW_DAYS for position, cents in self.revenue.items()}


def cabinet(call: Call, device_id: int, cabinet_index: int) -> Cabinet:
    """The cabinet of a device. Raises `DeviceNotFound`, `CabinetNotFound`."""
    found = queries.cabinet(call.db, device_id, cabinet_index)
    if found is None:
        raise CabinetNotFound if queries.device_exists(call.db, device_id) else DeviceNotFound
    slots = queries.slots(call.db, found.id, call.now - timedelta(days=WINDOW_DAYS))
    goods = {(slot.row_no, slot.col_no): slot.good for slot in slots if slot.good is not None}
    return Cabinet(Grid(found.rows, found.cols, found.temperature, goods), slots)


def laid_out(call: Call, stored: Grid, layout: Layout) -> Grid:
    """The layout that a page works on; the stored one where it sends none. Raises `OutsideOfGrid`, `UnknownProduct`."""
    if not layout.slots:
        return stored
    wanted = {(slot.row, slot.column): slot.product_id for slot in layout.slots}
    if outside := [position for position in wanted if not stored.holds(position)]:
        raise OutsideOfGrid(row=outside[0][0], column=outside[0][1], rows=stored.rows, columns=stored.cols)
    named = {place: product for place, product in wanted.items() if product is not None and product != NO_PRODUCT}
    known = {good.id: good for good in queries.goods(call.db, sorted(set(named.values())))}
    if missing := sorted(set(named.values()) - known.keys()):
        raise UnknownProduct(productIds=missing)
    return Grid(stored.rows, stored.cols, stored.temperature, {place: known[one] for place, one in named.items()})


def product(call: Call, product_id: int) -> Good:
    """A product that can be sold. Raises `UnknownProduct`."""
    found = queries.goods(call.db, [product_id])
    if not found:
        raise UnknownProduct(productIds=[product_id])
    return found[0]


def inside(grid: Grid, position: Position) -> Position:
    """The position, if the cabinet has it. Raises `OutsideOfGrid`."""
    if not grid.holds(position):
        raise OutsideOfGrid(row=position[0], column=position[1], rows=grid.rows, columns=grid.cols)
    return position
