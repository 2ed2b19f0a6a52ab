"""Planograms, found by `<asset>-<cabinet type>-<cabinet index>`."""

from chalice.app import Blueprint

from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet
from chalicelib.planograms import errors
from chalicelib.planograms.models import (
    ClearedSlots,
    ExportedPlanogram,
    LayoutCopy,
    PlanogramSave,
    Saved,
    SlotChange,
    SlotContent,
    SlotMove,
)
from chalicelib.planograms.service import moving, reading, saving

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "GET",
    "/api/planograms/{planogram_key}",
    roles=EVERYONE,
    refusals=[errors.AmbiguousKey],
    sheet=Sheet(key="position"),
    scope="planograms:read",
    rows="filtered",
)
def get_planogram(call: Call, planogram_key: str) -> Answer[dict[str, SlotContent]]:
    """Show what each slot of a cabinet holds, by position.

    An unknown key has no slots. The entity tag is the version to send with a save.
    """
    return reading.planogram(call, planogram_key)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms",
    roles=[ADMIN, MANAGER],
    refusals=[
        errors.PlanogramNotFound,
        errors.AmbiguousKey,
        errors.UnknownPositions,
        errors.UnfitSlots,
        errors.StalePlanogram,
    ],
    scope="planograms:write",
    rows="filtered",
)
def save_planogram(call: Call, body: PlanogramSave) -> Saved:
    """Lay out slots: assign, replace, clear, count. Everything is saved, or nothing.

    Slots that are not named stay as they are; identical content changes nothing. With a `version`, a planogram that
    was saved meanwhile is refused and its present content is in the details.
    """
    return saving.save(call, body)


@endpoint(
    blueprint,
    "GET",
    "/api/planograms/export",
    roles=[ADMIN, MANAGER],
    memory=512,
    own_transactions=True,
    sheet=Sheet(),
    scope="planograms:read",
    rows="filtered",
)
def export_planograms(call: Call, query: Paged) -> list[ExportedPlanogram]:
    """List all planograms with the number of their filled slots. Each export is logged."""
    return reading.export(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/admin/planograms/{planogram_key}/cleared-slots",
    roles=[ADMIN],
    refusals=[errors.PlanogramNotFound, errors.AmbiguousKey],
    sheet=Sheet("cleared_slots"),
)
def list_cleared_slots(call: Call, planogram_key: str) -> ClearedSlots:
    """List the slots that were cleared and are empty still, with what they held."""
    return reading.cleared_slots(call, planogram_key)


@endpoint(
    blueprint,
    "GET",
    "/api/planograms/{planogram_key}/slots/{position}/history",
    roles=EVERYONE,
    refusals=[errors.PlanogramNotFound, errors.AmbiguousKey, errors.SlotNotFound],
    sheet=Sheet(),
    scope="planograms:read",
    rows="filtered",
)
def list_slot_changes(call: Call, planogram_key: str, position: str, query: Paged) -> list[SlotChange]:
    """List the last 200 changes of a slot, newest first."""
    return reading.history(call, planogram_key, position, query)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/{planogram_key}/move",
    roles=[ADMIN, MANAGER],
    refusals=[
        errors.PlanogramNotFound,
        errors.AmbiguousKey,
        errors.StalePlanogram,
        errors.SlotNotFound,
        errors.SlotEmpty,
        errors.SlotTaken,
        errors.UnfitSlots,
    ],
    scope="planograms:write",
    rows="filtered",
)
def move_product(call: Call, planogram_key: str, body: SlotMove) -> Saved:
    """Move a product to another slot with its units, par level and price.

    The capacity belongs to the slot and stays. With `swap`, an occupied target changes places.
    """
    return moving.move(call, planogram_key, body)


@endpoint(
    blueprint,
    "POST",
    "/api/planograms/{planogram_key}/copy",
    roles=[ADMIN, MANAGER],
    refusals=[
        errors.PlanogramNotFound,
        errors.AmbiguousKey,
        errors.StalePlanogram,
        errors.SameCabinet,
        errors.GridMismatch,
    ],
    scope="planograms:write",
    rows="filtered",
)
def copy_planogram(call: Call, planogram_key: str, body: LayoutCopy) -> Saved:
    """Copy the layout to another cabinet: products, capacities, par levels and prices, never units."""
    return moving.copy(call, planogram_key, body)
