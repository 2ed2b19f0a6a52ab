"""The state machines of an order (§4.1) and of its cabinets (§4.2), as tables."""

from collections.abc import Collection, Mapping
from typing import Literal

from chalicelib.kit.errors import Forbidden, InvalidTransition
from chalicelib.kit.roles import ADMIN, DRIVER, MANAGER, Role

OrderStatus = Literal["pending", "in_progress", "completed", "cancelled"]
StopStatus = Literal["pending", "in_progress", "completed", "skipped"]
By = Role | Literal["system"]

SYSTEM: Literal["system"] = "system"
OPEN: frozenset[str] = frozenset({"pending", "in_progress"})
"""States in which there is work left, of an order as of a cabinet."""

OFFICE: frozenset[By] = frozenset({ADMIN, MANAGER})
DRIVES: frozenset[By] = frozenset({ADMIN, MANAGER, DRIVER})
SYSTEM_ONLY: frozenset[By] = frozenset({SYSTEM})

Steps = Mapping[tuple[str, str], frozenset[By]]

ORDER_STEPS: Steps = {
    ("pending", "in_progress"): DRIVES,  # SO-2
    ("in_progress", "completed"): SYSTEM_ONLY,  # SO-3
    ("pending", "cancelled"): OFFICE,  # SO-4
    ("in_progress", "cancelled"): frozenset({ADMIN}),  # SO-5
    ("completed", "in_progress"): OFFICE,  # SO-6, by a rollback; §5 and US-054 give it to the manager too
    ("in_progress", "pending"): SYSTEM_ONLY,  # SO-7
}
"""Who may take an order from one state to another; any other pair is impossible."""

STOP_STEPS: Steps = {
    ("pending", "in_progress"): DRIVES,  # SC-1
    ("pending", "completed"): DRIVES,  # SC-2
    ("in_progress", "completed"): DRIVES,  # SC-2
    ("pending", "skipped"): DRIVES | SYSTEM_ONLY,  # SC-3; the system when the order is cancelled (SO-5)
    ("in_progress", "skipped"): DRIVES | SYSTEM_ONLY,  # SC-3
    ("in_progress", "pending"): DRIVES,  # SC-4
    ("completed", "pending"): OFFICE,  # SC-5
}
"""Who may take a cabinet of an order from one state to another; any other pair is impossible."""


ROLLBACK_ONLY: frozenset[tuple[str, str]] = frozenset({("completed", "in_progress"), ("completed", "pending")})
"""Steps that a rollback takes and nothing else (SC-5, SO-6)."""


def check_order(now: OrderStatus, to: OrderStatus, by: By, *, rolling_back: bool = False) -> None:
    """Refuse a step of an order that the machine does not have, or that this role may not take."""
    _check(ORDER_STEPS, now, to, by, rolling_back=rolling_back)


def check_stop(now: StopStatus, to: StopStatus, by: By, *, rolling_back: bool = False) -> None:
    """Refuse a step of an order's cabinet that the machine does not have, or that this role may not take."""
    _check(STOP_STEPS, now, to, by, rolling_back=rolling_back)


def _check(steps: Steps, now: str, to: str, by: By, *, rolling_back: bool) -> None:
    ways = {step: who for step, who in steps.items() if rolling_back or step not in ROLLBACK_ONLY}
    takers = ways.get((now, to), frozenset())
    if by in takers:
        return
    if takers - SYSTEM_ONLY:
        raise Forbidden
    allowed = sorted(end for (start, end), who in ways.items() if start == now and by in who)
    raise InvalidTransition(f"This cannot go from {now} to {to}.", **{"from": now, "to": to, "allowed": allowed})


def is_done(stops: Collection[str]) -> bool:
    """Whether an order's cabinets make it complete (SO-3): none open, and at least one serviced."""
    return not OPEN.intersection(stops) and "completed" in stops


def is_untouched(stops: Collection[str]) -> bool:
    """Whether no cabinet is serviced or begun, so that a rollback leads back to pending (SO-7)."""
    return "completed" not in stops and "in_progress" not in stops
