"""What a layout promises to earn."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from chalicelib.advice import queries
from chalicelib.advice.errors import InsufficientData
from chalicelib.advice.models.forecasting import (
    Band,
    Bands,
    Factors,
    PredictAnswer,
    PredictionPeriod,
    PredictQuestion,
    ProductPrediction,
)
from chalicelib.advice.rules import forecast
from chalicelib.advice.rules.forecast import FEWEST_DAYS, WINDOW_DAYS, Interval
from chalicelib.advice.rules.grid import Good, Grid
from chalicelib.advice.service import cabinets
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest
from chalicelib.kit.values import value

MODEL_VERSION = "statistics-1"
MOST_PRODUCTS = 10


@value
class History:
    """What a device earned in the window that ended yesterday, in cents."""

    today: date
    by_day: Mapping[date, int]
    by_product: Mapping[int, float]

    @property
    def daily(self) -> Sequence[float]:
        """The revenue of each calendar day, those without sales too."""
        days = (self.today - timedelta(days=back) for back in range(1, WINDOW_DAYS + 1))
        return [self.by_day.get(day, 0) for day in days]


def days_ago(call: Call, days: int) -> date:
    """The company's day so many days ago."""
    return queries.today(call.db, call.now) - timedelta(days=days)


def days_with_sales(call: Call, device_id: int) -> int:
    """On how many days of the window a device sold something."""
    return sum(1 for cents in history(call, device_id).by_day.values() if cents > 0)


def history(call: Call, device_id: int) -> History:
    """What a device earned in the 90 days before today."""
    today = queries.today(call.db, call.now)
    by_day: dict[date, int] = defaultdict(int)
    by_product: dict[int, float] = defaultdict(float)
    for one in queries.daily(call.db, device_id, today - timedelta(days=WINDOW_DAYS), today - timedelta(days=1)):
        by_day[one.day] += one.revenue_cents
        by_product[one.product_id] += one.revenue_cents
    return History(today, by_day, by_product)


def predict(call: Call, asked: PredictQuestion) -> PredictAnswer:
    """What the next days promise with a layout, against the same days with the present one."""
    device_id = asked.device_id or asked.planogram.device_id
    if device_id is None:
        raise BadRequest("Device ID required", field="device_id")
    stored = cabinets.cabinet(call, device_id, asked.planogram.cabinet_id).grid
    grid = cabinets.laid_out(call, stored, asked.planogram)
    past = history(call, device_id)
    if sum(cents > 0 for cents in past.by_day.values()) < FEWEST_DAYS:
        raise InsufficientData(days=sum(cents > 0 for cents in past.by_day.values()))
    seasonal = _season(call, device_id, past.today) if asked.include_seasonality else 1.0
    return _answer(call, asked.days, past, seasonal, grid, stored)


def _season(call: Call, device_id: int, today: date) -> float:
    months = queries.months(call.db, device_id, today)
    current = next((one.mean_cents for one in months if one.month == today.replace(day=1)), None)
    return forecast.season([one.mean_cents for one in months], current)


def _answer(call: Call, days: int, past: History, seasonal: float, grid: Grid, stored: Grid) -> PredictAnswer:
    now, then = forecast.impact(stored, past.by_product), forecast.impact(grid, past.by_product)
    baseline = forecast.predict(past.daily, days, layout_impact=now, seasonal=seasonal)
    wanted = forecast.predict(past.daily, days, layout_impact=then, seasonal=seasonal)
    predicted, before = round(wanted.predicted), round(baseline.predicted)
    return PredictAnswer(
        predicted_revenue=predicted,
        baseline_revenue=before,
        expected_change=predicted - before,
        change_percentage=_percent(predicted, before),
        confidence_intervals=Bands(confidence_68=_band(wanted.likely), confidence_95=_band(wanted.nearly_certain)),
        product_predictions=_products(past, grid, days, then),
        factors=Factors(
            planogram_impact=round(then, 4), current_impact=round(now, 4), seasonal_adjustment=round(seasonal, 4)
        ),
        prediction_period=PredictionPeriod(
            days=days,
            start_date=past.today.isoformat(),
            end_date=(past.today + timedelta(days=days - 1)).isoformat(),
        ),
        model_version=MODEL_VERSION,
        timestamp=call.now,
    )


def _percent(after: float, before: float) -> float:
    return round((after - before) / before * 100, 2) if before else 0.0


def _band(interval: Interval) -> Band:
    return Band(lower=round(interval.lower), upper=round(interval.upper))


def _products(past: History, grid: Grid, days: int, layout_impact: float) -> Sequence[ProductPrediction]:
    """The ten products of the layout that earned most."""
    rows: dict[int, int] = {}
    names: dict[int, Good] = {}
    for (row, _), good in sorted(grid.goods.items()):
        rows.setdefault(good.id, row)
        names[good.id] = good
    best = sorted(names, key=lambda one: (-past.by_product.get(one, 0), one))[:MOST_PRODUCTS]
    found = []
    for product in best:
        mean = past.by_product.get(product, 0) / WINDOW_DAYS * days
        predicted = round(mean * layout_impact * forecast.position_factor(rows[product]))
        found.append(
            ProductPrediction(
                product_id=product,
                product_name=names[product].name,
                baseline_revenue=round(mean),
                predicted_revenue=predicted,
                change_percentage=_percent(predicted, mean),
            )
        )
    return found
