"""A driver's phone with a service worker, in a dead zone and back."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Stage, outcome
from tests.support import factories
from tests.support.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def phone(page: Page, stage: Stage, usernames: Mapping[str, str]) -> Page:
    """The driver app, installed, with its driver signed in."""
    stage.db.execute("DELETE FROM rate_limits")
    page.goto(f"{stage.site}/pages/driver-app/")
    page.evaluate("() => ready.then(() => null)")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.evaluate("([name, word]) => cvdApi.login(name, word)", [usernames["driver"], PASSWORD])
    return page


def order_of(stage: Stage, driver: str) -> int:
    driver_id = stage.db.value("SELECT id FROM users WHERE username = %(name)s", name=driver)
    route = factories.route(stage.db, driver_id=driver_id)
    device = factories.device(stage.db, route_id=route)
    order = factories.order(stage.db, route, device.cabinets[0])
    stage.db.execute("UPDATE service_orders SET driver_id = %(driver)s WHERE id = %(id)s", driver=driver_id, id=order)
    return order


def test_the_app_is_installed_with_all_that_it_shows_offline(phone: Page) -> None:
    kept = phone.evaluate(
        "async () => (await (await caches.open('shell')).keys()).map(({url}) => new URL(url).pathname)"
    )

    assert set(kept) >= {"/", "/pages/driver-app/", "/pages/driver-app/offline.html", "/api.js"}


@pytest.mark.rule("US-081", "US-087", "BR-128")
def test_what_was_seen_is_there_without_a_network_and_what_is_done_is_brought_later(
    phone: Page, stage: Stage, usernames: Mapping[str, str]
) -> None:
    order = order_of(stage, usernames["driver"])
    seen = phone.evaluate("(id) => cvdApi.getServiceOrder(id)", order)
    action = {"key": "k1", "type": "START_ORDER", "orderId": order, "clientTime": None, "payload": {}}

    phone.context.set_offline(True)
    again = phone.evaluate("(id) => cvdApi.getServiceOrder(id)", order)
    refused = outcome(phone, "new CVDApi({repeats: 0}).updateServiceOrder(given, {status: 'in_progress'})", order)
    phone.context.set_offline(False)
    first, second = (phone.evaluate("(one) => cvdApi.syncOffline([one])", action) for _ in range(2))

    assert again == seen
    assert (refused["error"]["code"], refused["error"]["status"]) == ("NETWORK", 0)
    assert [answer["results"][0]["outcome"] for answer in (first, second)] == ["applied", "duplicate"]
    assert stage.db.value("SELECT status FROM service_orders WHERE id = %(id)s", id=order) == "in_progress"


def test_a_page_that_was_never_seen_says_that_there_is_no_connection(phone: Page, stage: Stage) -> None:
    phone.context.set_offline(True)

    phone.goto(f"{stage.site}/pages/driver-app/never-seen.html")

    assert phone.get_by_role("heading").inner_text() == "No connection"


def test_reports_are_taken_from_nobody_too_and_lead_nowhere(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.site}/pages/driver-app/")

    page.evaluate("() => cvdApi.trackEvent({name: 'sync-attempt', data: {}, session: 's'})")
    page.evaluate("() => cvdApi.trackError({type: 'sync-failure', data: {}, session: 's'})")

    assert page.url == f"{stage.site}/pages/driver-app/"
    assert stage.db.value("SELECT count(*) FROM client_reports") >= 2
