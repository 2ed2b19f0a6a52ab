"""The order of the steps: that of the foreign keys."""

from typing import Final

from tools.legacy.run import Step
from tools.legacy.steps import (
    audit,
    catalog,
    fleet,
    knowledge,
    metrics,
    orders,
    places,
    planograms,
    sales,
    telemetry,
    users,
    visits,
)

STEPS: Final[dict[str, Step]] = {
    "users": users.bring,
    "settings": places.bring_settings,
    "types": catalog.bring_types,
    "locations": places.bring_locations,
    "routes": places.bring_routes,
    "devices": fleet.bring_devices,
    "cabinets": fleet.bring_cabinets,
    "products": catalog.bring_products,
    "planograms": planograms.bring,
    "orders": orders.bring,
    "visits": visits.bring,
    "sales": sales.bring,
    "reads": telemetry.bring,
    "metrics": metrics.bring,
    "articles": knowledge.bring,
    "audit": audit.bring,
    "leftovers": audit.name_what_stays_behind,
}
