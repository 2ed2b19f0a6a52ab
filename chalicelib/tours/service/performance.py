"""How routes and drivers did (US-058)."""

from chalicelib.kit.call import Call
from chalicelib.sales import service as sales
from chalicelib.sales.models.periods import Days
from chalicelib.tours import rules
from chalicelib.tours.models import Performance, PerformanceReport, Work
from chalicelib.tours.queries import performance


def report(call: Call, asked: Days) -> PerformanceReport:
    """The work of a period; without days, of the present week."""
    days = sales.period_or_week(call, asked)
    return PerformanceReport(
        start_date=days.start,
        end_date=days.end,
        routes=[_performance(work) for work in performance.of_tours(call.db, days.start, days.end)],
        drivers=[_performance(work) for work in performance.of_drivers(call.db, days.start, days.end)],
    )


def _performance(work: Work) -> Performance:
    return Performance(
        id=work.id,
        name=work.name,
        route_number=work.route_number,
        orders_completed=work.completed,
        orders_cancelled=work.cancelled,
        on_time_percent=rules.percent(work.on_time, work.completed),
        average_minutes_per_cabinet=rules.mean(work.minutes, work.cabinets),
        units_delivered=work.units_delivered,
        fulfilment_percent=rules.percent(work.units_filled, work.units_needed),
        revenue=work.revenue_cents,
    )
