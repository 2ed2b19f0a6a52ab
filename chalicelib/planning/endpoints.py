"""How the fleet is stocked and how long that lasts, and by which settings trips are planned."""

from chalice.app import Blueprint

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER, VIEWER
from chalicelib.kit.sheet import Sheet
from chalicelib.planning.errors import MetricsRunning, ThresholdsOutOfOrder
from chalicelib.planning.models import (
    DeviceMetrics,
    DeviceOutlook,
    DeviceSelection,
    Done,
    PlanningConfig,
    PlanningConfigChange,
    Recalculation,
    Season,
)
from chalicelib.planning.service import config, metrics, recalculation

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/api/devices/{device_id}/metrics", roles=EVERYONE, refusals=[DeviceNotFound], sheet=Sheet()
)
def device_metrics(call: Call, device_id: int) -> DeviceMetrics:
    """Tell how a device is stocked: sold-out slots, days of inventory, fill level, units to par, consumption."""
    return metrics.of_device(call, device_id)


@endpoint(blueprint, "POST", "/api/devices/metrics/batch", roles=EVERYONE)
def metrics_of_devices(call: Call, body: DeviceSelection) -> dict[int, DeviceMetrics]:
    """Tell how many devices are stocked, by device id. Unknown and deleted ids are left out; nothing is written."""
    return metrics.of_devices(call, body.device_ids)


@endpoint(
    blueprint,
    "GET",
    "/api/devices/{device_id}/slot-metrics",
    roles=[ADMIN, MANAGER, VIEWER],
    refusals=[DeviceNotFound],
    sheet=Sheet("slots"),
)
def device_outlook(call: Call, device_id: int, query: Season) -> DeviceOutlook:
    """Tell, slot by slot, what is left and how long it lasts, with a suggested par; and what runs out first."""
    return metrics.outlook(call, device_id, query.season_percent)


@endpoint(
    blueprint,
    "POST",
    "/api/metrics/calculate",
    roles=[ADMIN, MANAGER],
    refusals=[MetricsRunning, RateLimited],
    memory=1769,
    timeout=29,
)
def calculate_metrics(call: Call) -> Recalculation:
    """Recalculate the stored metrics of the whole fleet. One run at a time, and not twice within a minute."""
    return recalculation.recalculate_all(call)


@endpoint(blueprint, "GET", "/api/route-planning/config", roles=EVERYONE)
def planning_config(call: Call) -> PlanningConfig:
    """Show by which thresholds machines count as critical, in warning or all right."""
    return config.shown(call)


@endpoint(blueprint, "PUT", "/api/route-planning/config", roles=[ADMIN, MANAGER], refusals=[ThresholdsOutOfOrder])
def change_planning_config(call: Call, body: PlanningConfigChange) -> Done:
    """Change the thresholds of route planning; what is left out keeps its value."""
    return config.change(call, body)
