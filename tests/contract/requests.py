"""How each endpoint of the contract is called, and by whom it may be; the roles are those of docs/spec/domain.md §5."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kit.roles import ADMIN, DRIVER, EVERYONE, MANAGER, VIEWER
from tests.contract.world import TODAY, World
from tests.orders import pictures
from tests.support.client import Answer, Client
from tests.support.people import PASSWORD
from tests.telemetry.machines import upload

PUBLIC: frozenset[str] = frozenset()
OFFICE = frozenset({ADMIN, MANAGER})
REPORTS = frozenset({ADMIN, MANAGER, VIEWER})
ON_THE_ROAD = frozenset({ADMIN, MANAGER, DRIVER})
ALL = frozenset(EVERYONE)
ONLY_ADMIN = frozenset({ADMIN})
ONLY_DRIVER = frozenset({DRIVER})

Send = Callable[[World], Answer]


@dataclass(frozen=True)
class Request:
    """Who may make it, and how it is made so that the answer shows everything that it can hold."""

    roles: frozenset[str]
    send: Send
    status: int = 200


def _get(roles: frozenset[str], path: Callable[[World], str] | str, **params: Any) -> Request:
    """Return a GET by the most usual role of those allowed."""
    return Request(roles, lambda w: _by(roles, w).get(path if isinstance(path, str) else path(w), params=params))


def _by(roles: frozenset[str], world: World) -> Client:
    if not roles:
        return world.nobody
    for role in (MANAGER, ADMIN, DRIVER):
        if role in roles:
            return {MANAGER: world.manager, ADMIN: world.admin, DRIVER: world.driver}[role]
    raise AssertionError(roles)


def _slots(w: World) -> dict[str, Any]:
    content = {"productId": w.cola, "productName": "Cola", "price": 2.0, "quantity": 2, "parLevel": 8, "capacity": 10}
    return {"A1": content}


def _layout(w: World, *, row: int = 1) -> dict[str, Any]:
    slot = {"row": row, "column": 1, "cabinet": 0, "product_id": w.cola, "product_name": "Cola", "price": 2.0}
    return {
        "device_id": w.device.id,
        "cabinet_id": 0,
        "slots": [{**slot, "quantity": 2, "parlevel": 8, "capacity": 10}],
    }


def _preview(w: World) -> Answer:
    return w.manager.post("/api/service-orders/preview", json={**w.selection, "routeId": str(w.route)})


def _photos(w: World) -> Answer:
    assert _photo(w).status == 200
    return w.driver.get(f"/api/service-orders/{w.order}/photos")


def _photo(w: World) -> Answer:
    return w.driver.post("/api/service-orders/photos", **pictures.form(pictures.png(), orderId=w.order))


def _cleared(w: World) -> Answer:
    assert (
        w.manager.post("/api/planograms", json={"planogramKey": w.planogram, "planogramData": {"A1": None}}).status
        == 200
    )
    return w.admin.get(f"/api/admin/planograms/{w.planogram}/cleared-slots")


def _articles(path: str, **params: Any) -> Request:
    def send(w: World) -> Answer:
        assert w.articles is None
        return w.viewer.get(path, params=params)

    return Request(ALL, send)


def _article(w: World) -> Answer:
    assert w.articles is None
    first = w.viewer.get("/api/knowledge-base/articles").json["articles"][0]["id"]
    return w.viewer.get(f"/api/knowledge-base/articles/{first}")


def _feedback(w: World) -> Answer:
    assert w.articles is None
    first = w.viewer.get("/api/knowledge-base/articles").json["articles"][0]["id"]
    said = {"article_id": first, "type": "helpful", "comment": "Clear.", "timestamp": "2026-03-04T17:00:00Z"}
    return w.viewer.post("/api/knowledge-base/feedback", json=said)


def _signed_in_before(w: World) -> Answer:
    assert _sign_in(w).status == 200
    return w.manager.get("/api/auth/activity")


def _sign_in(w: World) -> Answer:
    return w.nobody.post("/api/auth/login", json={"username": w.manager.username, "password": PASSWORD})


def _person(path: str) -> Callable[[World], str]:
    return lambda w: path.format(w.person)


def _visited(w: World) -> Answer:
    assert w.driven_stop
    return w.manager.get(f"/api/devices/{w.device.id}/service-history")


def _user_activity(w: World) -> Answer:
    assert w.admin.put(f"/api/users/{w.person}", json={"email": "casey2@cvd.example"}).status == 200
    return w.admin.get(f"/api/users/{w.admin.user_id}/activity")


def _audit_trail(w: World) -> Answer:
    assert w.admin.put(f"/api/users/{w.person}/deactivate").status == 200
    return w.admin.get(f"/api/users/{w.person}/audit-trail")


def _user_orders(w: World) -> Answer:
    assert w.order
    return w.admin.get(f"/api/users/{w.driver.user_id}/service-orders")


def _security(w: World) -> Answer:
    assert w.alert
    assert w.blocked_address
    for _ in range(3):
        w.nobody.post("/api/auth/login", json={"username": "casey", "password": "wrong"})
    return w.admin.get("/api/security/dashboard")


def _unblock(w: World) -> Answer:
    return w.admin.post(f"/api/security/ip-blocks/{w.blocked_address}/unblock")


def _blocks(w: World) -> Answer:
    assert w.blocked_address
    return w.admin.get("/api/security/ip-blocks")


def _track(w: World) -> Answer:
    seen = {"page_url": "/#dashboard", "action_type": "page_view", "page_title": "Dashboard", "duration_ms": 1200}
    return w.manager.post("/api/activity/track", json=seen)


def _history(w: World) -> Answer:
    assert _track(w).status == 201
    return w.admin.get(f"/api/admin/activity/history/{w.manager.user_id}")


def _use(w: World) -> Answer:
    assert _track(w).status == 201
    return w.manager.get("/api/admin/activity/summary")


def _alerts(w: World) -> Answer:
    assert w.alert
    return w.admin.get("/api/admin/activity/alerts")


def _terminate(w: World) -> Answer:
    return w.admin.post(f"/api/admin/sessions/{w.driver.session_id}/terminate")


def _deleted(w: World) -> Answer:
    assert w.deleted_device
    return w.admin.get("/api/admin/devices/deleted")


def _devices(w: World) -> Answer:
    assert w.device
    return w.manager.get("/api/devices")


def _new_device(w: World) -> Answer:
    cabinets = [{"modelName": "Cooler", "cabinetType": "Cooler", "isParent": True, "rows": 5, "columns": 8}]
    body = {"asset": "777", "cooler": "Lobby", "model": "Cooler", "device_type_id": 1, "location_id": w.location}
    return w.manager.post("/api/devices", json={**body, "cabinetConfiguration": cabinets})


def _with_sales(path: str, roles: frozenset[str] = REPORTS, **params: Any) -> Request:
    def send(w: World) -> Answer:
        assert w.device
        return w.manager.get(path, params=params)

    return Request(roles, send)


def _sale(w: World) -> Answer:
    sold = {"deviceId": w.device.id, "productId": w.cola, "saleUnits": 1, "saleCash": 2.0}
    return w.manager.post("/api/sales", json=sold)


def _sync(w: World) -> Answer:
    body = {"status": "in_progress", "started_at": "2026-03-04T16:00:00Z"}
    return w.driver.put(f"/api/service-orders/{w.order}/sync", json=body)


def _delivered(w: World) -> Answer:
    items = [{"productId": w.cola, "quantity": 3}]
    return w.driver.post(
        "/api/service-orders/execute", json={"orderId": w.order, "cabinetId": w.stop, "deliveredItems": items}
    )


def _dex(path: str) -> Request:
    return Request(REPORTS, lambda w: w.manager.get(path.format(w.read)))


def _reads(w: World) -> Answer:
    assert w.read
    return w.manager.get("/api/dex/reads")


def _subscription(w: World) -> Answer:
    keys = {"p256dh": "B" * 87, "auth": "A" * 22}
    sent = {"endpoint": "https://push.example.com/send/1", "expirationTime": None, "keys": keys}
    return w.driver.post("/api/push/subscribe", json={"subscription": sent, "deviceInfo": {"userAgent": "Phone"}})


def _avatar(w: World) -> Answer:
    picture = pictures.png()
    return w.viewer.post(
        f"/api/user/{w.viewer.user_id}/avatar",
        **{**pictures.form(None), "body": _avatar_form(picture)},
    )


def _avatar_form(picture: bytes) -> bytes:
    head = f'--{pictures.BOUNDARY}\r\nContent-Disposition: form-data; name="avatar"; filename="me.png"\r\n\r\n'
    return head.encode() + picture + f"\r\n--{pictures.BOUNDARY}--\r\n".encode()


def _no_avatar(w: World) -> Answer:
    assert _avatar(w).status == 200
    return w.viewer.delete(f"/api/user/{w.viewer.user_id}/avatar")


def _where(w: World) -> Answer:
    place = {"latitude": 42.2, "longitude": -83.3, "accuracy": 12, "speed": None, "heading": None}
    return w.driver.post("/api/driver/location", json={**place, "timestamp": "2026-03-04T17:00:00Z", "driverId": 1})


def _reported(path: str, kind: str) -> Request:
    said = {kind: "sync-failure" if kind == "type" else "sync-attempt", "data": {}, "timestamp": "2026-03-04T17:00:00Z"}
    return Request(PUBLIC, lambda w: w.nobody.post(path, json=said))


def _optimize(w: World) -> Answer:
    body = {"device_id": w.device.id, "planogram": _layout(w, row=5), "heat_map": {}, "constraints": {}}
    return w.manager.post("/api/planograms/optimize", json=body)


def _score(w: World) -> Answer:
    body = {"planogram": _layout(w), "product_id": w.cola, "position": {"row": 5, "column": 2}}
    return w.manager.post("/api/planograms/realtime/score", json={**body, "device_id": w.device.id})


def _advice(path: str, roles: frozenset[str], more: Callable[[World], dict[str, Any]]) -> Request:
    return Request(
        roles, lambda w: w.manager.post(path, json={"device_id": w.device.id, "cabinet_index": 0, **more(w)})
    )


def _product(w: World) -> dict[str, Any]:
    return {"id": w.cola, "name": "Cola"}


def _demo(w: World) -> Answer:
    assert w.device
    return w.admin.post("/api/sales/generate-demo-data", json={"days": 2})


def _migrate(w: World) -> Answer:
    return w.admin.post("/api/migrate", json={"devices": [{"asset": "no good"}], "planograms": {}})


REQUESTS: Mapping[str, Request] = {
    "auth-login": Request(PUBLIC, _sign_in),
    "auth-logout": Request(PUBLIC, lambda w: w.viewer.post("/api/auth/logout")),
    "auth-current-user": _get(ALL, "/api/auth/current-user"),
    "auth-change-password": Request(
        ALL,
        lambda w: w.viewer.post(
            "/api/auth/change-password", json={"currentPassword": PASSWORD, "newPassword": "Another-Good-1"}
        ),
    ),
    "auth-update-profile": Request(
        ALL, lambda w: w.viewer.put("/api/auth/update-profile", json={"email": "new@cvd.example"})
    ),
    "auth-activity": Request(ALL, _signed_in_before),
    "users-list": _get(ONLY_ADMIN, "/api/users"),
    "users-get": _get(ONLY_ADMIN, _person("/api/users/{}")),
    "users-create": Request(
        ONLY_ADMIN,
        lambda w: w.admin.post(
            "/api/users", json={"username": "jamie", "email": "jamie@cvd.example", "role": "viewer"}
        ),
        201,
    ),
    "users-update": Request(ONLY_ADMIN, lambda w: w.admin.put(f"/api/users/{w.person}", json={"role": "viewer"})),
    "users-delete": Request(ONLY_ADMIN, lambda w: w.admin.delete(f"/api/users/{w.person}")),
    "users-reset-password": Request(
        ONLY_ADMIN, lambda w: w.admin.post(f"/api/users/{w.viewer.user_id}/reset-password")
    ),
    "users-activity": Request(ONLY_ADMIN, _user_activity),
    "users-deactivate": Request(ONLY_ADMIN, lambda w: w.admin.put(f"/api/users/{w.person}/deactivate")),
    "users-activate": Request(ONLY_ADMIN, lambda w: w.admin.put(f"/api/users/{w.idle_person}/activate")),
    "users-soft-delete": Request(ONLY_ADMIN, lambda w: w.admin.delete(f"/api/users/{w.idle_person}/soft-delete")),
    "users-audit-trail": Request(ONLY_ADMIN, _audit_trail),
    "users-batch-deactivate": Request(
        ONLY_ADMIN,
        lambda w: w.admin.post("/api/users/batch-deactivate", json={"user_ids": [w.person, w.admin.user_id]}),
    ),
    "users-service-orders": Request(OFFICE, _user_orders),
    "metrics-user-lifecycle": _get(ONLY_ADMIN, "/api/metrics/user-lifecycle"),
    "security-dashboard": Request(ONLY_ADMIN, _security),
    "security-alert-ack": Request(ONLY_ADMIN, lambda w: w.admin.post(f"/api/security/alerts/{w.alert}/acknowledge")),
    "security-ip-blocks": Request(ONLY_ADMIN, _blocks),
    "security-ip-unblock": Request(ONLY_ADMIN, _unblock),
    "activity-current": _get(ONLY_ADMIN, "/api/admin/activity/current"),
    "activity-track": Request(ALL, _track, 201),
    "activity-history": Request(ONLY_ADMIN, _history),
    "activity-summary": Request(OFFICE, _use),
    "activity-alerts": Request(ONLY_ADMIN, _alerts),
    "activity-alert-ack": Request(
        ONLY_ADMIN, lambda w: w.admin.post(f"/api/admin/activity/alerts/{w.alert}/acknowledge")
    ),
    "session-terminate": Request(ONLY_ADMIN, _terminate),
    "activity-trends": _get(OFFICE, "/api/admin/activity/trends", start_date="2026-02-01", end_date=TODAY),
    "activity-export": _get(
        ONLY_ADMIN, "/api/admin/activity/export", start_date="2026-02-01", end_date=TODAY, format="json"
    ),
    "activity-health": _get(ONLY_ADMIN, "/api/admin/activity/health"),
    "activity-cache-stats": _get(ONLY_ADMIN, "/api/admin/activity/cache/stats"),
    "activity-cache-clear": Request(ONLY_ADMIN, lambda w: w.admin.post("/api/admin/activity/cache/clear")),
    "devices-list": Request(ALL, _devices),
    "devices-create": Request(OFFICE, _new_device, 201),
    "devices-update": Request(
        OFFICE, lambda w: w.manager.put(f"/api/devices/{w.device.id}", json={"cooler": "Gate", "model": "Cooler"})
    ),
    "devices-delete": Request(ONLY_ADMIN, lambda w: w.admin.delete(f"/api/devices/{w.spare_device.id}")),
    "devices-bulk-delete": Request(
        ONLY_ADMIN, lambda w: w.admin.post("/api/devices/bulk-delete", json={"deviceIds": [w.spare_device.id]})
    ),
    "devices-metrics": _get(ALL, lambda w: f"/api/devices/{w.device.id}/metrics"),
    "devices-metrics-batch": Request(
        ALL, lambda w: w.manager.post("/api/devices/metrics/batch", json={"deviceIds": [w.device.id]})
    ),
    "devices-service-history": Request(ALL, _visited),
    "service-visits-create": Request(
        ON_THE_ROAD,
        lambda w: w.driver.post("/api/service-visits", json={"deviceId": w.device.id, "serviceType": "routine"}),
        201,
    ),
    "admin-devices-deleted": Request(ONLY_ADMIN, _deleted),
    "admin-device-recover": Request(
        ONLY_ADMIN, lambda w: w.admin.post(f"/api/admin/devices/{w.deleted_device.id}/recover")
    ),
    "device-types-list": _get(ALL, "/api/device-types"),
    "device-types-create": Request(
        ONLY_ADMIN, lambda w: w.admin.post("/api/device-types", json={"name": "Tower", "description": "Tall"}), 201
    ),
    "cabinet-types-list": _get(ALL, "/api/cabinet-types"),
    "cabinet-types-create": Request(
        ONLY_ADMIN,
        lambda w: w.admin.post(
            "/api/cabinet-types", json={"name": "Wide", "description": "3 by 9", "rows": 3, "cols": 9, "icon": "W"}
        ),
        201,
    ),
    "geocode": Request(
        OFFICE, lambda w: w.manager.post("/api/geocode", json={"address": "9000 Middlebelt Rd, Romulus"})
    ),
    "locations-list": _get(ALL, "/api/locations"),
    "locations-create": Request(OFFICE, lambda w: w.manager.post("/api/locations", json={"name": "Hall"}), 201),
    "locations-update": Request(
        OFFICE, lambda w: w.manager.put(f"/api/locations/{w.location}", json={"name": "Hall", "address": "2 Way"})
    ),
    "locations-delete": Request(OFFICE, lambda w: w.manager.delete(f"/api/locations/{w.empty_location}")),
    "products-list": Request(
        ALL, lambda w: w.manager.get("/api/products", params={"category": "soda"} if w.cola else {})
    ),
    "products-get": _get(ALL, lambda w: f"/api/products/{w.cola}"),
    "products-categories": _get(ALL, lambda w: f"/api/products/categories?of={w.cola}"),
    "products-create": Request(
        OFFICE,
        lambda w: w.manager.post("/api/products", json={"name": "Water", "category": "water", "price": 1.25}),
        201,
    ),
    "products-update": Request(
        OFFICE,
        lambda w: w.manager.put(f"/api/products/{w.cola}", json={"name": "Cola", "category": "soda", "price": 2.25}),
    ),
    "products-delete": Request(OFFICE, lambda w: w.manager.delete(f"/api/products/{w.unused_product}")),
    "routes-list": Request(ALL, lambda w: w.manager.get("/api/routes", params={"since": TODAY} if w.route else {})),
    "routes-create": Request(
        OFFICE, lambda w: w.manager.post("/api/routes", json={"name": "East", "routeNumber": 9}), 201
    ),
    "routes-update": Request(
        OFFICE, lambda w: w.manager.put(f"/api/routes/{w.route}", json={"name": "North", "routeNumber": 8})
    ),
    "routes-delete": Request(ONLY_ADMIN, lambda w: w.admin.delete(f"/api/routes/{w.empty_route}")),
    "routes-devices": Request(
        ALL, lambda w: w.driver.get(f"/api/routes/{w.route}/devices", params={"of": w.device.id})
    ),
    "routes-assign-device": Request(
        OFFICE,
        lambda w: w.manager.post(f"/api/routes/{w.route}/assign-device", json={"deviceId": w.spare_device.id}),
    ),
    "routes-remove-device": Request(
        OFFICE,
        lambda w: w.manager.delete(f"/api/routes/{w.route}/remove-device", params={"deviceId": w.device.id}),
    ),
    "drivers-list": _get(OFFICE, "/api/drivers"),
    "route-planning-config-get": _get(ALL, "/api/route-planning/config"),
    "route-planning-config-put": Request(
        OFFICE, lambda w: w.manager.put("/api/route-planning/config", json={"criticalDriThreshold": 2})
    ),
    "service-orders-list": Request(
        ALL, lambda w: w.driver.get("/api/service-orders", params={"routeId": w.order and w.route})
    ),
    "service-orders-create": Request(OFFICE, lambda w: w.manager.post("/api/service-orders", json=w.selection), 201),
    "service-orders-get": Request(ALL, lambda w: w.driver.get(f"/api/service-orders/{w.order}")),
    "service-orders-pick-list": Request(ALL, lambda w: w.driver.get(f"/api/service-orders/{w.order}/pick-list")),
    "service-orders-update": Request(
        ON_THE_ROAD, lambda w: w.driver.put(f"/api/service-orders/{w.order}", json={"status": "in_progress"})
    ),
    "service-order-cabinet-execute": Request(
        ON_THE_ROAD,
        lambda w: w.driver.post(f"/api/service-orders/cabinets/{w.stop}/execute", json=w.delivery),
    ),
    "service-order-cabinet-rollback": Request(
        OFFICE, lambda w: w.manager.post(f"/api/service-orders/cabinets/{w.driven_stop}/rollback")
    ),
    "service-orders-preview": Request(OFFICE, _preview),
    "service-orders-sync": Request(ON_THE_ROAD, _sync),
    "service-orders-execute": Request(ON_THE_ROAD, _delivered),
    "service-orders-photos-upload": Request(ON_THE_ROAD, _photo),
    "service-orders-photos-list": Request(ALL, _photos),
    "planograms-get": _get(ALL, lambda w: f"/api/planograms/{w.planogram}"),
    "planograms-save": Request(
        OFFICE,
        lambda w: w.manager.post("/api/planograms", json={"planogramKey": w.planogram, "planogramData": _slots(w)}),
    ),
    "planograms-export": Request(OFFICE, lambda w: w.manager.get("/api/planograms/export", params={"of": w.device.id})),
    "planograms-cleared-slots": Request(ONLY_ADMIN, _cleared),
    "planograms-ai-suggestions": _advice("/api/planograms/ai-suggestions", OFFICE, lambda _w: {}),
    "planograms-ai-available": _get(ALL, "/api/planograms/ai-available"),
    "planograms-realtime-score": Request(REPORTS, _score),
    "planograms-predict-revenue": Request(
        OFFICE, lambda w: w.manager.post("/api/planograms/predict/revenue", json={"planogram": _layout(w), "days": 30})
    ),
    "planograms-heat-zones": Request(
        REPORTS,
        lambda w: w.manager.get("/api/planograms/optimize/heat-zones", params={"device_id": w.device.id}),
    ),
    "planograms-optimize": Request(OFFICE, _optimize),
    "sales-list": _with_sales("/api/sales"),
    "sales-create": Request(OFFICE, _sale, 201),
    "sales-summary": _with_sales("/api/sales/summary", groupBy="device"),
    "sales-asset-report": _with_sales("/api/sales/asset-report", start_date="2026-02-01", end_date=TODAY),
    "sales-product-report": _with_sales("/api/sales/product-report", start_date="2026-02-01", end_date=TODAY),
    "sales-generate-demo": Request(ONLY_ADMIN, _demo),
    "metrics-calculate": Request(OFFICE, lambda w: w.admin.post("/api/metrics/calculate", json={"metrics": {}})),
    "metrics-weekly": _with_sales("/api/metrics/weekly"),
    "metrics-timeline": _with_sales("/api/metrics/timeline"),
    "metrics-achievements": _with_sales("/api/metrics/achievements"),
    "metrics-top-performers": _with_sales("/api/metrics/top-performers"),
    "chat": Request(REPORTS, lambda w: w.manager.post("/api/chat", json={"message": "How many devices are there?"})),
    "kb-articles": _articles("/api/knowledge-base/articles"),
    "kb-article": Request(ALL, _article),
    "kb-search": _articles("/api/knowledge-base/search", q="planogram"),
    "kb-categories": _articles("/api/knowledge-base/categories"),
    "kb-stats": _articles("/api/knowledge-base/stats"),
    "dex-parse": Request(OFFICE, lambda w: upload(w.manager, w.machine.read())),
    "dex-reads": Request(REPORTS, _reads),
    "dex-read": _dex("/api/dex/reads/{}"),
    "dex-pa-records": _dex("/api/dex/pa-records/{}"),
    "dex-grid-layout": _dex("/api/dex/grid-layout/{}"),
    "dex-grid-info": _dex("/api/dex/grid-info/{}"),
    "dex-records": _dex("/api/dex/records/{}"),
    "health": _get(PUBLIC, "/api/health"),
    "query": Request(ONLY_ADMIN, lambda w: w.admin.post("/api/query", json={"query": "SELECT 1 AS one"})),
    "migrate": Request(ONLY_ADMIN, _migrate),
    "user-preferences-put": Request(
        ALL, lambda w: w.viewer.put("/api/user/preferences", json={"preferences": {"ui": {"theme": "dark"}}})
    ),
    "user-preferences-get": _get(ALL, "/api/user/preferences"),
    "user-avatar-post": Request(ALL, _avatar),
    "user-avatar-delete": Request(ALL, _no_avatar),
    "push-subscribe": Request(ALL, _subscription),
    "push-unsubscribe": Request(
        ALL, lambda w: w.driver.post("/api/push/unsubscribe", json={"endpoint": "https://push.example.com/send/1"})
    ),
    "driver-location": Request(ONLY_DRIVER, _where),
    "analytics-event": _reported("/api/analytics/event", "name"),
    "errors-track": _reported("/api/errors/track", "type"),
    "badge-service-orders": _get(ALL, lambda w: f"/api/service-orders/pending-count?of={w.order}"),
    "badge-device-alerts": _get(ALL, lambda w: f"/api/devices/alert-count?of={w.device.id}"),
    "badge-notifications": _get(ALL, "/api/notifications/unread-count"),
    "badge-low-stock": _get(ALL, lambda w: f"/api/inventory/low-stock-count?of={w.device.id}"),
    "badge-maintenance": _get(ALL, lambda w: f"/api/maintenance/due-count?of={w.device.id}"),
    "kb-feedback": Request(ALL, _feedback),
    "offline-sync": Request(ON_THE_ROAD, lambda w: w.driver.post("/api/offline-sync", json={"actions": []})),
    "ai-realtime-analysis": _advice(
        "/api/planograms/realtime-analysis",
        OFFICE,
        lambda w: {"action": "drag_over", "product": _product(w), "slot": "A2"},
    ),
    "ai-optimal-slots": _advice("/api/planograms/optimal-slots", OFFICE, lambda w: {"product": _product(w)}),
    "ai-stream-analysis": _get(OFFICE, lambda w: f"/api/planograms/stream-analysis?device_id={w.device.id}"),
    "ai-validate-constraints": _advice(
        "/api/planograms/validate-constraints",
        OFFICE,
        lambda w: {"changes": [{"slot": "A2", "product": _product(w), "action": "add"}]},
    ),
}
