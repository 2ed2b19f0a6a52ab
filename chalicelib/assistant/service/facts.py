"""What the assistant can tell from the fleet's own data, a topic at a time."""

import re
from collections.abc import Callable, Sequence

from chalicelib.assistant.queries import uses
from chalicelib.assistant.rules import money
from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.orders.service import read as orders
from chalicelib.preferences.models.badges import Badge
from chalicelib.preferences.service import badges
from chalicelib.sales import service as sales
from chalicelib.sales.models.periods import Days

BEST_PRODUCTS = 5
NAMED = 3


@value
class Topic:
    """Something that can be told, and the beginnings of the words by which it is asked for."""

    words: tuple[str, ...]
    tell: Callable[[Call], str]

    def is_meant(self, words: Sequence[str]) -> bool:
        """Whether one of the words asks for it."""
        return any(word.startswith(self.words) for word in words)


def _week(call: Call) -> str:
    week, currency = sales.weekly(call), uses.currency(call.db)
    return (
        f"This week's revenue so far is {money(week.weekly_revenue, currency)}. The whole week before it was "
        f"{money(week.previous_week_revenue, currency)}, and {money(week.previous_week_revenue_to_date, currency)} "
        f"up to the same time: that is {week.growth_to_date:+}% to date. {week.device_count} machine(s) earned "
        f"{money(week.avg_revenue_per_device, currency)} each on the average."
    )


def _months(call: Call) -> str:
    currency = uses.currency(call.db)
    months = "; ".join(
        f"{month.period} {month.year}: {money(month.revenue, currency)}" for month in sales.timeline(call)
    )
    return f"Revenue by month: {months}."


def _target(call: Call) -> str:
    reached, currency = sales.achievements(call), uses.currency(call.db)
    rest = f"{money(reached.remaining, currency)} to go" if reached.remaining > 0 else "the target is reached"
    return f"This month's revenue is {money(reached.current, currency)}: {reached.description}, {rest}."


def _top(call: Call) -> str:
    return (
        "This week: " + "; ".join(f"{one.title} {one.name} ({one.value})" for one in sales.top_performers(call)) + "."
    )


def _products(call: Call) -> str:
    days, currency = sales.period_or_week(call, Days()), uses.currency(call.db)
    report = sales.of_products(call, Days(start_date=days.start, end_date=days.end))
    best = sorted(report.products, key=lambda row: (-row.total_sales, row.product_name))[:BEST_PRODUCTS]
    if not best:
        return "Nothing has been sold this week yet."
    named = "; ".join(
        f"{row.product_name} {money(row.total_sales, currency)}, {row.total_units} unit(s)" for row in best
    )
    return f"Best-selling products this week: {named}."


def _stock(call: Call) -> str:
    return (
        f"{_counted(badges.low_stock(call), 'slot(s) hold a quarter of their par level or less')} "
        f"{_counted(badges.device_alerts(call), 'machine(s) are silent or critical')}"
    )


def _visits(call: Call) -> str:
    return _counted(badges.maintenance(call), "machine(s) have not been visited for 30 days")


def _orders(call: Call) -> str:
    waiting = orders.pending(call)
    named = "; ".join(f"{line.title}: {line.message}" for line in waiting.notifications[:NAMED])
    return f"{waiting.count} service order(s) wait to be started." + (f" The newest: {named}." if named else "")


def _machines(call: Call) -> str:
    return f"There are {sales.weekly(call).device_count} machine(s) in the fleet."


def _counted(badge: Badge, what: str) -> str:
    named = "; ".join(f"{line.title} {line.message}" for line in badge.notifications[:NAMED])
    return f"{badge.count} {what}." + (f" First: {named}." if named else "")


TOPICS = (
    Topic(("revenue", "sales", "sold", "selling", "earn", "income", "turnover", "growth", "week"), _week),
    Topic(("month", "timeline", "trend", "histor"), _months),
    Topic(("target", "goal", "achiev", "progress"), _target),
    Topic(("best", "top", "leader", "perform", "strongest"), _top),
    Topic(("product", "seller", "popular"), _products),
    Topic(("stock", "empty", "sold-out", "restock", "refill", "inventor", "low", "alert", "silent"), _stock),
    Topic(("visit", "mainten", "neglect"), _visits),
    Topic(("order", "pending"), _orders),
    Topic(("machine", "device", "fleet"), _machines),
)

MOST_TOPICS = 3


def meant(message: str) -> list[Topic]:
    """The topics that a question is about, at most three."""
    words = re.findall(r"[a-z-]+", message.lower().replace("sold out", "sold-out"))
    return [topic for topic in TOPICS if topic.is_meant(words)][:MOST_TOPICS]
