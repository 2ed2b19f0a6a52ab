"""The course of one request: who, may they, with what, in one transaction, and how it is answered."""

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import psycopg
from chalice.app import Request

from chalicelib.kit import (
    clients,
    clock,
    exports,
    idempotency,
    logs,
    paging,
    principal,
    taking,
    tokens,
    watch,
    web,
)
from chalicelib.kit.answer import Answer, Json, Raw, Written
from chalicelib.kit.call import Call
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.errors import Conflict, Forbidden, PasswordChangeRequired, Refusal, SessionOver, Unavailable
from chalicelib.kit.events import Event, Outcome, event
from chalicelib.kit.writing import refused, written

TRIES = 3
"""How often a transaction is begun that the database gave up for a deadlock or a serialisation failure."""

OPEN_WITH_GIVEN_PASSWORD = frozenset({"/api/auth/change-password", "/api/auth/current-user", "/api/auth/logout"})
"""What works before a password that an administrator set has been changed (BR-025)."""


@event
class AccessDenied(Event):
    """Somebody signed in was turned away."""

    action: ClassVar[str] = "access.denied"
    resource: ClassVar[str] = "endpoint"
    outcome: Outcome = "denied"
    method: str
    reason: str


def run(declaration: Declaration, request: Request, path_values: Mapping[str, str]) -> Written:
    """Answer one request; never raises."""
    started = time.perf_counter()
    call = _call(request)
    answer = _answer(declaration, call, request, path_values)
    milliseconds = (time.perf_counter() - started) * 1000
    if declaration.observed:
        watch.note(call, is_download=web.is_download(answer.headers), milliseconds=round(milliseconds))
    answer.headers.update(web.cors_headers(call.headers))
    if call.budget is not None:
        answer.headers.update(call.budget.headers)
    answer.headers.setdefault("X-Request-Id", call.request_id)
    logs.request_done(
        route=f"{declaration.method} {declaration.path}",
        status=answer.status,
        milliseconds=round(milliseconds, 2),
        statements=call.statements,
        request_id=call.request_id,
        user_id=call.caller.user_id if call.caller else None,
    )
    return answer


def _call(request: Request) -> Call:
    context, raw = request.context, request.raw_body
    return Call(
        request_id=context.get("requestId") or str(uuid.uuid4()),
        method=request.method,
        path=_path(request),
        now=clock.now(),
        ip=context.get("identity", {}).get("sourceIp") or "",
        headers=request.headers,
        raw_body=raw.encode() if isinstance(raw, str) else raw,
    )


def _path(request: Request) -> str:
    """The path as it was asked for; the gateway's context has its stage in front of it, Chalice's local one has not."""
    return request.to_original_event().get("path") or request.context.get("path") or ""


def _answer(declaration: Declaration, call: Call, request: Request, path_values: Mapping[str, str]) -> Written:
    try:
        return _carry_out(declaration, call, request, path_values)
    except Forbidden as refusal:
        return _denied(call, refusal)
    except Refusal as refusal:
        return refused(call, refusal)
    except Exception:  # noqa: BLE001 - the one place that turns a bug into a 500: logged whole, told without internals
        logs.logger().exception("unhandled", request_id=call.request_id, route=declaration.path)
        return refused(call, None)


def _denied(call: Call, refusal: Forbidden) -> Written:
    """A refusal for want of rights leaves a trace of its own, since the request's transaction is gone."""
    if call.caller is not None:
        try:
            with call.transaction():
                call.record(AccessDenied(resource_id=call.path, method=call.method, reason=refusal.code))
                watch.note_refusal(call)
        except Refusal:
            logs.logger().warning("access.denied could not be recorded", request_id=call.request_id)
    return refused(call, refusal)


def _carry_out(declaration: Declaration, call: Call, request: Request, path_values: Mapping[str, str]) -> Written:
    presented = principal.credential(call.headers)
    by_cookie = presented is not None and presented.is_cookie
    web.check_origin(call.method, call.headers, by_cookie=by_cookie)
    token = None if declaration.is_public else _verified(principal.required(presented))
    if isinstance(token, tokens.ClientToken):
        clients.admit(call, token)
    steps = _Steps(declaration, call, request, path_values, token)
    answer = steps.carried_out()
    _keep_session_alive(call)
    return answer


def _verified(presented: principal.Credential) -> tokens.AccessToken | tokens.ClientToken:
    """The token of a request; an API client's is no cookie, since no browser has any business with it."""
    token = tokens.verify_any(presented.token)
    if isinstance(token, tokens.ClientToken) and presented.is_cookie:
        raise SessionOver
    return token


def _with_retries(steps: "_Steps") -> Written:
    for left in reversed(range(TRIES)):
        try:
            return steps.in_one_transaction()
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure) as error:
            if not left:
                raise Unavailable from error
    raise AssertionError  # The loop always returns or raises.


def _keep_session_alive(call: Call) -> None:
    if call.caller is None:
        return
    try:
        principal.touch(call.caller, call.path, call.now)
    except Refusal:
        # The request itself is done; an idle limit that was not moved must not undo that.
        logs.logger().warning("the session could not be touched", request_id=call.request_id)


@dataclass
class _Steps:
    """The steps of one request, in one transaction or around the service's own."""

    declaration: Declaration
    call: Call
    request: Request
    path_values: Mapping[str, str]
    token: tokens.AccessToken | tokens.ClientToken | None

    def carried_out(self) -> Written:
        if taking.is_asked(self.declaration, self._given()):
            return self.as_file()
        return self.in_own_transactions() if self.declaration.own_transactions else _with_retries(self)

    def as_file(self) -> Written:
        call = self.call
        with call.transaction() as db:
            self._admit()
            exports.check_role(call)
            arguments = self._arguments()
            exports.spend(call, db)
        with _refusals_of(self.declaration):
            return written(taking.taken(self.declaration, call, arguments), None, self.declaration.status)

    def in_one_transaction(self) -> Written:
        call = self.call
        with _refusals_of(self.declaration), call.transaction(read_only=self.declaration.reads_only) as db:
            self._admit()
            arguments = self._arguments()
            claim = self._claim()
            if claim and (first := idempotency.take(db, claim, call.now)):
                return first
            answer = self._view(arguments)
            if claim:
                idempotency.keep(db, claim, answer)
            return answer

    def in_own_transactions(self) -> Written:
        call = self.call
        if not self.declaration.is_public:
            with call.transaction(read_only=True):
                self._admit()
        arguments = self._arguments()
        claim = self._claim()
        if claim:
            with call.transaction() as db:
                first = idempotency.take(db, claim, call.now)
            if first:
                return first
        return self._around(arguments, claim)

    def _around(self, arguments: dict[str, Any], claim: idempotency.Claim | None) -> Written:
        try:
            with _refusals_of(self.declaration):
                answer = self._view(arguments)
        except BaseException:
            if claim:
                with self.call.transaction() as db:
                    idempotency.let_go(db, claim)
            raise
        if claim:
            with self.call.transaction() as db:
                idempotency.keep(db, claim, answer)
        return answer

    def _admit(self) -> None:
        if self.token is None:
            return
        call = self.call
        if isinstance(self.token, tokens.ClientToken):
            call.caller = clients.authenticate(call.db, self.token, call.now)
            clients.check(call.caller, self.declaration.scope, self.declaration.rows)
            return
        call.caller = principal.authenticate(call.db, self.token, call.now)
        if call.caller.role not in self.declaration.roles:
            raise Forbidden
        if call.caller.must_change_password and self.declaration.path not in OPEN_WITH_GIVEN_PASSWORD:
            raise PasswordChangeRequired

    def _arguments(self) -> dict[str, Any]:
        inputs = self.declaration.inputs
        content_type = self.call.headers.get("content-type", "")
        return {
            **inputs.path_values(self.path_values),
            **inputs.query_value(self._given()),
            **inputs.body_value(self.call.raw_body, content_type, largest=self.declaration.largest_body),
        }

    def _given(self) -> dict[str, list[str]]:
        multi = self.request.query_params
        return {name: multi.getlist(name) for name in multi} if multi else {}

    def _claim(self) -> idempotency.Claim | None:
        call, declaration = self.call, self.declaration
        key = call.headers.get(idempotency.HEADER, "").strip()
        if not key or declaration.reads_only or call.caller is None or not declaration.keeps_answer:
            return None
        return idempotency.claim_of(call.caller.user_id, key, call.method, call.path, call.raw_body)

    def _view(self, arguments: dict[str, Any]) -> Written:
        given = self.declaration.view(self.call, **arguments)
        answer = given if isinstance(given, Answer) else Answer(given)
        shown = paging.shown(answer.content, self.declaration.sheet)
        if shown is not None and (link := paging.link(arguments.get("query"), shown)):
            answer = replace(answer, headers={**answer.headers, **link})
        adapter = None if isinstance(answer.content, Raw | Json) else self.declaration.inputs.adapter("answer")
        return written(answer, adapter, self.declaration.status)


class _refusals_of:  # noqa: N801 - reads as a phrase: `with _refusals_of(declaration)`
    """Turns a violated constraint into the declared refusal that names it, and a lock that was not had into a 409."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, psycopg.errors.LockNotAvailable):
            raise Conflict("Somebody else is working on this right now. Please try again.") from error
        if isinstance(error, psycopg.errors.IntegrityError):
            for refusal in self.declaration.refusals:
                if error.diag.constraint_name in refusal.constraints:
                    raise refusal from error
