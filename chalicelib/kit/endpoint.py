"""`@endpoint`: the one declaration of a route, from which the request's course and everything else is derived."""

from collections.abc import Callable, Sequence

from chalice.app import Blueprint, Response

from chalicelib.kit import course
from chalicelib.kit.declaration import Declaration, View
from chalicelib.kit.errors import Refusal
from chalicelib.kit.inputs import Inputs
from chalicelib.kit.roles import Role
from chalicelib.kit.scopes import Rows, Scope
from chalicelib.kit.sheet import Sheet

MEBIBYTE = 1024 * 1024


_declared: list[Declaration] = []


def declared() -> Sequence[Declaration]:
    """All routes declared by the modules imported so far."""
    return tuple(_declared)


def endpoint(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    roles: Sequence[Role],
    refusals: Sequence[type[Refusal]] = (),
    status: int = 200,
    grants: Sequence[str] = (),
    memory: int = 256,
    timeout: int = 15,
    concurrency: int | None = None,
    layers: Sequence[str] = (),
    ships: Sequence[str] = (),
    largest_body: int = MEBIBYTE,
    own_transactions: bool = False,
    keeps_answer: bool = True,
    observed: bool = True,
    media: str = "application/json",
    refused_as: type | None = None,
    sheet: Sheet | None = None,
    scope: Scope | None = None,
    rows: Rows = "whole",
) -> Callable[[View], View]:
    """Declare `view` as the answer to `method` on `path`.

    - `roles`: who may call it; `PUBLIC` needs no token.
    - `refusals`: what it may refuse beside what every endpoint may (400, 401, 403, 404 of the path, 5xx).
    - `status`: the status of success.
    - `grants`, `memory` (MiB), `timeout` (seconds), `concurrency` (reserved, if any): what its Lambda gets.
      A grant is an action of IAM, `s3:PutObject`; where the stack has several things of the kind it names which,
      `sqs:SendMessage@outbox`; `internet` gives a way out of the network (tools/package/template_grants.py).
    - `layers`: dependencies beside those of every function; `ships`: files that it reads, from the project's root.
    - `own_transactions`: the service opens its transactions itself, because it calls a service in between.
    - `keeps_answer`: whether a repeated Idempotency-Key is answered from the stored answer; off where the answer
      holds a secret, which must not be stored.
    - `observed`: whether the activity monitor is told of its requests; off for what would only watch itself.
    - `media`: the content type of a `Raw` answer, for the description; several with commas between.
    - `refused_as`: the model of its 400, where the contract has a form of its own for it.
    - `sheet`: where the rows of its answer are, so that `?format=csv` gives them as a file.
    - `scope`: the word that opens it to API clients; without one it is closed to them.
    - `rows`: what it reaches for an API client whose rows are filtered; see `kit.scopes`.
    """

    def declare(view: View) -> View:
        declaration = Declaration(
            method=method,
            path=path,
            view=view,
            roles=tuple(roles),
            refusals=tuple(refusals),
            status=status,
            grants=tuple(grants),
            memory=memory,
            timeout=timeout,
            concurrency=concurrency,
            layers=tuple(layers),
            ships=tuple(ships),
            largest_body=largest_body,
            own_transactions=own_transactions,
            keeps_answer=keeps_answer,
            observed=observed,
            media=media,
            refused_as=refused_as,
            sheet=sheet,
            scope=scope,
            rows=rows,
            inputs=Inputs(view),
        )
        _declared.append(declaration)

        def chalice_view(**path_values: str) -> Response:
            written = course.run(declaration, blueprint.current_request, path_values)
            return Response(body=written.body, status_code=written.status, headers=written.headers)

        chalice_view.__name__ = view.__name__
        blueprint.route(path, methods=[method], name=view.__name__, content_types=["*/*"])(chalice_view)
        return view

    return declare
