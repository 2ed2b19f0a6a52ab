"""Reading planograms, their history and their list."""

from chalicelib.kit import exports
from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.kit.paging import Paged
from chalicelib.planograms.errors import AmbiguousKey, SlotNotFound
from chalicelib.planograms.events import PlanogramsExported
from chalicelib.planograms.models import ClearedSlots, ExportedPlanogram, SlotChange, SlotContent
from chalicelib.planograms.queries import reading as queries
from chalicelib.planograms.service import finding


def planogram(call: Call, key: str) -> Answer[dict[str, SlotContent]]:
    """The slots of a planogram by position, its version as the entity tag; nothing under an unknown key."""
    slots = queries.slots_with_key(call.db, key, seen_by=call.principal)
    if len({slot.planogram_id for slot in slots}) > 1:
        raise AmbiguousKey
    tag = {"ETag": f'"{slots[0].version}"'} if slots else {}
    return Answer(finding.on_the_wire(slots), headers=tag)


def cleared_slots(call: Call, key: str) -> ClearedSlots:
    """The slots that somebody cleared and that are empty still."""
    found = finding.found(call, key)
    return ClearedSlots(planogram_key=key, cleared_slots=queries.cleared_slots(call.db, found.id))


def history(call: Call, key: str, position: str, page: Paged) -> list[SlotChange]:
    """The changes of one slot, newest first (US-047)."""
    found, label = finding.found(call, key), position.strip().upper()
    if not queries.has_position(call.db, found.id, label):
        raise SlotNotFound
    return queries.history(call.db, found.id, label, page)


def export(call: Call, page: Paged) -> list[ExportedPlanogram]:
    """The list of all planograms; the export is logged (BR-089, BR-155)."""
    with call.transaction() as db:
        rows = queries.export(db, page, seen_by=call.principal)
        if not call.takes_file:
            call.record(PlanogramsExported(rows=len(rows)))
            exports.log(call, db, endpoint=call.path, kind="json", rows=len(rows), size=None, params=None)
        return rows
