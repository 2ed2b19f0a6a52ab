"""A phone's queue after a dead zone: each action by itself, in their order, told apart (BR-125 to BR-128, US-087)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from chalicelib.kit.call import Call
from chalicelib.kit.course import TRIES, AccessDenied
from chalicelib.kit.errors import BadRequest, Forbidden, RateLimited, Refusal, Unavailable
from chalicelib.orders import errors
from chalicelib.orders.models.phone import Action, ActionResult, Push, Pushed, located
from chalicelib.orders.service import actions, read
from chalicelib.orders.service.actions import Outdated
from chalicelib.orders.service.fitting import fitted
from chalicelib.stock.errors import NegativeStock, OverCapacity

BY_CONSTRAINT: tuple[type[Refusal], ...] = (
    errors.AlreadyExecuted,
    errors.CabinetNotInOrder,
    NegativeStock,
    OverCapacity,
)


def queue(call: Call, push: Push) -> Pushed:
    """Carry out a queue. An action that fails stops the later ones of its order, and nothing else."""
    run = _Queue(call)
    return Pushed(results=[run.take(given) for given in push.actions], server_time=call.now)


@dataclass
class _Queue:
    call: Call
    failed: dict[int, str | None] = field(default_factory=dict)
    """The orders that are stopped, with the key of the action that failed."""
    own_versions: dict[int, int] = field(default_factory=dict)
    """What this queue's actions, checked against a base, have made of the versions of their orders."""

    def take(self, given: object) -> ActionResult:
        """Carry out one action, unless an earlier one of its order has failed."""
        try:
            action = fitted(Action, given)
        except BadRequest as refusal:
            return self._fail(_unfit(given, refusal))
        if action.order_id in self.failed:
            stopped = errors.EarlierActionFailed(key=self.failed[action.order_id])
            return _refused(action, stopped)
        result = self._carry_out(action)
        if result.outcome in ("conflict", "rejected"):
            return self._fail(result)
        if result.sync_version is not None and action.base_version is not None:
            self.own_versions[action.order_id] = result.sync_version
        return result

    def _fail(self, result: ActionResult) -> ActionResult:
        if result.order_id is not None:
            self.failed.setdefault(result.order_id, result.key)
        return result

    def _carry_out(self, action: Action) -> ActionResult:
        try:
            return self._with_retries(action)
        except Outdated as conflict:
            return self._conflict(action, conflict)
        except (Unavailable, RateLimited):
            raise  # This is not about the action: the whole queue comes again, and what is done is a duplicate then.
        except Forbidden as refusal:
            with self.call.transaction():
                denied = AccessDenied(resource_id=self.call.path, method=self.call.method, reason=refusal.code)
                self.call.record(denied)
            return _refused(action, refusal)
        except Refusal as refusal:
            return _refused(action, refusal)
        except psycopg.errors.IntegrityError as error:
            return _refused(action, _refusal_of(error))

    def _with_retries(self, action: Action) -> ActionResult:
        for left in reversed(range(TRIES)):
            try:
                return actions.carry_out(self.call, action, own_version=self.own_versions.get(action.order_id))
            except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure) as error:
                if not left:
                    raise Unavailable from error
        raise AssertionError  # The loop always returns or raises.

    def _conflict(self, action: Action, conflict: Outdated) -> ActionResult:
        with self.call.transaction(read_only=True):
            server = read.detail(self.call, action.order_id)
        told = _refused(action, conflict)
        return told.model_copy(
            update={"outcome": "conflict", "sync_version": server.sync_version, "server_version": server}
        )


def _refused(action: Action, refusal: Refusal) -> ActionResult:
    return ActionResult(
        key=action.key,
        type=action.type,
        order_id=action.order_id,
        outcome="rejected",
        code=refusal.code,
        error=refusal.sentence,
        details=refusal.details,
    )


def _unfit(given: object, refusal: BadRequest) -> ActionResult:
    """The answer to what is no action: as much of it as can be told back."""
    said: Mapping[str, Any] = located(given) if isinstance(given, Mapping) else {}  # Any: whatever JSON came
    key, kind, order_id = said.get("key"), said.get("type"), str(said.get("orderId"))
    return ActionResult(
        key=key if isinstance(key, str) else None,
        type=kind if isinstance(kind, str) else None,
        order_id=int(order_id) if order_id.isascii() and order_id.isdigit() else None,
        outcome="rejected",
        code=refusal.code,
        error=refusal.sentence,
        details=refusal.details,
    )


def _refusal_of(error: psycopg.errors.IntegrityError) -> Refusal:
    """The refusal that a violated constraint stands for; any other violation is a bug and rises."""
    for refusal in BY_CONSTRAINT:
        if error.diag.constraint_name in refusal.constraints:
            return refusal()
    raise error
