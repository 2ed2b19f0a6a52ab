"""Service orders, their cabinets, and visits."""

from chalice.app import Blueprint

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import Forbidden, InvalidTransition, VersionConflict
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN, DRIVER, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet
from chalicelib.orders import errors
from chalicelib.orders.models import incoming, outgoing
from chalicelib.orders.service import create, drive, edit, execute, plan, read, rollback, sync, visit
from chalicelib.stock.errors import NegativeStock, OverCapacity

blueprint = Blueprint(__name__)

OFFICE = (ADMIN, MANAGER)
DRIVES = (ADMIN, MANAGER, DRIVER)

PLANNING = (
    errors.ServiceDateRefused,
    errors.CabinetsRefused,
    errors.CabinetInOpenOrder,
    errors.NothingToService,
)
DELIVERING = (
    errors.AlreadyExecuted,
    errors.CabinetSkipped,
    errors.OrderClosed,
    errors.DriverMissing,
    errors.UnknownItem,
    errors.NothingDelivered,
    errors.PhotoRequired,
    OverCapacity,
)
STEPPING = (errors.OrderClosed, errors.DriverMissing, InvalidTransition, Forbidden)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/preview",
    roles=OFFICE,
    refusals=[errors.ServiceDateRefused],
    scope="orders:read",
)
def preview_order(call: Call, body: incoming.PreviewRequest) -> outgoing.Preview:
    """Tell what an order would hold: what the cabinets need by the day of service, with the sales until then."""
    return plan.preview(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders",
    roles=OFFICE,
    refusals=[errors.RouteNotFound, *PLANNING],
    status=201,
    scope="orders:write",
)
def create_order(call: Call, body: incoming.NewOrder) -> outgoing.OrderCreated:
    """Create an order with the quantities of the preview. The same request within a minute gets the first answer."""
    return create.order(call, body)


@endpoint(
    blueprint, "GET", "/api/service-orders", roles=EVERYONE, sheet=Sheet("orders"), scope="orders:read", rows="filtered"
)
def list_orders(call: Call, query: incoming.OrderQuery) -> outgoing.OrderList:
    """List orders, newest first. Drivers see their own. Without `page` the newest hundred come."""
    return read.orders(call, query)


@endpoint(blueprint, "GET", "/api/service-orders/pending-count", roles=EVERYONE, scope="orders:read", rows="filtered")
def count_pending_orders(call: Call) -> outgoing.PendingOrders:
    """Count the orders that wait to be started, for a badge. Drivers count their own."""
    return read.pending(call)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/execute",
    roles=DRIVES,
    refusals=[errors.OrderNotFoundOrDenied, *DELIVERING],
    scope="orders:write",
    rows="filtered",
)
def execute_order_cabinet(call: Call, body: incoming.OrderDelivery) -> outgoing.DeliveryRecorded:
    """Record what was delivered to a cabinet, as the phone's queue sends it; the same work as the endpoint below."""
    return execute.of_order(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/cabinets/{cabinet_order_id}/execute",
    roles=DRIVES,
    refusals=[errors.StopNotFound, *DELIVERING],
    scope="orders:write",
    rows="filtered",
)
def execute_cabinet(call: Call, cabinet_order_id: int, body: incoming.DeliveryReport) -> outgoing.DeliveryRecorded:
    """Record what was delivered to one cabinet of an order and move the stock.

    Units of a product are spread over its slots in the order of their positions: up to par first, then up to
    capacity. Nothing is moved when they do not all fit. The same report within a minute gets the first answer.
    """
    return execute.cabinet(call, cabinet_order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/cabinets/{cabinet_order_id}/rollback",
    roles=OFFICE,
    refusals=[
        errors.StopNotFound,
        errors.NoExecution,
        errors.OrderClosed,
        errors.RollbackTooLate,
        errors.RollbackImpossible,
        NegativeStock,
    ],
    scope="orders:write",
    rows="filtered",
)
def roll_back_cabinet(call: Call, cabinet_order_id: int, body: incoming.Rollback) -> outgoing.RolledBack:
    """Take a delivery back within 24 hours: exactly the delivered units leave exactly their slots."""
    return rollback.cabinet(call, cabinet_order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/cabinets/{cabinet_order_id}/start",
    roles=DRIVES,
    refusals=[errors.StopNotFound, *STEPPING],
    scope="orders:write",
    rows="filtered",
)
def start_cabinet(call: Call, cabinet_order_id: int, body: incoming.Started) -> outgoing.StopUpdated:
    """Open a cabinet of an order, which starts the order if it has not been started."""
    return drive.start_stop(call, cabinet_order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/cabinets/{cabinet_order_id}/back-out",
    roles=DRIVES,
    refusals=[errors.StopNotFound, *STEPPING],
    scope="orders:write",
    rows="filtered",
)
def back_out_of_cabinet(call: Call, cabinet_order_id: int) -> outgoing.StopUpdated:
    """Close a cabinet again without having delivered anything."""
    return drive.back_out(call, cabinet_order_id)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/cabinets/{cabinet_order_id}/skip",
    roles=DRIVES,
    refusals=[errors.StopNotFound, *STEPPING],
    scope="orders:write",
    rows="filtered",
)
def skip_cabinet(call: Call, cabinet_order_id: int, body: incoming.Skip) -> outgoing.StopUpdated:
    """Skip a cabinet with a reason. The order completes when it was the last one and another was serviced."""
    return drive.skip(call, cabinet_order_id, body)


@endpoint(
    blueprint,
    "GET",
    "/api/service-orders/{order_id}",
    roles=EVERYONE,
    refusals=[errors.OrderNotFound],
    sheet=Sheet("cabinets"),
    scope="orders:read",
    rows="filtered",
)
def get_order(call: Call, order_id: int) -> outgoing.OrderDetail:
    """Show an order with its cabinets, items, shortfalls and addresses. Drivers see their own."""
    return read.detail(call, order_id)


@endpoint(
    blueprint,
    "GET",
    "/api/service-orders/{order_id}/pick-list",
    roles=EVERYONE,
    refusals=[errors.OrderNotFound],
    sheet=Sheet(),
    scope="orders:read",
    rows="filtered",
)
def get_pick_list(call: Call, order_id: int) -> list[outgoing.PickLine]:
    """List what to load for an order, by category and product name."""
    return read.pick_list(call, order_id)


@endpoint(
    blueprint,
    "PUT",
    "/api/service-orders/{order_id}",
    roles=DRIVES,
    refusals=[
        errors.OrderNotFound,
        errors.OnlyNotesMayChange,
        errors.DriverUnfit,
        errors.ReasonRequired,
        errors.CabinetHasHistory,
        VersionConflict,
        InvalidTransition,
        Forbidden,
        *PLANNING,
        *DELIVERING,
    ],
)
def update_order(call: Call, order_id: int, body: incoming.OrderEdit) -> outgoing.OrderUpdated:
    """Change an order's status or, while it is pending, what is planned; its notes at any time.

    `status: completed` delivers what was ordered to all open cabinets, as far as it fits. Drivers set the status
    and the notes of their own orders.
    """
    return edit.order(call, order_id, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/service-orders/{order_id}/sync",
    roles=DRIVES,
    refusals=[
        errors.OrderNotFoundOrDenied,
        sync.SyncedOrderNotFound,
        errors.OpenCabinets,
        errors.ReasonRequired,
        *STEPPING,
    ],
)
def sync_order(call: Call, order_id: int, body: incoming.SyncedOrder) -> outgoing.Synced:
    """Apply a phone's copy of an order. When the server's is newer, nothing is applied and `conflict` is true."""
    return sync.order(call, order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/{order_id}/start",
    roles=DRIVES,
    refusals=[errors.OrderNotFound, *STEPPING],
    scope="orders:write",
    rows="filtered",
)
def start_order(call: Call, order_id: int, body: incoming.Started) -> outgoing.OrderUpdated:
    """Start an order, at the phone's time if that can be true."""
    return drive.start(call, order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/{order_id}/cancel",
    roles=OFFICE,
    refusals=[errors.OrderNotFound, InvalidTransition, Forbidden],
    scope="orders:write",
    rows="filtered",
)
def cancel_order(call: Call, order_id: int, body: incoming.Cancellation) -> outgoing.OrderUpdated:
    """Cancel an order with a reason. One that is under way only an admin cancels; what was delivered stays."""
    return drive.cancel(call, order_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/service-orders/{order_id}/refresh",
    roles=OFFICE,
    refusals=[errors.OrderNotFound, InvalidTransition],
)
def refresh_order(call: Call, order_id: int) -> outgoing.OrderUpdated:
    """Calculate anew what the cabinets of a pending order need."""
    return edit.refresh(call, order_id)


@endpoint(
    blueprint,
    "POST",
    "/api/service-visits",
    roles=DRIVES,
    refusals=[DeviceNotFound],
    status=201,
)
def record_visit(call: Call, body: incoming.NewVisit) -> outgoing.VisitRecorded:
    """Record a visit to a device without an order, as an emergency or for maintenance."""
    return visit.record(call, body)


@endpoint(
    blueprint,
    "GET",
    "/api/devices/{device_id}/service-history",
    roles=EVERYONE,
    refusals=[DeviceNotFound],
    sheet=Sheet(),
    scope="orders:read",
    rows="filtered",
)
def get_service_history(call: Call, device_id: int, query: Paged) -> list[outgoing.PastVisit]:
    """List the latest fifty visits to a device, newest first; with `page`, all of them, page by page."""
    return visit.history(call, device_id, query)
