"""The counts that the menu shows; that of the service orders is with the orders."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import EVERYONE
from chalicelib.preferences.models.badges import Badge
from chalicelib.preferences.service import badges

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/devices/alert-count", roles=EVERYONE)
def count_device_alerts(call: Call) -> Badge:
    """Count the machines that have fallen silent or are critical by the settings of route planning.

    Drivers count those on their own routes.
    """
    return badges.device_alerts(call)


@endpoint(blueprint, "GET", "/api/inventory/low-stock-count", roles=EVERYONE)
def count_low_stock(call: Call) -> Badge:
    """Count the slots with a quarter of their par or less. Drivers count those on their own routes."""
    return badges.low_stock(call)


@endpoint(blueprint, "GET", "/api/maintenance/due-count", roles=EVERYONE)
def count_maintenance_due(call: Call) -> Badge:
    """Count the machines that nobody has visited for 30 days. Drivers count those on their own routes."""
    return badges.maintenance(call)


@endpoint(blueprint, "GET", "/api/notifications/unread-count", roles=EVERYONE)
def count_notifications(call: Call) -> Badge:
    """Count what waits for the caller: pending orders, all of the badges, and for admins the security alerts."""
    return badges.notifications(call)
