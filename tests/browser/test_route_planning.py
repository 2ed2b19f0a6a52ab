"""The page that the frontend's menu names and lacks: devices are put onto routes and taken off them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import Stage, inside
from tests.support import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def shown(enter: Callable[[str], Frame], page: Page, stage: Stage, role: str) -> Frame:
    enter(role)
    page.goto(f"{stage.site}/shell.html?show=/pages/route-planning.html")
    frame = inside(page)
    frame.wait_for_function("() => document.querySelectorAll('option').length > 0")
    return frame


@pytest.fixture
def fleet(stage: Stage) -> int:
    """A route with one device and without the other one; its id."""
    stage.db.execute("DELETE FROM service_order_cabinets")
    stage.db.execute("UPDATE devices SET route_id = NULL")
    stage.db.execute("UPDATE routes SET deleted_at = now() WHERE deleted_at IS NULL")
    route = factories.route(stage.db, "North")
    factories.device(stage.db, nickname="At the lift", route_id=route)
    factories.device(stage.db, nickname="In the hall")
    return route


def test_a_manager_puts_a_device_onto_a_route_and_takes_it_off(
    fleet: int, enter: Callable[[str], Frame], page: Page, stage: Stage
) -> None:
    frame = shown(enter, page, stage, "manager")
    expect(frame.locator("#on li")).to_contain_text(["At the lift"])

    frame.locator("#off li", has_text="In the hall").get_by_role("button").click()
    expect(frame.locator("#on li")).to_have_count(2)
    frame.locator("#on li", has_text="At the lift").get_by_role("button").click()
    expect(frame.locator("#on li")).to_have_count(1)

    on_route = "SELECT nickname FROM devices WHERE route_id = %(route)s"
    assert stage.db.values(on_route, route=fleet) == ["In the hall"]


def test_a_manager_says_when_a_device_is_urgent_and_is_told_what_cannot_be(
    fleet: int, enter: Callable[[str], Frame], page: Page, stage: Stage
) -> None:
    frame = shown(enter, page, stage, "manager")

    frame.get_by_label("Critical below").fill("2")
    frame.get_by_role("button", name="Save").click()
    expect(frame.get_by_role("status")).to_have_text("Saved.")
    frame.get_by_label("Critical below").fill("99")
    frame.get_by_role("button", name="Save").click()
    expect(frame.get_by_role("status")).not_to_have_text("Saved.")

    assert stage.db.value("SELECT critical_dri_days FROM route_planning_settings") == 2


def test_a_viewer_sees_the_route_and_no_buttons(
    fleet: int, enter: Callable[[str], Frame], page: Page, stage: Stage
) -> None:
    frame = shown(enter, page, stage, "viewer")

    expect(frame.locator("#on li")).to_contain_text(["At the lift"])
    expect(frame.get_by_role("button")).to_have_count(0)
