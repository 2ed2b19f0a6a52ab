"""How every route is asked: as the contract's tests ask, the others here, and with larger bodies where bodies grow."""

import itertools
import re
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from tests.contract.requests import REQUESTS
from tests.contract.test_contract import ENDPOINTS
from tests.contract.world import TODAY, World
from tests.orders.pictures import digest, form, png
from tests.support import factories
from tests.support.client import Answer
from tests.support.people import PASSWORD, SignedIn
from tests.telemetry.machines import place, upload

_numbers = itertools.count(1)

Send = Callable[[World], Answer]
Path = str | Callable[[World], str]


def plain(path: str) -> str:
    """Return a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def ask(method: str, path: Path, by: str = "manager", json: Any = ..., **params: Any) -> Send:
    """Return a request; what is callable is asked of the world when it is sent."""

    def send(w: World) -> Answer:
        who: SignedIn = getattr(w, by)
        url = path(w) if callable(path) else path
        given = {} if json is ... else {"json": json(w) if callable(json) else json}
        return who.request(method, url, params=params, **given)

    return send


def _with_avatar(w: World) -> Answer:
    assert REQUESTS["user-avatar-post"].send(w).status < 300
    return w.viewer.get(f"/api/user/{w.viewer.user_id}/avatar")


def _corrected(w: World) -> Answer:
    sale = REQUESTS["sales-create"].send(w).json["id"]
    return w.manager.post(f"/api/sales/{sale}/corrections", json={"units": 1, "cash": 2.0, "reason": "Miscounted"})


def _slot(w: World) -> int:
    return w.device.cabinets[0].slots["A1"]


def _counts(w: World) -> dict[str, Any]:
    return {"counts": [{"position": "A1", "quantity": 5}]}


def _many_counts(w: World) -> dict[str, Any]:
    return {"counts": [{"position": position, "quantity": 5} for position in w.device.cabinets[0].slots]}


def _saved(count: int) -> Send:
    """Return the save of so many slots, with another quantity."""

    def send(w: World) -> Answer:
        content = {"productId": w.cola, "price": 2.0, "quantity": 4, "parLevel": 7, "capacity": 10}
        slots = dict.fromkeys(list(w.device.cabinets[0].slots)[:count], content)
        return w.manager.post("/api/planograms", json={"planogramKey": w.planogram, "planogramData": slots})

    return send


def _move(w: World) -> dict[str, Any]:
    positions = sorted(w.device.cabinets[0].slots)
    return {"from": "A1", "to": positions[1], "swap": True}


def _booked(units: int) -> Send:
    """Return the upload of a machine's second read, which books what was sold since the first."""

    def send(w: World) -> Answer:
        place(w.db, w.machine)
        assert upload(w.manager, w.machine.read()).status == 200
        for name in ("A1", "A2"):
            w.machine.sell(name, units)
        return upload(w.manager, w.machine.read())

    return send


def _linked(w: World) -> Answer:
    return w.manager.post(f"/api/dex/reads/{w.read}/link", json={"deviceId": w.spare_device.id})


def _mappings(w: World, count: int) -> Answer:
    slots = list(w.device.cabinets[0].slots.values())[:count]
    mappings = [{"selection": str(number), "slotId": slot} for number, slot in enumerate(slots, start=1)]
    return w.manager.put(f"/api/devices/{w.device.id}/dex-mappings", json={"mappings": mappings})


def _sent(w: World, count: int) -> Answer:
    reads = [{"content": w.machine.sell("A1").read().decode()} for _ in range(count)]
    return w.manager.post("/api/telemetry/reads", json={"reads": reads})


def _file(w: World) -> Answer:
    (file,) = _sent(w, 1).json["files"]
    return w.manager.get(f"/api/telemetry/files/{file['fileId']}")


def _pushed(w: World, count: int) -> Answer:
    notes = [
        {"key": f"k{number}", "type": "ADD_NOTE", "orderId": w.order, "orderCabinetId": w.stop, "clientTime": None,
         "baseVersion": None, "payload": {"note": f"note {number}"}}
        for number in range(count)
    ]  # fmt: skip
    return w.driver.post("/api/driver/sync", json={"actions": notes})


def _wanted(w: World) -> dict[str, Any]:
    content = png()
    return {"contentType": "image/png", "size": len(content), "sha256": digest(content)}


def _photo(w: World) -> int:
    answer = w.driver.post("/api/service-orders/photos", **form(png(), orderId=w.order))
    assert answer.status == 200, answer.text
    return int(answer.json["photoId"])


def _metrics(w: World, ids: list[int]) -> Answer:
    return w.manager.post("/api/devices/metrics/batch", json={"deviceIds": ids})


def _stop(action: str, by: str, body: Any = ...) -> Send:
    return ask("POST", lambda w: f"/api/service-orders/cabinets/{w.stop}/{action}", by, body)


def _webhook(w: World) -> int:
    body = {"url": "http://127.0.0.1:9/hook", "eventTypes": ["*"]}
    answer = w.admin.post("/api/webhooks", json=body)
    assert answer.status == 201, answer.text
    return int(answer.json["id"])


def _backed_out(w: World) -> Answer:
    assert _stop("start", "driver", {})(w).status < 300
    return _stop("back-out", "driver")(w)


def _type(w: World, kind: str, more: dict[str, Any]) -> str:
    answer = w.admin.post(f"/api/{kind}-types", json={"name": "Tower", "description": "Tall", **more})
    assert answer.status == 201, answer.text
    return f"/api/{kind}-types/{answer.json['id']}"


def _copied(w: World) -> Answer:
    target = w.spare_device.cabinets[0].key
    return w.manager.post(f"/api/planograms/{w.planogram}/copy", json={"targetKey": target, "truncate": True})


def _sent_straight(w: World) -> Answer:
    content = png()
    offered = w.driver.post(f"/api/service-orders/{w.order}/photos/uploads", json=_wanted(w)).json["upload"]
    put = urllib.request.Request(offered["url"], data=content, headers=offered["headers"], method="PUT")  # noqa: S310
    urllib.request.urlopen(put).close()  # noqa: S310 - the local cloud
    meta = {"sha256": digest(content), "size": len(content)}
    return w.driver.post(f"/api/service-orders/{w.order}/photos/confirm", json=meta)


def _delivery(w: World) -> str:
    webhook = _webhook(w)
    made = w.admin.post(f"/api/webhooks/{webhook}/test").json
    return f"/api/webhooks/{webhook}/deliveries/{made['deliveryId']}"


def _two_cabinets(w: World) -> str:
    assert w.manager.post(f"/api/devices/{w.spare_device.id}/cabinets", json={"cabinetType": "Cooler"}).status < 300
    return f"/api/devices/{w.spare_device.id}/cabinets/1"


def _resolved(w: World) -> Answer:
    assert w.admin.post(f"/api/security/alerts/{w.alert}/acknowledge").status == 200
    return w.admin.post(f"/api/security/alerts/{w.alert}/resolve")


def _second_factor(w: World) -> None:
    assert w.manager.post("/api/auth/mfa/setup").status == 200


def _code(w: World) -> Answer:
    _second_factor(w)
    return w.manager.post("/api/auth/mfa/confirm", json={"code": "000000"})


def _client(w: World) -> str:
    body = {
        "name": f"Reader {next(_numbers)}",
        "owner": "Partner Ltd",
        "contact": "it@partner.example",
        "scopes": ["devices:read"],
    }
    answer = w.admin.post("/api/partners/clients", json=body)
    assert answer.status == 201, answer.text
    return f"/api/partners/clients/{answer.json['client']['id']}"


def _inbound(w: World) -> str:
    """The path of a partner who may deliver."""
    answer = w.admin.post("/api/partners/inbound", json={"name": f"partner{next(_numbers)}"})
    assert answer.status == 201, answer.text
    return f"/api/partners/inbound/{answer.json['partner']['name']}"


def _brought_in(w: World, count: int) -> Answer:
    lines = "".join(f'{{"name": "Place of import {number}"}}\n' for number in range(count))
    return w.manager.post("/api/exchange/imports", json={"entity": "locations", "content": lines})


def _happened(w: World, count: int) -> Answer:
    told = [
        {"id": f"v{number}", "type": "vend", "machine": {"serial": "SN-1"}, "selection": "A1", "device": "DA",
         "cents": 125, "at": "2026-03-04T16:00:00Z"}
        for number in range(count)
    ]  # fmt: skip
    return w.manager.post("/api/telemetry/events", json={"events": told})


def _import(w: World) -> str:
    return f"/api/exchange/imports/{_brought_in(w, 1).json['id']}"


def _export(w: World) -> Answer:
    return w.admin.post("/api/exchange/exports", json={"entity": "locations"})


OTHERS: Mapping[str, Send] = {
    "POST /api/metrics/calculate": ask(
        "POST", lambda w: f"/api/metrics/calculate?of={w.device.id}", "admin", {"metrics": {}}
    ),
    "GET /api/partners/scopes": ask("GET", "/api/partners/scopes", "admin"),
    "POST /api/partners/clients/{}/rotate": ask("POST", lambda w: f"{_client(w)}/rotate", "admin", {}),
    "POST /api/partners/clients/{}/revoke": ask("POST", lambda w: f"{_client(w)}/revoke", "admin"),
    "GET /api/partners/inbound": ask("GET", lambda w: _inbound(w).rpartition("/")[0], "admin"),
    "POST /api/partners/inbound": ask("POST", "/api/partners/inbound", "admin", {"name": "one-partner"}),
    "PUT /api/partners/inbound/{}": ask("PUT", _inbound, "admin", {"enabled": False}),
    "POST /api/partners/inbound/{}/secret": ask("POST", lambda w: f"{_inbound(w)}/secret", "admin", {}),
    "GET /api/partners/inbound/deliveries": ask("GET", "/api/partners/inbound/deliveries", "admin"),
    "POST /api/partners/inbound/deliveries/replay": ask(
        "POST", "/api/partners/inbound/deliveries/replay", "admin", {"ids": [1]}
    ),
    "GET /api/telemetry/silent": ask("GET", lambda w: f"/api/telemetry/silent?of={w.device.id}"),
    "GET /api/devices/{}/telemetry": ask("GET", lambda w: f"/api/devices/{w.device.id}/telemetry"),
    "POST /api/telemetry/events": lambda w: _happened(w, 1),
    "GET /api/partners/clients": ask("GET", lambda w: _client(w).rpartition("/")[0], "admin"),
    "POST /api/partners/clients": ask(
        "POST",
        "/api/partners/clients",
        "admin",
        {"name": "Reader", "owner": "Partner Ltd", "contact": "it@partner.example", "scopes": ["devices:read"]},
    ),
    "GET /api/partners/clients/{}": ask("GET", _client, "admin"),
    "PUT /api/partners/clients/{}": ask("PUT", _client, "admin", {"name": "Another"}),
    "DELETE /api/partners/clients/{}": ask("DELETE", _client, "admin"),
    "POST /api/exchange/imports": lambda w: _brought_in(w, 1),
    "GET /api/exchange/imports": ask("GET", lambda w: _import(w).rpartition("/")[0]),
    "GET /api/exchange/imports/{}": ask("GET", _import),
    "GET /api/exchange/imports/{}/refused": ask("GET", lambda w: f"{_import(w)}/refused"),
    "POST /api/exchange/exports": _export,
    "GET /api/exchange/exports": ask("GET", lambda w: f"/api/exchange/exports?of={_export(w).status}", "admin"),
    "GET /api/exchange/exports/{}": ask("GET", lambda w: f"/api/exchange/exports/{_export(w).json['id']}", "admin"),
    "DELETE /api/device-types/{}": ask("DELETE", lambda w: _type(w, "device", {}), "admin"),
    "DELETE /api/cabinet-types/{}": ask(
        "DELETE", lambda w: _type(w, "cabinet", {"rows": 3, "cols": 3, "icon": "T"}), "admin"
    ),
    "DELETE /api/devices/{}/cabinets/{}": ask("DELETE", _two_cabinets),
    "POST /api/planograms/{}/copy": _copied,
    "POST /api/service-orders/{}/photos/confirm": _sent_straight,
    "GET /api/webhooks/{}/deliveries/{}": ask("GET", _delivery, "admin"),
    "POST /api/webhooks/{}/deliveries/{}/resend": ask("POST", lambda w: f"{_delivery(w)}/resend", "admin"),
    "POST /api/auth/mfa/setup": ask("POST", "/api/auth/mfa/setup"),
    "POST /api/auth/forgot-password": ask(
        "POST", "/api/auth/forgot-password", "nobody", lambda w: {"username": w.viewer.username}
    ),
    "GET /api/openapi.json": ask("GET", "/api/openapi.json", "nobody"),
    "GET /api/docs": ask("GET", "/api/docs", "nobody"),
    "GET /api/docs/{}": ask("GET", "/api/docs/start.js", "nobody"),
    "POST /api/devices/{}/cabinets": ask(
        "POST", lambda w: f"/api/devices/{w.spare_device.id}/cabinets", json={"cabinetType": "Cooler"}
    ),
    "PUT /api/devices/{}/cabinets/{}": ask(
        "PUT", lambda w: f"/api/devices/{w.spare_device.id}/cabinets/0", json={"cabinetType": "Freezer"}
    ),
    "GET /api/devices/page": ask("GET", lambda w: f"/api/devices/page?of={w.device.id}"),
    "GET /api/devices/{}": ask("GET", lambda w: f"/api/devices/{w.device.id}"),
    "PUT /api/device-types/{}": ask(
        "PUT", "/api/device-types/1", "admin", {"name": "PicoVision", "description": "Another", "maxCabinets": 3}
    ),
    "PUT /api/cabinet-types/{}": ask(
        "PUT",
        "/api/cabinet-types/2",
        "admin",
        {"name": "Freezer", "description": "Cold", "rows": 5, "cols": 8, "icon": "F"},
    ),
    "GET /api/audit-log": ask("GET", lambda w: f"/api/audit-log?of={w.device.id}", "admin"),
    "POST /api/users/{}/unlock": ask("POST", lambda w: f"/api/users/{w.person}/unlock", "admin"),
    "POST /api/security/alerts/{}/resolve": _resolved,
    "POST /api/security/alerts/{}/dismiss": ask("POST", lambda w: f"/api/security/alerts/{w.alert}/dismiss", "admin"),
    "GET /api/system-config": ask("GET", "/api/system-config", "admin"),
    "PUT /api/system-config": ask("PUT", "/api/system-config", "admin", {"geo_enabled": False}),
    "GET /api/company-settings": ask("GET", "/api/company-settings", "admin"),
    "PUT /api/company-settings": ask("PUT", "/api/company-settings", "admin", {"week_start": 0}),
    "POST /api/service-orders/cabinets/{}/start": _stop("start", "driver", {}),
    "POST /api/service-orders/cabinets/{}/back-out": _backed_out,
    "POST /api/service-orders/cabinets/{}/skip": _stop("skip", "driver", {"reason": "Closed"}),
    "POST /api/service-orders/{}/start": ask("POST", lambda w: f"/api/service-orders/{w.order}/start", "driver", {}),
    "POST /api/service-orders/{}/cancel": ask(
        "POST", lambda w: f"/api/service-orders/{w.order}/cancel", json={"reason": "Rain"}
    ),
    "POST /api/service-orders/{}/refresh": ask("POST", lambda w: f"/api/service-orders/{w.order}/refresh"),
    "GET /api/driver/sync": ask("GET", lambda w: f"/api/driver/sync?of={w.order}", "driver"),
    "POST /api/driver/sync": lambda w: _pushed(w, 1),
    "POST /api/service-orders/{}/photos/uploads": ask(
        "POST", lambda w: f"/api/service-orders/{w.order}/photos/uploads", "driver", _wanted
    ),
    "DELETE /api/service-orders/{}/photos/{}": lambda w: w.admin.delete(
        f"/api/service-orders/{w.order}/photos/{_photo(w)}"
    ),
    "GET /api/devices/{}/slot-metrics": ask("GET", lambda w: f"/api/devices/{w.device.id}/slot-metrics"),
    "GET /api/planograms/{}/slots/{}/history": ask("GET", lambda w: f"/api/planograms/{w.planogram}/slots/A1/history"),
    "POST /api/planograms/{}/move": ask("POST", lambda w: f"/api/planograms/{w.planogram}/move", json=_move),
    "POST /api/planograms/{}/counts": ask("POST", lambda w: f"/api/planograms/{w.planogram}/counts", json=_counts),
    "GET /api/user/{}/avatar": _with_avatar,
    "GET /api/driver/locations": ask("GET", "/api/driver/locations"),
    "POST /api/sales/{}/corrections": _corrected,
    "GET /api/metrics/dashboard": ask("GET", lambda w: f"/api/metrics/dashboard?of={w.device.id}"),
    "POST /api/slots/{}/count": ask("POST", lambda w: f"/api/slots/{_slot(w)}/count", json={"quantity": 5}),
    "POST /api/telemetry/reads": lambda w: _sent(w, 1),
    "GET /api/telemetry/files/{}": _file,
    "GET /api/dex/unlinked": ask("GET", lambda w: f"/api/dex/unlinked?of={w.read}"),
    "POST /api/dex/reads/{}/link": _linked,
    "GET /api/devices/{}/dex-mappings": ask("GET", lambda w: f"/api/devices/{w.device.id}/dex-mappings"),
    "PUT /api/devices/{}/dex-mappings": lambda w: _mappings(w, 1),
    "GET /api/reports/route-performance": ask(
        "GET", lambda w: f"/api/reports/route-performance?of={w.order}", start_date="2026-02-01", end_date=TODAY
    ),
    "GET /api/webhooks": ask("GET", lambda w: f"/api/webhooks?of={_webhook(w)}", "admin"),
    "GET /api/webhook-events": ask("GET", "/api/webhook-events", "admin"),
    "POST /api/webhooks": ask(
        "POST", "/api/webhooks", "admin", {"url": "http://127.0.0.1:9/hook", "eventTypes": ["device.*"]}
    ),
    "GET /api/webhooks/{}": ask("GET", lambda w: f"/api/webhooks/{_webhook(w)}", "admin"),
    "PATCH /api/webhooks/{}": ask("PATCH", lambda w: f"/api/webhooks/{_webhook(w)}", "admin", {"enabled": False}),
    "DELETE /api/webhooks/{}": ask("DELETE", lambda w: f"/api/webhooks/{_webhook(w)}", "admin"),
    "POST /api/webhooks/{}/secret": ask("POST", lambda w: f"/api/webhooks/{_webhook(w)}/secret", "admin", {}),
    "POST /api/webhooks/{}/test": ask("POST", lambda w: f"/api/webhooks/{_webhook(w)}/test", "admin"),
    "POST /api/webhooks/{}/replay": ask(
        "POST", lambda w: f"/api/webhooks/{_webhook(w)}/replay", "admin", {"since": "2026-03-01T00:00:00Z"}
    ),
    "GET /api/webhooks/{}/deliveries": ask("GET", lambda w: f"/api/webhooks/{_webhook(w)}/deliveries", "admin"),
    "GET /api/webhooks/{}/events": ask("GET", lambda w: f"/api/webhooks/{_webhook(w)}/events?stream=device/1", "admin"),
    "GET /api/health/ready": ask("GET", "/api/health/ready", "nobody"),
}
"""Routes that the contract does not know."""

REFUSED: Mapping[str, tuple[Send, int]] = {
    "POST /api/auth/mfa/confirm": (_code, 400),
    "DELETE /api/auth/mfa": (ask("DELETE", "/api/auth/mfa", "manager", {"password": PASSWORD}), 409),
    "DELETE /api/users/{}/mfa": (ask("DELETE", lambda w: f"/api/users/{w.viewer.user_id}/mfa", "admin"), 409),
    "POST /api/auth/login/mfa": (
        ask("POST", "/api/auth/login/mfa", "nobody",
            lambda w: {"username": w.viewer.username, "session": "s" * 40, "code": "000000"}), 401,
    ),
    "POST /api/auth/refresh": (ask("POST", "/api/auth/refresh", "nobody", {"refreshToken": "none"}), 401),
    "POST /api/auth/forgot-password/confirm": (
        ask("POST", "/api/auth/forgot-password/confirm", "nobody",
            lambda w: {"username": w.viewer.username, "code": "000000", "newPassword": PASSWORD}), 400,
    ),
    "POST /api/exchange/imports/{}/start": (ask("POST", lambda w: f"{_import(w)}/start"), 409),
    "POST /api/telemetry/webhooks/{}": (ask("POST", "/api/telemetry/webhooks/generic", "nobody", {}), 404),
}  # fmt: skip
"""Routes that take a code of an app, a mailed code, a signature, a file sent apart: asked as far as the refusal."""

LARGER: Mapping[str, Send] = {
    "POST /api/exchange/imports": lambda w: _brought_in(w, 50),
    "POST /api/planograms": _saved(40),
    "POST /api/planograms/{}/counts": ask("POST", lambda w: f"/api/planograms/{w.planogram}/counts", json=_many_counts),
    "POST /api/dex/parse": _booked(30),
    "POST /api/telemetry/reads": lambda w: _sent(w, 5),
    "POST /api/telemetry/events": lambda w: _happened(w, 20),
    "PUT /api/devices/{}/dex-mappings": lambda w: _mappings(w, 40),
    "POST /api/devices/metrics/batch": lambda w: _metrics(w, [w.device.id, *range(1, 200)]),
    "POST /api/devices/bulk-delete": lambda w: w.admin.post(
        "/api/devices/bulk-delete", json={"deviceIds": [w.spare_device.id, *range(101, 130)]}
    ),
    "POST /api/users/batch-deactivate": lambda w: w.admin.post(
        "/api/users/batch-deactivate",
        json={"user_ids": [factories.user(w.db, role="viewer") for _ in range(20)] + [w.admin.user_id]},
    ),
}
"""Requests that name many things, for routes that take many."""


def requests() -> dict[str, Send]:
    """Every request that is known, by method and plain path."""
    contract = {plain(str(ENDPOINTS[name]["endpoint"])): request.send for name, request in REQUESTS.items()}
    smaller = {"POST /api/dex/parse": _booked(1), "POST /api/planograms": _saved(1)}
    return {**contract, **OTHERS, **smaller, **{name: send for name, (send, _) in REFUSED.items()}}
