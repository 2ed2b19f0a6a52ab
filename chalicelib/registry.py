"""The one list of features."""

from chalicelib.advice import endpoints as advice
from chalicelib.assistant import endpoints as assistant
from chalicelib.assistant import workers as assistant_workers
from chalicelib.catalog import endpoints as catalog
from chalicelib.console import endpoints as console
from chalicelib.fleet import endpoints as fleet
from chalicelib.fleet import workers as fleet_workers
from chalicelib.identity import endpoints as identity
from chalicelib.identity import workers as identity_workers
from chalicelib.kit.app import App
from chalicelib.kit.worker import declared
from chalicelib.monitoring import endpoints as monitoring
from chalicelib.monitoring import workers as monitoring_workers
from chalicelib.operations import endpoints as operations
from chalicelib.operations import workers as operations_workers
from chalicelib.orders import endpoints as orders
from chalicelib.orders import workers as orders_workers
from chalicelib.planning import endpoints as planning
from chalicelib.planning import workers as planning_workers
from chalicelib.planograms import endpoints as planograms
from chalicelib.preferences import endpoints as preferences
from chalicelib.preferences import workers as preferences_workers
from chalicelib.sales import endpoints as sales
from chalicelib.sales import workers as sales_workers
from chalicelib.stock import endpoints as stock
from chalicelib.stock import workers as stock_workers
from chalicelib.telemetry import endpoints as telemetry
from chalicelib.telemetry import workers as telemetry_workers
from chalicelib.tours import endpoints as tours

BLUEPRINTS = (
    identity.blueprint,
    operations.blueprint,
    stock.blueprint,
    *orders.BLUEPRINTS,
    planning.blueprint,
    sales.blueprint,
    tours.blueprint,
    *fleet.BLUEPRINTS,
    *telemetry.BLUEPRINTS,
    planograms.blueprint,
    catalog.blueprint,
    *preferences.BLUEPRINTS,
    *assistant.BLUEPRINTS,
    *monitoring.BLUEPRINTS,
    advice.blueprint,
    console.blueprint,
)

_WORKER_MODULES = (
    identity_workers,
    operations_workers,
    fleet_workers,
    planning_workers,
    preferences_workers,
    assistant_workers,
    sales_workers,
    stock_workers,
    telemetry_workers,
    orders_workers,
    monitoring_workers,
)

WORKERS = tuple(module.blueprint for module in _WORKER_MODULES)

JOBS = {made.name: made for module in _WORKER_MODULES for made in module.JOBS}
"""All scheduled work by name, to be run by hand."""

QUEUES = {worker.name: worker.queue_setting for worker in declared() if worker.queue}
"""The functions that queues feed, and the settings that name the queues."""


def register(app: App) -> None:
    """Register the routes and workers of every feature."""
    # The gateway would otherwise read an uploaded picture as UTF-8 and spoil it.
    if "multipart/form-data" not in app.api.binary_types:
        app.api.binary_types.append("multipart/form-data")
    for blueprint in (*BLUEPRINTS, *WORKERS):
        app.register_blueprint(blueprint)
    app.answer_preflights()
