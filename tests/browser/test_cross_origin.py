"""Pages on another origin than the API, inside a shell: allowed ones with the cookie, others not at all."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import Line, Stage, inside, outcome
from tests.support.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opened(page: Page, stage: Stage, shell: str, shown: str) -> Frame:
    """The page of one origin inside the shell of another, with a client of the API on a third."""
    stage.db.execute("DELETE FROM rate_limits")
    page.goto(f"{shell}/shell.html?show={shown}/module.html%3Fapi%3D{stage.api}/api")
    frame = inside(page)
    frame.wait_for_function("() => window.client !== undefined")
    return frame


def enter(frame: Frame, username: str) -> None:
    frame.evaluate("([name, word]) => client.login(name, word)", [username, PASSWORD])


@pytest.fixture
def known(page: Page, stage: Stage, usernames: Mapping[str, str]) -> Frame:
    """A page of an origin that the API knows, inside a shell that it does not know; a manager is signed in."""
    frame = opened(page, stage, stage.strange, stage.known)
    enter(frame, usernames["manager"])
    return frame


def test_a_page_of_an_allowed_origin_reads_and_writes_with_the_cookie(known: Frame, stage: Stage) -> None:
    made = known.evaluate("() => client.createLocation({name: 'From afar'})")
    listed = known.evaluate("() => client.getLocations()")

    assert made in listed
    assert known.evaluate("() => document.cookie") == ""
    assert known.evaluate("() => location.origin") == stage.known


def test_a_refusal_can_be_read_there_with_its_number(known: Frame) -> None:
    told = outcome(known, "client.createLocation({})")

    assert (told["error"]["status"], told["error"]["message"]) == (400, "Name is required")
    assert told["error"]["requestId"]


def test_a_lost_answer_is_asked_for_again_there_too(known: Frame, page: Page, stage: Stage) -> None:
    line = Line(page, "**/api/locations").lose_an_answer()

    made = known.evaluate("() => client.createLocation({name: 'Once from afar'})")

    writes = [request for request in line.requests if "idempotency-key" in request]
    assert len(writes) == 2
    assert stage.db.values("SELECT id FROM locations WHERE name = 'Once from afar'") == [made["id"]]


def test_when_the_session_is_over_a_foreign_shell_stays_and_the_page_inside_goes(
    known: Frame, page: Page, stage: Stage
) -> None:
    stage.db.execute("UPDATE sessions SET revoked_at = now(), revoke_reason = 'admin' WHERE revoked_at IS NULL")

    known.evaluate("() => { client.getDevices().catch(() => null); }")
    known.wait_for_url("**/pages/login.html?**")

    assert known.url.startswith(f"{stage.known}/pages/login.html?return=%2Fmodule.html")
    assert page.url.startswith(f"{stage.strange}/shell.html")


def test_a_page_of_a_strange_origin_cannot_read(page: Page, stage: Stage, usernames: Mapping[str, str]) -> None:
    """Somebody is signed in, and another page of the same site asks with their cookie."""
    enter(opened(page, stage, stage.known, stage.known), usernames["manager"])
    strange = opened(page, stage, stage.strange, stage.strange)

    told = outcome(strange, "client.send('GET', '/devices')")

    assert (told["error"]["code"], told["error"]["status"]) == ("NETWORK", 0)


@pytest.mark.parametrize(
    "write",
    [
        "client.createLocation({name: 'Stolen'})",
        "fetch(given, {method: 'POST', credentials: 'include', mode: 'no-cors', body: '{\"name\": \"Stolen\"}'})",
    ],
)
def test_a_page_of_a_strange_origin_cannot_write(
    write: str, page: Page, stage: Stage, usernames: Mapping[str, str]
) -> None:
    enter(opened(page, stage, stage.known, stage.known), usernames["manager"])
    strange = opened(page, stage, stage.strange, stage.strange)

    outcome(strange, f"({write}).then(() => null)", f"{stage.api}/api/locations")

    assert stage.db.value("SELECT count(*) FROM locations WHERE name = 'Stolen'") == 0


def test_the_cookie_stays_behind_where_the_page_is_of_another_site(
    page: Page, stage: Stage, usernames: Mapping[str, str]
) -> None:
    """`localhost` and `127.0.0.1` are two sites: SameSite=Lax keeps the cookie from calls between them."""
    near = opened(page, stage, stage.known, stage.known)
    enter(near, usernames["manager"])
    line, elsewhere = Line(page, "**/api/devices"), stage.known.replace("localhost", "127.0.0.1")

    near.evaluate("() => client.getDevices()")
    outcome(
        opened(page, stage, elsewhere, elsewhere),
        "new client.constructor({base: client.base, repeats: 0}).getDevices()",
    )

    assert ["session=" in request.get("cookie", "") for request in line.requests] == [True, False]
