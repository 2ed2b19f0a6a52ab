"""Sales, the reports made of them, and the figures of the dashboard."""

from chalice.app import Blueprint

from chalicelib.catalog.errors import ProductNotFound
from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit import large_files
from chalicelib.kit.answer import Answer, Json
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, MANAGER, VIEWER
from chalicelib.kit.sheet import Sheet
from chalicelib.sales import service
from chalicelib.sales.errors import (
    DatesMissing,
    DatesOutOfOrder,
    DemoDaysOutOfOrder,
    DemoInProduction,
    DemoTooLong,
    DemoTooMuch,
    ImportKeyTaken,
    MoreThanSold,
    NoDevices,
    NoProducts,
    PeriodTooLong,
    SaleArchived,
    SaleNotFound,
    SlotHoldsSomethingElse,
    SoldInTheFuture,
)
from chalicelib.sales.models.demo import DemoAsked, DemoMade
from chalicelib.sales.models.facts import CorrectionBody, Sale, SaleBody, SaleRecorded, SalesAsked
from chalicelib.sales.models.kpis import Kpis
from chalicelib.sales.models.periods import Days, SummaryAsked
from chalicelib.sales.models.reports import (
    AssetReport,
    DaySummary,
    DeviceSummary,
    MonthAchievement,
    Performer,
    ProductReport,
    ProductSummary,
    TimelineMonth,
    Weekly,
)

blueprint = Blueprint(__name__)

READERS = (ADMIN, MANAGER, VIEWER)
PERIOD = (DatesOutOfOrder, PeriodTooLong)


@endpoint(
    blueprint,
    "GET",
    "/api/sales",
    roles=READERS,
    refusals=PERIOD,
    sheet=Sheet(most=100_000, store=large_files.keep),
    grants=["s3:PutObject", "s3:GetObject", "kms:GenerateDataKey", "kms:Decrypt"],
    memory=1024,
    timeout=29,
    scope="sales:read",
    rows="filtered",
)
def list_sales(call: Call, query: SalesAsked) -> Answer[list[Sale]]:
    """List the sales of live devices, newest first, a page at a time. Days are the company's, both ends included.

    Sales older than two years may be archived; then the header `X-Listed-Since` tells the first day of which all are
    listed. Summaries and reports go on telling of all.
    """
    return service.listed(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/sales",
    roles=[ADMIN, MANAGER],
    refusals=[DeviceNotFound, ProductNotFound, SlotHoldsSomethingElse, SoldInTheFuture, ImportKeyTaken],
    status=201,
    scope="sales:write",
    rows="filtered",
)
def create_sale(call: Call, body: SaleBody) -> Answer[SaleRecorded]:
    """Record a sale and take it out of the device's slots. A repeated import key is answered with the first sale."""
    return service.enter(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/sales/{sale_id}/corrections",
    roles=[ADMIN, MANAGER],
    refusals=[SaleNotFound, SaleArchived, MoreThanSold],
    status=201,
    scope="sales:write",
    rows="filtered",
)
def correct_sale(call: Call, sale_id: int, body: CorrectionBody) -> Sale:
    """Take units or cash off a sale that was recorded wrongly. The sale stays; stock is corrected by a count."""
    return service.correct(call, sale_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/sales/generate-demo-data",
    roles=[ADMIN],
    refusals=[DemoInProduction, DemoDaysOutOfOrder, DemoTooLong, DemoTooMuch, NoDevices, NoProducts],
    timeout=29,
)
def make_demo_sales(call: Call, body: DemoAsked) -> DemoMade:
    """Make up sales, for trying the system out. Not in production; only made-up sales are ever cleared."""
    return service.make_demo_sales(call, body)


@endpoint(blueprint, "GET", "/api/sales/summary", roles=READERS, refusals=PERIOD, sheet=Sheet(), scope="reports:read")
def sales_summary(
    call: Call, query: SummaryAsked
) -> Json[list[DeviceSummary] | list[ProductSummary] | list[DaySummary]]:
    """Sum the sales up: by device (best first), by product (most units first), or by date (newest first)."""
    return service.summary(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/sales/asset-report",
    roles=READERS,
    refusals=PERIOD,
    memory=512,
    sheet=Sheet("devices"),
    scope="reports:read",
)
def asset_report(call: Call, query: Days) -> Json[AssetReport]:
    """Report the sales of every live device in a period; without one, in the present week."""
    return service.of_assets(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/sales/product-report",
    roles=READERS,
    refusals=[DatesMissing, *PERIOD],
    sheet=Sheet("products"),
    scope="reports:read",
)
def product_report(call: Call, query: Days) -> ProductReport:
    """Report the sales of every product in a period, also of products and devices deleted since."""
    return service.of_products(call, query)


@endpoint(blueprint, "GET", "/api/metrics/weekly", roles=READERS, sheet=Sheet(), scope="reports:read")
def weekly_metrics(call: Call) -> Weekly:
    """Tell the revenue of the present week, its growth, and the best location."""
    return service.weekly(call)


@endpoint(blueprint, "GET", "/api/metrics/timeline", roles=READERS, sheet=Sheet(), scope="reports:read")
def revenue_timeline(call: Call) -> list[TimelineMonth]:
    """Tell the revenue of the last six months, the present one included."""
    return service.timeline(call)


@endpoint(blueprint, "GET", "/api/metrics/achievements", roles=READERS, sheet=Sheet(), scope="reports:read")
def month_achievements(call: Call) -> MonthAchievement:
    """Tell how far this month's revenue has come towards its target."""
    return service.achievements(call)


@endpoint(blueprint, "GET", "/api/metrics/top-performers", roles=READERS, sheet=Sheet(), scope="reports:read")
def top_performers(call: Call) -> list[Performer]:
    """Tell the best device, the best location and the fastest growing device of the present week."""
    return service.top_performers(call)


@endpoint(blueprint, "GET", "/api/metrics/dashboard", roles=READERS, refusals=PERIOD, sheet=Sheet())
def dashboard(call: Call, query: Days) -> Kpis:
    """Tell revenue and units of a period (default: this week), the fleet's health, open orders and sold-out slots."""
    return service.kpis(call, query)
