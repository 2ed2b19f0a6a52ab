"""What the endpoints and other features ask of sales."""

from chalicelib.sales.service.away import archived
from chalicelib.sales.service.dashboard import achievements, timeline, top_performers, weekly
from chalicelib.sales.service.demo import make_demo_sales
from chalicelib.sales.service.facts import correct, enter, listed
from chalicelib.sales.service.kpis import kpis
from chalicelib.sales.service.recording import record
from chalicelib.sales.service.reports import of_assets, of_products, period_or_week, summary
from chalicelib.sales.service.rollup import ROLLUP, rebuild_daily

__all__ = [
    "ROLLUP",
    "achievements",
    "archived",
    "correct",
    "enter",
    "kpis",
    "listed",
    "make_demo_sales",
    "of_assets",
    "of_products",
    "period_or_week",
    "rebuild_daily",
    "record",
    "summary",
    "timeline",
    "top_performers",
    "weekly",
]
