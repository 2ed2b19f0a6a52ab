"""The OpenAPI 3.1 document, derived from the declarations: paths, models, refusals, roles and examples."""

import inspect
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from chalicelib.kit import clients, errors
from chalicelib.kit.answer import Raw
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.errors import Refusal
from chalicelib.kit.idempotency import LONGEST_KEY
from chalicelib.kit.paging import Paged
from chalicelib.kit.scopes import PREFIX, VOCABULARY
from chalicelib.kit.taking import FORMATS

Document = dict[str, Any]  # Any: OpenAPI is nested JSON

REFERENCE = "#/components/schemas/{model}"
EXAMPLE = "#/components/examples/{name}"

TAGS = {
    "identity": "Sign-in, sessions and users",
    "fleet": "Devices, cabinets, their types and locations",
    "catalog": "Products",
    "planograms": "What lies in which slot",
    "advice": "Advice on planograms from the fleet's own sales",
    "stock": "The ledger of units and counts",
    "orders": "Service orders and visits",
    "tours": "Routes and their drivers",
    "planning": "Metrics and thresholds",
    "sales": "Sales and reports",
    "telemetry": "Reads of the machines",
    "monitoring": "Activity, alerts, audit",
    "assistant": "Knowledge base and assistant",
    "console": "The console of admins",
    "preferences": "What the browser keeps with us",
    "exchange": "The fleet in and out in bulk",
    "partners": "API clients and webhooks",
    "operations": "Health and this description",
}


class _Schema(GenerateJsonSchema):
    """Leaves out what only repeats the field's name."""

    def field_title_should_be_set(self, _schema: Any) -> bool:  # Any: as pydantic declares it
        return False


def document(declarations: Iterable[Declaration], version: str) -> Document:
    """The whole document, in the order of the paths."""
    ordered = sorted(declarations, key=lambda d: (d.path, d.method))
    schemas, components = _schemas(ordered)
    paths: dict[str, Document] = defaultdict(dict)
    for declaration in ordered:
        paths[declaration.path][declaration.method.lower()] = _operation(declaration, schemas)
    used = {_feature(declaration) for declaration in ordered}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "CVD",
            "version": version,
            "summary": "The back end of a vending-machine fleet.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items() if name in used],
        "paths": dict(paths),
        "components": {
            "schemas": components,
            "examples": _examples(ordered),
            "securitySchemes": _SECURITY_SCHEMES,
        },
    }


_SECURITY_SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A Cognito access token."},
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "session",
        "description": "The same token, set by sign-in for browsers.",
    },
    "client": {
        "type": "oauth2",
        "description": "A token of an API client. `x-rows` of an operation says what it reaches for a filtered one: "
        "its own rows (`filtered`), what belongs to no device (`shared`), or nothing (`whole`).",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "https://auth.cvd.example/oauth2/token",
                "scopes": {PREFIX + scope: text for scope, text in VOCABULARY.items()},
            }
        },
    },
}

_REFUSAL_SCHEMA = {
    "type": "object",
    "required": ["error", "code", "requestId"],
    "properties": {
        "error": {"type": "string", "description": "One sentence for a person."},
        "code": {"type": "string", "description": "The kind of refusal, for programs."},
        "details": {"type": "object", "description": "Facts."},
        "requestId": {"type": "string", "description": "What the log calls this request."},
    },
}


def _schemas(declarations: Sequence[Declaration]) -> tuple[dict[tuple[int, str], Document], Document]:
    """The schema of each body and answer, by declaration, and the components that they refer to."""
    wanted: list[tuple[tuple[int, str], Any, TypeAdapter[Any]]] = []
    for number, declaration in enumerate(declarations):
        inputs = declaration.inputs
        if inputs.body is not None:
            wanted.append(((number, "body"), "validation", inputs.adapter("body")))
        if declaration.refused_as is not None:
            wanted.append(((number, "refused"), "serialization", TypeAdapter(declaration.refused_as)))
        if inputs.answer is not Raw:
            wanted.append(((number, "answer"), "serialization", inputs.adapter("answer")))
    made, rest = TypeAdapter.json_schemas(wanted, ref_template=REFERENCE, schema_generator=_Schema)
    by_declaration = {(id(declarations[key[0]]), key[1]): schema for (key, _), schema in made.items()}
    return by_declaration, {**rest.get("$defs", {}), "Refusal": _REFUSAL_SCHEMA}


def _operation(declaration: Declaration, schemas: dict[tuple[int, str], Document]) -> Document:
    summary, _, description = (inspect.getdoc(declaration.view) or declaration.name).partition("\n")
    operation: Document = {
        "operationId": declaration.name,
        "tags": [_feature(declaration)],
        "summary": summary,
        "security": _security(declaration),
        "x-roles": list(declaration.roles) or ["public"],
        **({"x-rows": declaration.rows} if declaration.scope else {}),
        "parameters": [
            *_path_parameters(declaration),
            *_query_parameters(declaration),
            *_format(declaration),
            *_key(declaration),
        ],
        "responses": _responses(declaration, schemas),
    }
    if description.strip():
        operation["description"] = description.strip()
    if body := schemas.get((id(declaration), "body")):
        operation["requestBody"] = {
            "required": _needs_body(declaration),
            "content": {"application/json": {"schema": body}},
        }
    return operation


def _security(declaration: Declaration) -> list[Document]:
    if declaration.is_public:
        return []
    users: list[Document] = [{"bearer": []}, {"cookie": []}]
    return [*users, {"client": [PREFIX + declaration.scope]}] if declaration.scope else users


def _needs_body(declaration: Declaration) -> bool:
    """Whether an empty body is refused; no body counts as `{}`."""
    try:
        declaration.inputs.adapter("body").validate_python({})
    except ValidationError:
        return True
    return False


def _feature(declaration: Declaration) -> str:
    return declaration.view.__module__.split(".")[1]


def _path_parameters(declaration: Declaration) -> list[Document]:
    kinds = {int: {"type": "integer", "minimum": 0}, str: {"type": "string"}}
    return [
        {"name": name, "in": "path", "required": True, "schema": kinds.get(kind, {"type": "string"})}
        for name, kind in declaration.inputs.path.items()
    ]


def _query_parameters(declaration: Declaration) -> list[Document]:
    if declaration.inputs.query is None:
        return []
    schema = declaration.inputs.query.model_json_schema(ref_template=REFERENCE, schema_generator=_Schema)
    needed = schema.get("required", [])
    return [
        {
            "name": name,
            "in": "query",
            "required": name in needed,
            "allowEmptyValue": True,  # An empty one counts as absent.
            "schema": {key: value for key, value in field.items() if key != "description"},
            **({"description": field["description"]} if "description" in field else {}),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _format(declaration: Declaration) -> list[Document]:
    if declaration.sheet is None:
        return []
    text = f"With csv, the rows as a file, all pages of them, at most {declaration.sheet.most:,}; each file is logged."
    schema = {"type": "string", "enum": list(FORMATS), "default": "json"}
    return [{"name": "format", "in": "query", "required": False, "schema": schema, "description": text}]


def _key(declaration: Declaration) -> list[Document]:
    if declaration.reads_only or declaration.is_public or not declaration.keeps_answer:
        return []
    text = "Any text of your own for this one write: repeated with the same key, it is answered as the first time."
    schema = {"type": "string", "maxLength": LONGEST_KEY}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": schema, "description": text}]


def _responses(declaration: Declaration, schemas: dict[tuple[int, str], Document]) -> Document:
    answer = schemas.get((id(declaration), "answer"))
    content = {media: {"schema": {} if answer is None else answer} for media in declaration.media.split(", ")}
    if declaration.sheet:
        content["text/csv"] = {"schema": {"type": "string"}}
    responses: Document = {str(declaration.status): {"description": "Done.", "content": content}}
    if declaration.inputs.query is not None and issubclass(declaration.inputs.query, Paged):
        responses[str(declaration.status)]["headers"] = {"Link": _LINK}
    if declaration.sheet and declaration.sheet.store:
        responses["303"] = _LARGE_FILE
    by_status: dict[int, list[type[Refusal]]] = defaultdict(list)
    for refusal in _possible(declaration):
        by_status[refusal.status].append(refusal)
    for status, refusals in sorted(by_status.items()):
        responses[str(status)] = _refusal_response(refusals)
    if own := schemas.get((id(declaration), "refused")):
        told = responses["400"]["content"]["application/json"]
        told["schema"] = {"anyOf": [told["schema"], own]}
    return responses


_LINK = {"description": "The next page and the one before, where there are any.", "schema": {"type": "string"}}

_LARGE_FILE = {
    "description": "With csv, of a file that is larger than an answer may be: where it can be fetched for 15 minutes, "
    "without a token. Browsers and most programs go there by themselves.",
    "headers": {"Location": {"description": "The same as `url`.", "schema": {"type": "string"}}},
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["url", "filename", "rows", "bytes"],
                "properties": {
                    "url": {"type": "string"},
                    "filename": {"type": "string"},
                    "rows": {"type": "integer"},
                    "bytes": {"type": "integer"},
                },
            }
        }
    },
}


def _possible(declaration: Declaration) -> list[type[Refusal]]:
    """What it declares, and what the kit may refuse for it."""
    possible = list(declaration.refusals)
    if not declaration.is_public:
        possible += [errors.Unauthenticated, errors.SessionOver, errors.Forbidden, errors.PasswordChangeRequired]
        possible += [errors.RateLimited]
    if declaration.scope:
        possible += [clients.ScopeMissing, clients.NeedsWholeFleet, errors.RateLimited]
    if not declaration.reads_only:
        possible += [errors.StrangeOrigin]
        if declaration.keeps_answer and not declaration.is_public:
            possible += [errors.BadRequest, errors.KeyReused, errors.RequestInProgress]
    if declaration.inputs.path:
        possible += [errors.EndpointNotFound]
    if declaration.inputs.body is not None:
        possible += [errors.BadRequest, errors.PayloadTooLarge, errors.UnsupportedMedia]
    if declaration.sheet:
        possible += [errors.RateLimited, errors.TooManyRows]
    if declaration.inputs.query is not None or declaration.sheet or declaration.inputs.path:
        possible += [errors.BadRequest]
    return list(dict.fromkeys([*possible, errors.Unavailable]))


def _examples(declarations: Sequence[Declaration]) -> Document:
    """Each refusal once, as it goes over the wire."""
    refusals = {refusal.__name__: refusal for declaration in declarations for refusal in _possible(declaration)}
    return {
        name: {"value": {"error": refusal.message, "code": refusal.code, "details": {}, "requestId": "6f1c9b0e"}}
        for name, refusal in sorted(refusals.items())
    }


def _refusal_response(refusals: Sequence[type[Refusal]]) -> Document:
    examples = {refusal.__name__: {"$ref": EXAMPLE.format(name=refusal.__name__)} for refusal in refusals}
    description = " ".join(dict.fromkeys(_first_sentence(refusal) for refusal in refusals))
    schema = {"$ref": REFERENCE.format(model="Refusal")}
    return {"description": description, "content": {"application/json": {"schema": schema, "examples": examples}}}


def _first_sentence(refusal: type[Refusal]) -> str:
    text = (inspect.getdoc(refusal) or refusal.message).partition("\n")[0]
    return text.partition(": ")[2].capitalize() or text
