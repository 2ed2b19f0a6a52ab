"""Each endpoint of the contract, each role: admitted or turned away as the permission table of domain.md §5 says."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from chalicelib.kit.declaration import Declaration
from chalicelib.kit.roles import ADMIN, DRIVER, EVERYONE, MANAGER, VIEWER, Role
from tests.contract.test_contract import ENDPOINTS, ROUTES, plain
from tests.support.client import Client
from tests.support.people import SignedIn
from tests.test_every_route import call

DOMAIN = (Path(__file__).parents[2] / "docs" / "spec" / "domain.md").read_text()
COLUMNS = (ADMIN, MANAGER, DRIVER, VIEWER)

BY_CAPABILITY: Mapping[str, str] = {
    "login, logout, own profile": "auth-current-user auth-change-password auth-update-profile",
    "own recent sign-ins": "auth-activity",
    "users.view / create": "users-list users-get users-create users-update users-reset-password users-activity"
    " metrics-user-lifecycle",
    "users.deactivate": "users-delete users-deactivate users-activate users-soft-delete users-batch-deactivate",
    "users.unlock": "users-audit-trail",
    "devices.view": "devices-list devices-metrics devices-metrics-batch devices-service-history device-types-list"
    " cabinet-types-list locations-list badge-device-alerts badge-maintenance",
    "devices.create": "devices-create devices-update",
    "devices.delete": "devices-delete devices-bulk-delete admin-devices-deleted admin-device-recover",
    "planograms.view": "planograms-get badge-low-stock",
    "planograms.create": "planograms-save",
    "planograms.optimize": "planograms-optimize planograms-predict-revenue planograms-ai-suggestions"
    " ai-realtime-analysis ai-optimal-slots ai-stream-analysis ai-validate-constraints",
    "planograms.score": "planograms-realtime-score planograms-heat-zones",
    "products.view": "products-list products-get products-categories",
    "products.create": "products-create products-update products-delete",
    "locations.*": "locations-create locations-update locations-delete geocode",
    "catalogue types": "device-types-create cabinet-types-create",
    "routes.view": "routes-list routes-devices",
    "routes.create": "routes-create routes-update routes-assign-device routes-remove-device drivers-list",
    "routes.delete": "routes-delete",
    "orders.view": "service-orders-list service-orders-get badge-service-orders",
    "orders.create": "service-orders-create service-orders-preview",
    "orders.execute": "service-orders-update service-order-cabinet-execute service-orders-execute service-orders-sync"
    " service-visits-create offline-sync",
    "orders.rollback": "service-order-cabinet-rollback",
    "orders.pick_list": "service-orders-pick-list",
    "orders.photos upload": "service-orders-photos-upload",
    "orders.photos view": "service-orders-photos-list",
    "reports.view": "sales-list sales-summary sales-asset-report sales-product-report metrics-weekly metrics-timeline"
    " metrics-achievements metrics-top-performers",
    "sales.create": "sales-create",
    "dex.upload": "dex-parse",
    "dex.view": "dex-reads dex-read dex-pa-records dex-grid-layout dex-grid-info dex-records",
    "company settings": "route-planning-config-put",
    "activity monitor: current": "activity-current activity-history activity-alerts activity-alert-ack"
    " session-terminate activity-export activity-health activity-cache-stats activity-cache-clear",
    "activity monitor: daily": "activity-summary activity-trends",
    "security dashboard": "security-dashboard security-alert-ack security-ip-blocks security-ip-unblock",
    "knowledge base read": "kb-articles kb-article kb-search kb-categories kb-stats kb-feedback",
    "assistant chat": "chat",
}
"""The capabilities of the table, by the beginning of their names, and the endpoints that are theirs."""

OFFICE = frozenset({ADMIN, MANAGER})
ALL = frozenset(EVERYONE)
BEYOND_THE_TABLE: Mapping[str, tuple[frozenset[Role], str]] = {
    "activity-track": (ALL, "the tracker of every page"),
    "auth-login": (frozenset(), "public"),
    "auth-logout": (frozenset(), "public: also without a session it is fine (BR-017)"),
    "analytics-event": (frozenset(), "public: never a 401 (contract)"),
    "errors-track": (frozenset(), "public: never a 401 (contract)"),
    "health": (frozenset(), "public"),
    "badge-notifications": (ALL, "one's own (contract)"),
    "driver-location": (frozenset({DRIVER}), "of the driver's app (contract)"),
    "metrics-calculate": (OFFICE, "BR-152, US-061"),
    "migrate": (frozenset({ADMIN}), "README §4"),
    "planograms-ai-available": (ALL, "signed-in (contract)"),
    "planograms-cleared-slots": (frozenset({ADMIN}), "contract"),
    "planograms-export": (OFFICE, "contract"),
    "push-subscribe": (ALL, "one's own (contract)"),
    "push-unsubscribe": (ALL, "one's own (contract)"),
    "query": (frozenset({ADMIN}), "README §4"),
    "route-planning-config-get": (ALL, "signed-in (contract)"),
    "sales-generate-demo": (frozenset({ADMIN}), "README §4"),
    "user-avatar-delete": (ALL, "one's own, or an admin's (contract)"),
    "user-avatar-post": (ALL, "one's own, or an admin's (contract)"),
    "user-preferences-get": (ALL, "one's own (contract)"),
    "user-preferences-put": (ALL, "one's own (contract)"),
    "users-service-orders": (OFFICE, "contract"),
}
"""Endpoints that the table does not speak of, whom they are for, and what says so."""


def table() -> Mapping[str, frozenset[Role]]:
    """Whom each capability of the table is for; ◐ is for those of one's own."""
    section = DOMAIN[DOMAIN.index("## 5. Roles and permissions") : DOMAIN.index("## 6. Business rules")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {
        row[0]: frozenset(role for role, cell in zip(COLUMNS, row[1:5], strict=True) if cell[:1] in ("✓", "◐"))
        for row in rows[2:]
    }


TABLE = table()


def wanted(name: str) -> frozenset[Role]:
    """Whom the specification wants to admit to an endpoint."""
    if name in BEYOND_THE_TABLE:
        return BEYOND_THE_TABLE[name][0]
    (beginning,) = [capability for capability, names in BY_CAPABILITY.items() if name in names.split()]
    (roles,) = [roles for capability, roles in TABLE.items() if capability.startswith(beginning)]
    return roles


def route_of(name: str) -> Declaration:
    return ROUTES[plain(ENDPOINTS[name]["endpoint"])]


IN_ORDER = sorted(ENDPOINTS, key=lambda name: (name == "auth-logout", name))
"""Every endpoint, the one that ends the session last."""


def test_every_endpoint_has_its_capability() -> None:
    named = [name for names in BY_CAPABILITY.values() for name in names.split()]

    assert sorted([*named, *BEYOND_THE_TABLE]) == sorted(ENDPOINTS)


@pytest.mark.rule("BR-163")
@pytest.mark.parametrize("name", IN_ORDER)
def test_an_endpoint_is_for_the_roles_of_the_table(name: str) -> None:
    assert frozenset(route_of(name).roles) == wanted(name)


@pytest.mark.rule("BR-015", "US-113")
def test_without_a_session_every_endpoint_answers_401(client: Client) -> None:
    statuses = {name: call(client, route_of(name)).status for name in IN_ORDER}

    assert {name for name, status in statuses.items() if status != 401} == {
        name for name in ENDPOINTS if not wanted(name)
    }


@pytest.mark.rule("BR-163", "US-101", "US-102")
@pytest.mark.parametrize("role", EVERYONE)
def test_a_role_is_admitted_to_its_endpoints_and_to_no_other(role: Role, request: pytest.FixtureRequest) -> None:
    person: SignedIn = request.getfixturevalue(role)

    statuses = {name: call(person, route_of(name)).status for name in IN_ORDER if wanted(name)}

    assert {name for name, status in statuses.items() if status == 403} == {
        name for name in statuses if role not in wanted(name)
    }
    assert {name: status for name, status in statuses.items() if status == 401 or status >= 500} == {}
