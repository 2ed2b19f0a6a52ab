"""The heat of a cabinet, and the better layout that follows from it."""

from collections.abc import Mapping, Sequence

from chalicelib.advice import queries
from chalicelib.advice.models.heating import HeatAnswer, HeatOpportunity, HeatQuery, HeatStatistics, ZoneAnalysis
from chalicelib.advice.models.layouts import Place
from chalicelib.advice.models.optimizing import (
    Improvement,
    MoveAdvice,
    OptimizeAnswer,
    OptimizeQuestion,
    ProposedLayout,
    ProposedSlot,
)
from chalicelib.advice.rules import heat as rules
from chalicelib.advice.rules import moves
from chalicelib.advice.rules.forecast import FEWEST_DAYS
from chalicelib.advice.rules.grid import Grid
from chalicelib.advice.rules.moves import Limits, Step
from chalicelib.advice.service import cabinets, forecasting
from chalicelib.advice.service.cabinets import WINDOW_DAYS
from chalicelib.kit.call import Call


def heat_zones(call: Call, query: HeatQuery) -> HeatAnswer:
    """What each position of a cabinet earned in 30 days, against the best of them."""
    cabinet = cabinets.cabinet(call, query.device_id, query.cabinet_index)
    heat = rules.heat_of(cabinet.revenue)
    rows, cols = range(1, cabinet.grid.rows + 1), range(1, cabinet.grid.cols + 1)
    return HeatAnswer(
        device_id=query.device_id,
        heat_matrix=[[heat.get((row, col), 0.0) for col in cols] for row in rows],
        zone_analysis={zone.zone: _zone(zone) for zone in rules.zones_of(cabinet.revenue)},
        optimization_opportunities=[_opportunity(one) for one in rules.opportunities(cabinet.revenue)],
        statistics=HeatStatistics(
            total_positions=cabinet.grid.rows * cabinet.grid.cols,
            high_performance_zones=sum(one > rules.HOT for one in heat.values()),
            revenue_concentration=rules.concentration(list(cabinet.revenue.values())),
        ),
        generated_at=call.now,
    )


def _zone(zone: rules.ZoneFigures) -> ZoneAnalysis:
    return ZoneAnalysis(
        total_revenue=round(zone.total / 100, 2),
        average_revenue=round(zone.mean / 100, 2),
        positions=zone.positions,
        multiplier=rules.MULTIPLIERS[zone.zone],
    )


def _opportunity(one: rules.Opportunity) -> HeatOpportunity:
    return HeatOpportunity(
        position=one.position,
        row=one.row,
        column=one.column,
        zone=one.zone,
        current_revenue=round(one.revenue / 100, 2),
        potential_revenue=round(one.potential / 100, 2),
        recommendation=one.advice,
    )


def optimize(call: Call, asked: OptimizeQuestion) -> OptimizeAnswer:
    """A better layout of a cabinet. A proposal: neither slots nor stock change."""
    cabinet = cabinets.cabinet(call, asked.device_id, asked.planogram.cabinet_id)
    grid = cabinets.laid_out(call, cabinet.grid, asked.planogram)
    heat = rules.heat_of(cabinet.revenue)
    better, steps = moves.propose(grid, heat, _velocities(call, asked.device_id), _limits(asked))
    days = forecasting.days_with_sales(call, asked.device_id)
    return OptimizeAnswer(
        optimized_planogram=_layout(better),
        recommendations=[_advice(step) for step in steps],
        expected_improvement=Improvement(
            revenue_increase=round(sum(step.gain for step in steps) / 100, 2),
            confidence="medium" if days >= FEWEST_DAYS else "low",
            recommendations_count=len(steps),
        ),
        moves_required=len(steps),
        optimization_score=rules.planogram_score(better, heat),
        current_score=rules.planogram_score(grid, heat),
        constraints_applied=asked.constraints,
        timestamp=call.now,
    )


def _velocities(call: Call, device_id: int) -> Mapping[int, float]:
    since = forecasting.days_ago(call, WINDOW_DAYS)
    return {one.id: one.device_units / WINDOW_DAYS for one in queries.sellers(call.db, device_id, since)}


def _limits(asked: OptimizeQuestion) -> Limits:
    wanted = asked.constraints
    return Limits(
        locked=frozenset((one.row, one.column) for one in wanted.locked_positions),
        most_moves=wanted.max_moves,
        blocks={category: frozenset(rows) for category, rows in wanted.category_blocks.items()},
    )


def _layout(grid: Grid) -> ProposedLayout:
    laid: Sequence[ProposedSlot] = [
        ProposedSlot(row=row, column=column, product_id=good.id, product_name=good.name)
        for (row, column), good in sorted(grid.goods.items())
    ]
    return ProposedLayout(slots=laid)


def _advice(step: Step) -> MoveAdvice:
    return MoveAdvice(
        product_id=step.good.id,
        product_name=step.good.name,
        from_position=Place(row=step.origin[0], column=step.origin[1]),
        to_position=Place(row=step.to[0], column=step.to[1]),
        reason=step.reason,
        expected_revenue_increase=round(step.gain / 100, 2),
    )
