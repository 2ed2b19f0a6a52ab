"""Counting stock."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, DRIVER, MANAGER
from chalicelib.planograms.errors import PlanogramNotFound, SlotNotFound
from chalicelib.stock import service
from chalicelib.stock.errors import NotCountable
from chalicelib.stock.models import Counted, PlanogramCount, SlotCount

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "POST",
    "/api/slots/{slot_id}/count",
    roles=[ADMIN, MANAGER, DRIVER],
    refusals=[SlotNotFound, NotCountable],
    scope="stock:write",
    rows="filtered",
)
def count_slot(call: Call, slot_id: int, body: SlotCount) -> Counted:
    """Correct the quantity of one slot to what was counted. Drivers count on their own routes."""
    return service.count_slot(call, slot_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/{planogram_key}/counts",
    roles=[ADMIN, MANAGER, DRIVER],
    refusals=[PlanogramNotFound, NotCountable],
    scope="stock:write",
    rows="filtered",
)
def count_planogram(call: Call, planogram_key: str, body: PlanogramCount) -> Counted:
    """Correct the quantities of a cabinet's slots to what was counted; all of them, or none."""
    return service.count_planogram(call, planogram_key, body)
