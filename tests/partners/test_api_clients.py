"""API clients: made by an admin, let in by the pool's tokens, within their scopes; revoked, expired and rotated."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kit import clock, scopes
from chalicelib.kit.db import Connection
from chalicelib.kit.endpoint import declared
from chalicelib.kit.roles import MANAGER
from chalicelib.partners.service import clients as service
from tests.partners.programs import Program, Programs, ask_for_token
from tests.support.client import Client
from tests.support.people import SignedIn
from tests.support.services import TestCloud

CLIENTS = "/api/partners/clients"
Join = Callable[..., Program]


def test_a_client_calls_what_its_scope_opens(program: Join) -> None:
    assert program(scopes=["products:read"]).client.get("/api/products").status == 200


def test_an_admin_sees_the_client_and_never_its_secret_again(programs: Programs, admin: SignedIn) -> None:
    acme = programs.join(rows={"locationIds": [1]}, requestsPerMinute=7)

    shown = admin.get(acme.path)

    assert shown.json | {"createdAt": "", "updatedAt": ""} == acme.row | {"createdAt": "", "updatedAt": ""}
    assert shown.json["rows"] == {"routeIds": [], "locationIds": [1], "deviceIds": []}
    assert (shown.json["status"], shown.json["requestsPerMinute"]) == ("active", 7)
    assert [one["clientId"] for one in shown.json["credentials"]] == [acme.credential["clientId"]]
    assert acme.credential["clientSecret"] not in admin.get(CLIENTS).text + shown.text


def test_no_secret_is_in_our_database(program: Join, db: Connection) -> None:
    secret = program().credential["clientSecret"]

    for table in ("api_clients", "api_client_credentials", "audit_events", "idempotency_keys", "outbox"):
        assert db.value(f"SELECT count(*) FROM {table} row WHERE strpos(row::text, %(secret)s) > 0", secret=secret) == 0  # noqa: S608


def test_every_call_is_audited_under_the_clients_name(program: Join, db: Connection) -> None:
    acme = program(scopes=["products:read", "products:write"])
    acme.client.get("/api/products")
    acme.client.post("/api/products", json={"name": "Mint", "category": "Candy", "price": 1.5})
    acme.client.get("/api/users")

    told = _told(db)

    assert told == [
        ("api_client.called", "GET", "success"),
        ("api_client.called", "POST", "success"),
        ("product.created", "", "success"),
        ("api_client.called", "GET", "success"),
        ("access.denied", "GET", "denied"),
    ]


def _told(db: Connection) -> list[tuple[str, str, str]]:
    found = db.value(
        """
        SELECT json_agg(json_build_array(action, coalesce(details ->> 'method', ''), outcome) ORDER BY id)
          FROM audit_events
         WHERE actor_username = 'Acme ERP' AND actor_role = 'api_client' AND actor_id IS NOT NULL
        """
    )
    return [tuple(row) for row in found]


def test_the_last_use_is_visible(program: Join, admin: SignedIn) -> None:
    acme = program()
    assert acme.row["lastUsedAt"] is None

    acme.client.get("/api/products")

    shown = admin.get(acme.path).json
    assert shown["lastUsedAt"] == shown["credentials"][0]["lastUsedAt"] is not None


def test_what_a_client_writes_it_writes_once_for_a_key(program: Join) -> None:
    acme = program(scopes=["products:write"])
    mint = {"name": "Mint", "category": "Candy", "price": 1.5}

    answers = [acme.client.post("/api/products", json=mint, headers={"Idempotency-Key": "k"}) for _ in range(2)]

    assert [answer.status for answer in answers] == [201, 201]
    assert answers[0].json == answers[1].json


# --- refusals of calls


def test_a_route_without_a_scope_is_closed(program: Join) -> None:
    answer = program(scopes=list(scopes.VOCABULARY)).client.get("/api/users")

    assert (answer.status, answer.json["code"]) == (403, "CLOSED_TO_CLIENTS")


def test_another_scope_opens_nothing(program: Join) -> None:
    answer = program(scopes=["products:read"]).client.post("/api/products", json={})

    assert (answer.status, answer.json["code"]) == (403, "SCOPE_MISSING")
    assert answer.json["details"] == {"scope": "products:write"}


def test_a_token_with_fewer_scopes_than_the_client_is_held_to_them(programs: Programs) -> None:
    acme = programs.join(scopes=["products:read", "products:write"])
    narrow = programs.with_token(programs.token(acme.credential, scope="cvd/products:read"))

    assert narrow.get("/api/products").status == 200
    assert narrow.post("/api/products", json={}).json["code"] == "SCOPE_MISSING"


def test_what_tells_of_the_whole_fleet_is_closed_to_a_filtered_client(program: Join) -> None:
    acme = program(scopes=["products:write", "products:read"], rows={"locationIds": [1]})

    assert acme.client.post("/api/products", json={}).json["code"] == "NEEDS_WHOLE_FLEET"
    assert acme.client.get("/api/products").status == 200


def test_a_revoked_clients_token_opens_nothing_from_the_next_request_on(program: Join, admin: SignedIn) -> None:
    acme = program()
    assert acme.client.get("/api/products").status == 200

    assert admin.post(f"{acme.path}/revoke").json["status"] == "revoked"

    assert acme.client.get("/api/products").status == 401
    assert admin.post(f"{acme.path}/revoke").status == 200  # Again changes nothing.


def test_an_expired_client_is_out(programs: Programs, admin: SignedIn, advance: Callable[..., None]) -> None:
    until = clock.now() + timedelta(minutes=5)
    acme = programs.join(expiresAt=until.isoformat())
    assert acme.client.get("/api/products").status == 200

    advance(minutes=5)

    assert acme.client.get("/api/products").status == 401
    assert admin.get(acme.path).json["status"] == "expired"


def test_narrowed_scopes_hold_for_tokens_that_are_out(program: Join, admin: SignedIn) -> None:
    acme = program(scopes=["products:read", "products:write"])

    assert admin.put(acme.path, json={"scopes": ["products:write"]}).status == 200

    assert acme.client.get("/api/products").json["code"] == "SCOPE_MISSING"


def test_a_clients_token_is_no_cookie(program: Join, client: Client) -> None:
    token = program().token

    assert client.get("/api/products", headers={"Cookie": f"session={token}"}).status == 401


def test_nobody_signs_in_as_the_account_of_a_client(program: Join, db: Connection, admin: SignedIn) -> None:
    program()
    account = db.value("SELECT id FROM users WHERE is_client")

    assert admin.get(f"/api/users/{account}").status == 404
    assert admin.put(f"/api/users/{account}/activate", json={}).status == 404
    assert "AcmeERP" not in admin.get("/api/users", params={"include_deleted": "true"}).text


# --- rotation


def test_two_secrets_are_good_while_one_is_rotated(
    programs: Programs, admin: SignedIn, advance: Callable[..., None]
) -> None:
    acme = programs.join()

    made = admin.post(f"{acme.path}/rotate", json={"overlapHours": 2})

    assert made.status == 200
    renewed = programs.with_token(programs.token(made.json["credential"]))
    assert [acme.client.get("/api/products").status, renewed.get("/api/products").status] == [200, 200]
    assert len(made.json["client"]["credentials"]) == 2
    advance(hours=2, seconds=1)
    again = programs.with_token(programs.token(made.json["credential"]))
    assert acme.client.get("/api/products").status == 401
    assert len(admin.get(acme.path).json["credentials"]) == 1
    assert again  # Its token is real time's; the row is what decides, and it stands.


def test_a_rotation_without_overlap_ends_the_old_secret_at_once(programs: Programs, admin: SignedIn) -> None:
    acme = programs.join()

    renewed = admin.post(f"{acme.path}/rotate", json={"overlapHours": 0}).json["credential"]

    assert acme.client.get("/api/products").status == 401
    assert programs.with_token(programs.token(renewed)).get("/api/products").status == 200


def test_a_third_secret_ends_the_first(programs: Programs, admin: SignedIn) -> None:
    first = programs.join()
    second, third = (admin.post(f"{first.path}/rotate", json={}).json["credential"] for _ in range(2))

    tries = [first.client, *(programs.with_token(programs.token(one)) for one in (second, third))]

    assert [one.get("/api/products").status for one in tries] == [401, 200, 200]


def test_what_is_over_is_cleared_away_in_the_pool(programs: Programs, admin: SignedIn, cloud: TestCloud) -> None:
    acme, other = programs.join(), programs.join(name="Other")
    admin.post(f"{acme.path}/revoke")

    assert service.clear_away() == {"cleared": 1}

    status, answer = ask_for_token(programs.token_url, acme.credential["clientId"], acme.credential["clientSecret"])
    assert (status, answer["error"]) == (400, "invalid_client")
    assert other.client.get("/api/products").status == 200


# --- the stand-in for the pool's token endpoint


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "cvd/devices:write"}, "invalid_scope"),
    ],
)
def test_the_token_endpoint_refuses(programs: Programs, changed: dict[str, str], error: str) -> None:
    from tools.local.client_tokens import Refused, granted

    credential = programs.join().credential
    form = {
        "grant_type": "client_credentials",
        "client_id": credential["clientId"],
        "client_secret": credential["clientSecret"],
    }
    with pytest.raises(Refused, match=error):
        granted("", {**form, **changed})


def test_the_browsers_client_of_the_pool_gets_no_token_without_a_user(cloud: TestCloud) -> None:
    status, _ = ask_for_token(cloud.environment["CVD_TOKEN_URL"], cloud.environment["CVD_USER_POOL_CLIENT_ID"], "")

    assert status == 400


# --- refusals of admins' requests, and strangers


def test_names_are_taken_once(programs: Programs, admin: SignedIn) -> None:
    programs.join()

    again = admin.post(CLIENTS, json=programs.wish(name="acme erp"))

    assert (again.status, again.json["code"]) == (409, "DUPLICATE")


def test_a_deleted_clients_name_is_free_again(programs: Programs, admin: SignedIn) -> None:
    acme = programs.join()

    assert admin.delete(acme.path).status == 200

    assert admin.get(acme.path).status == 404
    assert acme.client.get("/api/products").status == 401
    assert programs.join().client.get("/api/products").status == 200


def test_a_filter_names_what_there_is(programs: Programs, admin: SignedIn, db: Connection) -> None:
    answer = admin.post(CLIENTS, json=programs.wish(rows={"deviceIds": [999999]}))

    assert answer.status == 400
    assert "does not exist" in answer.json["error"]
    assert db.value("SELECT count(*) FROM api_clients") == 0


def test_an_old_version_is_refused(programs: Programs, admin: SignedIn) -> None:
    acme = programs.join()

    assert admin.put(acme.path, json={"owner": "New", "version": 1}).json["version"] == 2
    assert admin.put(acme.path, json={"owner": "Newer", "version": 1}).json["code"] == "VERSION_CONFLICT"


def test_what_is_not_sent_stays_and_null_takes_the_filter_away(programs: Programs, admin: SignedIn) -> None:
    acme = programs.join(rows={"locationIds": [1]}, requestsPerDay=500)

    kept = admin.put(acme.path, json={"owner": "New"}).json
    opened = admin.put(acme.path, json={"rows": None}).json

    assert (kept["owner"], kept["rows"]["locationIds"], kept["requestsPerDay"]) == ("New", [1], 500)
    assert opened["rows"] is None


def test_a_revoked_client_stays_as_it_is(programs: Programs, admin: SignedIn) -> None:
    acme = programs.join()
    admin.post(f"{acme.path}/revoke")

    assert admin.put(acme.path, json={"owner": "New"}).json["code"] == "CLIENT_REVOKED"
    assert admin.post(f"{acme.path}/rotate", json={}).json["code"] == "CLIENT_REVOKED"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"rows": {}},
        {"rows": {"deviceIds": [0]}},
        {"requestsPerMinute": 0},
        {"requestsPerDay": -1},
        {"expiresAt": "2020-01-01T00:00:00Z"},
        {"expiresAt": 12},
    ],
)
def test_bad_wishes_are_refused(programs: Programs, admin: SignedIn, wrong: dict[str, Any]) -> None:
    assert admin.post(CLIENTS, json=programs.wish(**wrong)).status == 400


def test_only_admins_keep_clients(manager: SignedIn, program: Join, client: Client) -> None:
    acme = program(scopes=list(scopes.VOCABULARY))
    for stranger, status in ((manager, 403), (acme.client, 403), (client, 401)):
        asked = [
            stranger.get(CLIENTS),
            stranger.post(CLIENTS, json={}),
            stranger.get(acme.path),
            stranger.put(acme.path, json={}),
            stranger.post(f"{acme.path}/rotate", json={}),
            stranger.post(f"{acme.path}/revoke"),
            stranger.delete(acme.path),
        ]
        assert {answer.status for answer in asked} == {status}


# --- the declarations


def test_a_client_never_reaches_more_than_a_manager_but_its_own_webhooks() -> None:
    beyond = [route.path for route in declared() if route.scope and MANAGER not in route.roles]

    assert [path for path in beyond if not path.startswith("/api/webhooks")] == []


def test_reads_need_read_scopes_and_writes_write_scopes() -> None:
    reading_posts = {"preview_order", "metrics_of_devices"}
    wrong = [
        f"{route.method} {route.path} {route.scope}"
        for route in declared()
        if route.scope and route.name not in reading_posts and route.scope.endswith(":read") != route.reads_only
    ]

    assert wrong == []


def test_every_scope_opens_something() -> None:
    assert set(scopes.VOCABULARY) - {route.scope for route in declared()} == set()


def test_the_description_names_the_scope_of_each_operation(client: Client) -> None:
    document = client.get("/api/openapi.json").json

    flow = document["components"]["securitySchemes"]["client"]["flows"]["clientCredentials"]
    assert set(flow["scopes"]) == {f"cvd/{scope}" for scope in scopes.VOCABULARY}
    assert {"client": ["cvd/products:read"]} in document["paths"]["/api/products"]["get"]["security"]
    assert all("client" not in one for one in document["paths"]["/api/users"]["get"]["security"])
