"""Every route × every scope × own and strange rows, made from the declarations: nothing leaks."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib import registry
from chalicelib.kit import scopes
from chalicelib.kit.db import Connection
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.endpoint import declared
from tests.partners.fleet_of_two import MARK, Fleet, Half, build, strange_rows
from tests.partners.programs import Program, Programs
from tests.support.client import Answer, Client

assert registry.BLUEPRINTS  # Importing the registry is what declares the routes.

ROUTES = sorted(declared(), key=lambda d: (d.path, d.method))
CLOSED = {"CLOSED_TO_CLIENTS", "SCOPE_MISSING"}
BEYOND = "999999"
PLENTY = {"requestsPerMinute": 100_000, "requestsPerDay": 100_000_000}


@dataclass(frozen=True)
class Try:
    """One request to one route."""

    path: str
    json: Any = None
    params: dict[str, Any] | None = None


def of(half: Half) -> dict[str, Try]:
    """A request to each route whose path alone does not say what it is about, in an order in which all can be done."""
    items = [{"productId": half["product_id"], "quantityFilled": 1}]
    stop = half["stops"]
    key, slot = half["planogram_key"], {"A1": {"productId": half["product_id"], "quantity": 2, "capacity": 10}}
    return {
        "edit_device": Try(f"/api/devices/{half['device_id']}", {"cooler": "Renamed", "model": "Ambient+"}),
        "add_cabinet": Try(f"/api/devices/{half['other_device_id']}/cabinets", {"cabinetType": "Ambient+"}),
        "change_cabinet": Try(
            f"/api/devices/{half['other_device_id']}/cabinets/2", {"cabinetType": "Ambient", "force": True}
        ),
        "remove_cabinet": Try(f"/api/devices/{half['other_device_id']}/cabinets/2"),
        "start_order": Try(f"/api/service-orders/{half['order_id']}/start", {}),
        "start_cabinet": Try(f"/api/service-orders/cabinets/{stop[0]}/start", {}),
        "back_out_of_cabinet": Try(f"/api/service-orders/cabinets/{stop[0]}/back-out", {}),
        "skip_cabinet": Try(f"/api/service-orders/cabinets/{stop[0]}/skip", {"reason": "Closed"}),
        "execute_cabinet": Try(f"/api/service-orders/cabinets/{stop[1]}/execute", {"deliveredItems": items}),
        "roll_back_cabinet": Try(f"/api/service-orders/cabinets/{stop[1]}/rollback", {}),
        "execute_order_cabinet": Try(
            "/api/service-orders/execute",
            {"orderId": half["order_id"], "cabinetId": stop[2], "deliveredItems": items},
        ),
        "cancel_order": Try(f"/api/service-orders/{half['order_to_cancel']}/cancel", {"reason": "Not needed"}),
        "save_planogram": Try("/api/planograms", {"planogramKey": key, "planogramData": slot}),
        "move_product": Try(f"/api/planograms/{key}/move", {"from": "A2", "to": "A3"}),
        "copy_planogram": Try(f"/api/planograms/{key}/copy", {"targetKey": half["other_key"]}),
        "count_planogram": Try(f"/api/planograms/{key}/counts", {"counts": [{"position": "A1", "quantity": 1}]}),
        "create_sale": Try(
            "/api/sales",
            {"deviceId": half["device_id"], "productId": half["product_id"], "saleUnits": 1, "saleCash": 1.5},
        ),
        "correct_sale": Try(f"/api/sales/{half['sale_id']}/corrections", {"units": 1, "reason": "Counted twice"}),
        "count_slot": Try(f"/api/slots/{half['slot_id']}/count", {"quantity": 1}),
        "list_slot_changes": Try(f"/api/planograms/{key}/slots/A1/history"),
    }


def crossing(own: Half, strange: Half) -> list[tuple[str, Try]]:
    """Requests that begin at what is the client's own and reach for what is not."""
    device, key = own["device_id"], own["planogram_key"]
    item = {"slotId": strange["slot_id"], "quantityFilled": 1}
    sale = {"deviceId": device, "productId": own["product_id"], "saleUnits": 1, "saleCash": 1}
    facts = {"cooler": "Mine", "model": "Ambient+"}
    slot = {"A1": {"productId": own["product_id"], "quantity": 9, "capacity": 10}}
    guest = strange["guest_device_id"]
    return [
        ("get_device", Try(f"/api/devices/{guest}")),
        ("edit_device", Try(f"/api/devices/{guest}", facts)),
        ("edit_device", Try(f"/api/devices/{device}", {**facts, "location_id": strange["location_id"]})),
        ("edit_device", Try(f"/api/devices/{device}", {**facts, "route_id": strange["route_id"]})),
        ("get_planogram", Try(f"/api/planograms/{strange['guest_key']}")),
        ("copy_planogram", Try(f"/api/planograms/{key}/copy", {"targetKey": strange["planogram_key"]})),
        ("copy_planogram", Try(f"/api/planograms/{strange['planogram_key']}/copy", {"targetKey": key})),
        ("save_planogram", Try("/api/planograms", {key: slot, strange["guest_key"]: slot})),
        ("create_sale", Try("/api/sales", {**sale, "slotId": strange["slot_id"]})),
        ("create_sale", Try("/api/sales", {**sale, "importKey": "zzstrange-sale"})),
        ("create_sale", Try("/api/sales", {**sale, "deviceId": guest})),
        ("execute_cabinet", Try(f"/api/service-orders/cabinets/{own['stops'][3]}/execute", {"deliveredItems": [item]})),
        ("get_order", Try(f"/api/service-orders/{strange['mixed_order_id']}")),
        ("get_pick_list", Try(f"/api/service-orders/{strange['mixed_order_id']}/pick-list")),
        ("start_order", Try(f"/api/service-orders/{strange['mixed_order_id']}/start", {})),
        ("start_cabinet", Try(f"/api/service-orders/cabinets/{strange['mixed_stop_id']}/start", {})),
        *(
            (name, Try(path, params={parameter: strange[value]}))
            for name, path, parameter, value in (
                ("page_devices", "/api/devices/page", "route_id", "route_id"),
                ("page_devices", "/api/devices/page", "location_id", "location_id"),
                ("page_devices", "/api/devices/page", "search", "name"),
                ("list_orders", "/api/service-orders", "routeId", "route_id"),
                ("list_orders", "/api/service-orders", "route_id", "route_id"),
                ("list_sales", "/api/sales", "deviceId", "device_id"),
                ("list_sales", "/api/sales", "device_id", "device_id"),
                ("list_dex_reads", "/api/dex/reads", "deviceId", "device_id"),
                ("list_dex_reads", "/api/dex/reads", "device_id", "device_id"),
            )
        ),
    ]


OF_THEIR_OWN = "/api/webhooks"
"""What an API client has of its own, whatever its rows: proven where it is built, and walked here without rows."""

BY_ROWS = [
    route for route in ROUTES if route.scope and route.rows == "filtered" and not route.path.startswith(OF_THEIR_OWN)
]


def tries(half: Half) -> list[tuple[Declaration, Try]]:
    """A request to each route that keeps to rows: writes by the list above, reads by the names in their paths."""
    written = of(half)
    ordered = sorted(BY_ROWS, key=lambda r: list(written).index(r.name) if r.name in written else -1)
    return [
        (route, written.get(route.name) or Try(re.sub(r"\{(\w+)\}", lambda m: str(half[m.group(1)]), route.path)))
        for route in ordered
    ]


def call(client: Client, method: str, asked: Try) -> Answer:
    more = {} if asked.json is None else {"json": asked.json}
    return client.request(method, asked.path, params=asked.params, **more)


def told(answer: Answer, asked: Try) -> list[str]:
    """What of the strange half an answer tells, beyond what was asked with."""
    sent = {*re.split(r"[/?]", asked.path), *_texts(asked.json), *_texts(asked.params)}
    text = answer.text
    for value in sorted((one for one in sent if MARK.search(one)), key=len, reverse=True):
        text = text.replace(value, "")
    headers = " ".join(value for name, value in answer.headers.items() if name != "x-request-id")
    return MARK.findall(text + headers)


def _texts(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*({str(name)} | _texts(inner) for name, inner in value.items()))
    if isinstance(value, list):
        return set().union(*map(_texts, value))
    return set() if value is None else {str(value)}


@pytest.fixture
def fleet(db: Connection, programs: Programs) -> Fleet:
    return build(db)


@pytest.fixture
def limited(programs: Programs, fleet: Fleet) -> Program:
    """A client with every scope and the own half alone."""
    return programs.join(scopes=list(scopes.VOCABULARY), rows={"deviceIds": fleet.own_devices}, **PLENTY)


def test_every_route_opens_to_its_own_scope_and_to_no_other(programs: Programs, fleet: Fleet) -> None:
    counts: Counter[str] = Counter()
    wrongly: list[str] = []
    for scope in scopes.VOCABULARY:
        whole = programs.join(name=f"{scope} all", scopes=[scope], **PLENTY).client
        some = programs.join(
            name=f"{scope} some", scopes=[scope], rows={"deviceIds": fleet.own_devices}, **PLENTY
        ).client
        for route in ROUTES:
            if route.is_public:
                continue
            asked = Try(re.sub(r"\{[^}]+\}", BEYOND, route.path), None if route.reads_only else {})
            # What is closed for want of the scope is closed before anybody looks at rows.
            asking = [(whole, route.scope == scope), (some, route.rows != "whole")][: 1 + (route.scope == scope)]
            for client, may in asking:
                answer = call(client, route.method, asked)
                counts["requests"] += 1
                code = answer.json.get("code") if answer.status == 403 else None
                is_let_in = answer.status < 500 and answer.status != 401 and code not in {*CLOSED, "NEEDS_WHOLE_FLEET"}
                counts["let in"] += is_let_in
                if is_let_in != may:
                    wrongly.append(f"{route.method} {route.path} with {scope}: {answer.status} {code}")
                if client is some and told(answer, asked):
                    wrongly.append(f"{route.method} {route.path} with {scope} told {told(answer, asked)[:3]}")

    print(
        f"{len(ROUTES)} routes, {len(scopes.VOCABULARY)} scopes, with and without a filter: {dict(counts)};"
        f" leaks: {len(wrongly)}"
    )
    assert wrongly == []
    assert counts["let in"] > 2 * len(scopes.VOCABULARY)


def test_strange_rows_are_neither_told_nor_touched(limited: Program, fleet: Fleet, db: Connection) -> None:
    before = strange_rows(db)
    asked = [(route.name, route.method, one) for route, one in tries(fleet.strange)]
    by_name = {route.name: route.method for route in ROUTES}
    asked += [(name, by_name[name], one) for name, one in crossing(fleet.own, fleet.strange)]
    leaks: list[str] = []
    for name, method, one in asked:
        answer = call(limited.client, method, one)
        if answer.status >= 500 or answer.status in (401, 429) or told(answer, one):
            leaks.append(f"{name} {one}: {answer.status} {told(answer, one)[:3]}")
        if method != "GET" and answer.status < 300:
            leaks.append(f"{name} {one} was done: {answer.text[:200]}")
        if method == "GET" and "{" in _path_of(name) and answer.status < 300 and _is_more_than_empty(answer):
            leaks.append(f"{name} {one} was answered: {answer.text[:200]}")

    after = strange_rows(db)

    changed = {table for table in before if before[table] != after[table]}
    print(
        f"{len(asked)} requests for strange rows on {len(BY_ROWS)} routes; leaks: {len(leaks)};"
        f" changed tables: {len(changed)}"
    )
    assert (leaks, changed) == ([], set())
    assert sum(rows.partition(":")[0] != "0" for rows in before.values()) > 20


def _path_of(name: str) -> str:
    return next(route.path for route in ROUTES if route.name == name)


def _is_more_than_empty(answer: Answer) -> bool:
    """Whether an answer by an id holds anything; some of the contract's answer unknown ids with nothing."""
    found = answer.json
    return bool(found) and any(
        value for value in (found.values() if isinstance(found, dict) else found) if isinstance(value, list)
    )


def test_own_rows_are_told_and_written(limited: Program, fleet: Fleet) -> None:
    refused: list[str] = []
    for route, one in tries(fleet.own):
        answer = call(limited.client, route.method, one)
        if answer.status >= 300 or told(answer, one):
            refused.append(f"{route.name} {one}: {answer.status} {answer.text[:300]} {told(answer, one)[:3]}")
        if (
            route.reads_only
            and route.name != "list_photos"
            and "own" not in answer.text
            and not re.search("[0-9]", answer.text)
        ):
            refused.append(f"{route.name} told nothing: {answer.text[:200]}")

    print(f"{len(BY_ROWS)} routes on own rows; refused: {len(refused)}")
    assert refused == []


def test_the_same_requests_do_reach_strange_rows_without_a_filter(programs: Programs, fleet: Fleet) -> None:
    """The proof that the tests above can fail: each row is there, and each request would have had it."""
    everywhere = programs.join(scopes=list(scopes.VOCABULARY), **PLENTY).client
    blind: list[str] = []
    for route, one in tries(fleet.strange):
        answer = call(everywhere, route.method, one)
        if answer.status >= 300 or (route.reads_only and route.name not in SPARING and not MARK.search(answer.text)):
            blind.append(f"{route.name} {one}: {answer.status} {answer.text[:300]}")

    assert blind == []


SPARING = {
    "list_photos",
    "get_planogram",
    "get_pick_list",
    "list_slot_changes",
    "get_service_history",
    "show_grid_layout",
    "show_grid_info",
}
"""Reads whose answers name neither keys nor names that tell the half; for strange rows they are empty or 404."""


def test_every_write_that_keeps_to_rows_is_tried(fleet: Fleet) -> None:
    assert {route.name for route in BY_ROWS if not route.reads_only} - set(of(fleet.own)) == set()


@pytest.mark.parametrize("kind", ["routeIds", "locationIds"])
def test_a_filter_by_route_or_location_is_the_devices_there(
    programs: Programs, fleet: Fleet, db: Connection, kind: str
) -> None:
    place = fleet.own["route_id" if kind == "routeIds" else "location_id"]
    acme = programs.join(scopes=["devices:read"], rows={kind: [place]}, **PLENTY)
    there = [fleet.own["device_id"], fleet.own["other_device_id"], fleet.strange["guest_device_id"]]

    assert sorted(one["id"] for one in acme.client.get("/api/devices").json) == there
    db.execute(
        "UPDATE devices SET route_id = %(route)s, location_id = %(location)s WHERE id = %(id)s",
        id=there[0],
        route=fleet.strange["route_id"],
        location=fleet.strange["location_id"],
    )
    assert acme.client.get(f"/api/devices/{there[0]}").status == 404


def test_a_filter_that_lets_nothing_through_is_not_the_whole_fleet(
    programs: Programs, fleet: Fleet, db: Connection
) -> None:
    acme = programs.join(scopes=list(scopes.VOCABULARY), rows={"deviceIds": [fleet.own["device_id"]]}, **PLENTY)
    db.execute("DELETE FROM api_client_rows")

    assert acme.client.get("/api/devices").json == []
    assert acme.client.get("/api/service-orders").json["orders"] == []
    assert json.loads(acme.client.get("/api/sales").text) == []
