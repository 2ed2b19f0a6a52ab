"""A better layout: which products to move where (domain.md 7.14). A proposal; nothing is changed by it."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from chalicelib.advice.rules.grid import Good, Grid, Position, label
from chalicelib.advice.rules.heat import HOT, MULTIPLIERS, zone_of
from chalicelib.kit.values import value

USUAL_MOVES: Final = 5


@value
class Limits:
    """What a proposal must keep to; `blocks` are the rows that a category may lie in."""

    locked: frozenset[Position] = frozenset()
    most_moves: int = USUAL_MOVES
    blocks: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def allows(self, good: Good, to: Position) -> bool:
        """Whether a product may lie there."""
        rows = self.blocks.get(good.category)
        return rows is None or to[0] in rows


@value
class Step:
    """A product that moves; `gain` in cents a day, which may be a loss that the other half of a swap pays for."""

    good: Good
    origin: Position
    to: Position
    gain: float
    reason: str


def gain_of(good: Good, velocity: float, origin: Position, to: Position) -> float:
    """What moving a product promises, in cents a day: its daily revenue times the change of its zone."""
    change = MULTIPLIERS[zone_of(to[0])] / MULTIPLIERS[zone_of(origin[0])] - 1
    return velocity * good.price_cents * change


def propose(
    grid: Grid, heat: Mapping[Position, float], velocity: Mapping[int, float], limits: Limits
) -> tuple[Grid, Sequence[Step]]:
    """The layout that would follow, and its steps: into empty hot positions first, then swaps in hot positions."""
    layout, steps = dict(grid.goods), list[Step]()
    hot = sorted(
        (position for position in grid.positions() if heat.get(position, 0) > HOT and position not in limits.locked),
        key=lambda position: (-heat[position], position),
    )
    for position in [*(one for one in hot if one not in layout), *(one for one in hot if one in layout)]:
        made = _best(layout, position, velocity, limits, room=limits.most_moves - len(steps))
        steps += made
        _carry_out(layout, made)
    return Grid(grid.rows, grid.cols, grid.temperature, layout), steps


def _best(
    layout: Mapping[Position, Good], to: Position, velocity: Mapping[int, float], limits: Limits, *, room: int
) -> Sequence[Step]:
    """The one move or swap into a position that promises most; nothing where none promises anything."""
    present = layout.get(to)
    worth = 0.0 if present is None else _value(present, velocity)
    options = []
    for origin, good in layout.items():
        if origin == to or origin in limits.locked or _value(good, velocity) <= worth or not limits.allows(good, to):
            continue
        if zone_of(origin[0]) == zone_of(to[0]) or (present is not None and not limits.allows(present, origin)):
            continue
        options.append(_steps(good, present, origin, to, velocity))
    fitting = [steps for steps in options if len(steps) <= room and sum(step.gain for step in steps) > 0]
    return max(fitting, key=lambda steps: sum(step.gain for step in steps), default=())


def _value(good: Good, velocity: Mapping[int, float]) -> float:
    """What a product is worth in a day, in cents."""
    return good.margin_cents * velocity.get(good.id, 0.0)


def _steps(
    good: Good, present: Good | None, origin: Position, to: Position, velocity: Mapping[int, float]
) -> Sequence[Step]:
    sold = velocity.get(good.id, 0.0)
    reason = f"{label(to)} is among the positions that earn most; {good.name} sells {sold:.2f} units a day."
    moved = Step(good, origin, to, gain_of(good, sold, origin, to), reason)
    if present is None:
        return (moved,)
    back = gain_of(present, velocity.get(present.id, 0.0), to, origin)
    return moved, Step(present, to, origin, back, f"Makes room for {good.name} in {label(to)}.")


def _carry_out(layout: dict[Position, Good], steps: Sequence[Step]) -> None:
    for step in steps:
        if layout.get(step.origin) == step.good:
            del layout[step.origin]
    layout.update({step.to: step.good for step in steps})
