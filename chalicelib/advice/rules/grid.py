"""What the arithmetic is about: a grid of positions, and what is in them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from chalicelib.kit.values import value

Temperature = Literal["refrigerated", "frozen", "ambient"]
Position = tuple[int, int]
"""Row and column, from 1 at the top left."""


@value
class Good:
    """A product as advice sees it."""

    id: int
    name: str
    category: str
    price_cents: int
    cost_cents: int | None

    @property
    def margin_cents(self) -> int:
        """What a sold unit is worth: its price without its cost, where that is known."""
        return self.price_cents - (self.cost_cents or 0)


@value
class Grid:
    """A cabinet with the products in its positions; an empty position is not among them."""

    rows: int
    cols: int
    temperature: Temperature
    goods: Mapping[Position, Good]

    def holds(self, position: Position) -> bool:
        """Whether the cabinet has the position."""
        return 1 <= position[0] <= self.rows and 1 <= position[1] <= self.cols

    def positions(self) -> Sequence[Position]:
        """Every position, by row and column."""
        return [(row, col) for row in range(1, self.rows + 1) for col in range(1, self.cols + 1)]

    def empty(self) -> Sequence[Position]:
        """The positions without a product."""
        return [position for position in self.positions() if position not in self.goods]

    def neighbours(self, position: Position) -> Sequence[Good]:
        """The products in the up to eight positions around one."""
        row, col = position
        around = [(row + down, col + right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
        return [self.goods[place] for place in around if place in self.goods]


def label(position: Position) -> str:
    """A position as the planogram names it: `A1` is the first."""
    return f"{chr(64 + position[0])}{position[1]}"
