"""The one way in which slots change: slots, history, ledger and version together, in a fixed number of statements."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.kit.call import Call
from chalicelib.planograms import rules
from chalicelib.planograms.queries import writing as queries
from chalicelib.planograms.queries.writing import Change, SlotRow
from chalicelib.planograms.rules import Content
from chalicelib.stock import service as stock
from chalicelib.stock.models import Entry


def differences(wanted: Iterable[tuple[SlotRow, Content]]) -> list[Change]:
    """What really changes; a slot that holds already what it is to hold is left alone (BR-085)."""
    return [
        Change(slot, content, rules.reason(slot.content, content))
        for slot, content in wanted
        if slot.content != content
    ]


def carry_out(call: Call, changes: Sequence[Change]) -> None:
    """Write changes of locked slots of locked planograms, with all that has to go with them."""
    if not changes:
        return
    by = call.principal.user_id
    queries.write_slots(call.db, changes, call.now)
    queries.write_history(call.db, changes, by=by, now=call.now)
    stock.post(call, [entry for change in changes for entry in _entries(change)])
    queries.bump_versions(call.db, sorted({change.slot.planogram_id for change in changes}), by=by, now=call.now)


def _entries(change: Change) -> Iterable[Entry]:
    for movement in rules.movements(change.slot.content, change.after):
        yield Entry(slot_id=change.slot.id, **vars(movement))


def before_and_after(changes: Sequence[Change]) -> tuple[dict[str, Any], dict[str, Any]]:  # Any: facts of any kind
    """The facts that changed, by position, for the audit trail."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for change in changes:
        old, new = vars(change.slot.content), vars(change.after)
        changed = [name for name in new if old[name] != new[name]]
        before[change.slot.position] = {name: old[name] for name in changed}
        after[change.slot.position] = {name: new[name] for name in changed}
    return before, after
