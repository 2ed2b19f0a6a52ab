"""The plain script in a page inside a shell, on the origin of the API."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import Line, Stage, inside, outcome
from tests.support import factories
from tests.support.factories import Fill
from tests.support.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.rule("BR-013")
def test_a_sign_in_is_kept_in_a_cookie_that_scripts_cannot_read(enter: Callable[[str], Frame], page: Page) -> None:
    frame = enter("manager")

    assert frame.evaluate("() => document.cookie") == ""
    cookie = next(cookie for cookie in page.context.cookies() if cookie["name"] == "session")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert frame.evaluate("async () => (await cvdApi.getCurrentUser()).user.role") == "manager"


@pytest.mark.rule("US-003")
def test_signing_out_ends_the_session(enter: Callable[[str], Frame], page: Page) -> None:
    frame = enter("viewer")

    assert frame.evaluate("() => cvdApi.logout()") == {"message": "Logged out successfully"}
    assert [cookie["name"] for cookie in page.context.cookies()] == []


def test_a_wrong_password_is_told_and_moves_nobody(
    content: Frame, page: Page, usernames: Mapping[str, str], stage: Stage
) -> None:
    told = outcome(content, "cvdApi.login(given, 'wrong')", usernames["driver"])

    assert told["error"] | {"requestId": ""} == {
        "name": "ApiError",
        "message": "Invalid credentials",
        "code": "INVALID_CREDENTIALS",
        "status": 401,
        "details": {},
        "requestId": "",
    }
    assert page.url == f"{stage.site}/shell.html"


def test_a_refusal_says_what_the_server_says(enter: Callable[[str], Frame], page: Page) -> None:
    frame = enter("manager")
    with page.expect_response("**/api/locations") as seen:
        told = outcome(frame, "cvdApi.createLocation({})")

    assert (told["error"]["message"], told["error"]["code"], told["error"]["status"]) == (
        "Name is required",
        "VALIDATION",
        400,
    )
    assert told["error"]["requestId"] == seen.value.headers["x-request-id"]


@pytest.mark.parametrize(("asset", "kind"), [("71-7", "Ambient+"), ("B718", "Stockwell Cooler")])
def test_planograms_are_found_and_saved_by_keys_with_any_sign(
    asset: str, kind: str, enter: Callable[[str], Frame], stage: Stage
) -> None:
    device = factories.device(stage.db, asset, cabinets=[kind])
    product = factories.product(stage.db, f"Cola of {asset}")
    factories.fill(stage.db, device.cabinets[0], {"A1": Fill(product, quantity=2, price_cents=250)})
    frame, key = enter("manager"), f"{asset}-{kind}-0"

    slots = frame.evaluate("(key) => cvdApi.getPlanogram(key)", key)
    slots["A1"]["quantity"] = 5
    saved = frame.evaluate("([key, slots]) => cvdApi.savePlanogram(key, {A1: slots.A1})", [key, slots])

    assert slots["A1"]["price"] == 2.5
    assert saved["success"] is True
    assert factories.stock_of(stage.db, device.cabinets[0]) == {"A1": 5}


def test_pages_may_name_any_call_themselves(enter: Callable[[str], Frame]) -> None:
    frame = enter("manager")

    made = frame.evaluate("() => cvdApi.makeRequest('/locations', {method: 'POST', body: {name: 'By path'}})")
    named = frame.evaluate("() => cvdApi.makeRequest('POST', '/api/locations', {name: 'By method'})")
    turned = frame.evaluate("() => cvdApi.makeRequest('/locations', 'post', {name: 'Turned round'})")
    listed = frame.evaluate("() => cvdApi.makeRequest('/locations')")

    assert {made["id"], named["id"], turned["id"]} <= {location["id"] for location in listed}


def test_a_write_whose_answer_was_lost_is_repeated_and_done_once(
    enter: Callable[[str], Frame], page: Page, stage: Stage
) -> None:
    frame, line = enter("manager"), Line(page, "**/api/locations").lose_an_answer()

    made = frame.evaluate("() => cvdApi.createLocation({name: 'Twice asked'})")

    assert len(line.requests) == 2
    assert line.requests[0]["idempotency-key"] == line.requests[1]["idempotency-key"]
    assert stage.db.values("SELECT id FROM locations WHERE name = 'Twice asked'") == [made["id"]]


def test_two_calls_have_two_keys(enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("manager"), Line(page, "**/api/locations")

    frame.evaluate("() => Promise.all(['One', 'Two'].map((name) => cvdApi.createLocation({name})))")

    assert len({request["idempotency-key"] for request in line.requests}) == 2


def test_a_write_of_which_the_server_keeps_no_answer_is_sent_once(
    enter: Callable[[str], Frame], page: Page, stage: Stage
) -> None:
    frame, line = enter("admin"), Line(page, "**/api/users").lose_an_answer()
    user = {"username": "once", "email": "once@cvd.example", "role": "viewer"}

    told = outcome(frame, "cvdApi.createUser(given)", user)

    assert (told["error"]["code"], told["error"]["status"]) == ("NETWORK", 0)
    assert [request.get("idempotency-key") for request in line.requests] == [None]
    assert stage.db.value("SELECT count(*) FROM users WHERE username = 'once'") == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_read_is_repeated_while_the_trouble_may_pass(status: int, enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("viewer"), Line(page, "**/api/locations").answer(status).answer(status)

    assert isinstance(frame.evaluate("() => cvdApi.getLocations()"), list)
    assert len(line.requests) == 3


def test_the_server_says_how_long_to_wait(enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("viewer"), Line(page, "**/api/locations").answer(429, **{"Retry-After": "1"})

    waited = frame.evaluate(
        "async () => { const began = performance.now(); await cvdApi.getLocations(); return performance.now() - began }"
    )

    assert waited >= 1000
    assert len(line.requests) == 2


def test_who_is_told_to_wait_for_long_is_told_so_at_once(enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("viewer"), Line(page, "**/api/locations").answer(429, **{"Retry-After": "1800"})

    told = outcome(frame, "cvdApi.getLocations()")

    assert (told["error"]["message"], told["error"]["status"]) == ("HTTP 429", 429)
    assert len(line.requests) == 1


@pytest.mark.parametrize("path", ["/users/999999", "/nothing/here"])
def test_what_will_not_pass_is_not_repeated(path: str, enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("admin"), Line(page, f"**/api{path}")

    assert outcome(frame, "cvdApi.makeRequest(given)", path)["error"]["status"] == 404
    assert len(line.requests) == 1


def test_trouble_that_does_not_pass_is_told_in_the_end(enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("viewer"), Line(page, "**/api/locations")
    for _ in range(3):
        line.answer(503)

    told = outcome(frame, "new CVDApi({repeats: 2}).getLocations()")

    assert (told["error"]["status"], told["error"]["message"]) == (503, "HTTP 503")
    assert len(line.requests) == 3


def test_a_refusal_that_a_helper_of_the_page_has_read_is_told_by_its_status(enter: Callable[[str], Frame]) -> None:
    frame = enter("manager")
    helper = """
        () => {
          const inner = window.fetch;
          window.fetch = async (...given) => {
            const response = await inner(...given);
            if (!response.ok) await response.json();
            return response;
          };
        }
    """
    frame.evaluate(helper)

    told = outcome(frame, "cvdApi.createLocation({})")

    assert (told["error"]["message"], told["error"]["status"]) == ("HTTP 400", 400)
    assert told["error"]["requestId"]


def test_a_server_that_does_not_answer_is_given_up(enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("viewer"), Line(page, "**/api/locations").never_answer()

    told = outcome(frame, "new CVDApi({repeats: 0, timeout: 300}).getLocations()")

    assert (told["error"]["code"], told["error"]["status"]) == ("TIMEOUT", 0)
    assert len(line.requests) == 1


def test_a_page_may_give_a_call_up(enter: Callable[[str], Frame], page: Page) -> None:
    frame, line = enter("viewer"), Line(page, "**/api/locations").never_answer()
    script = "cvdApi.send('GET', '/locations', {signal: AbortSignal.timeout(300)})"

    assert outcome(frame, script)["error"]["code"] == "ABORTED"
    assert len(line.requests) == 1


@pytest.mark.parametrize("call", ["cvdApi.getDevices()", "fetch('/api/devices')"])
def test_when_the_session_is_over_the_shell_shows_the_login_page_and_leads_back(
    call: str, enter: Callable[[str], Frame], page: Page, stage: Stage
) -> None:
    frame = enter("viewer")
    frame.evaluate("() => localStorage.setItem('user', '{}')")
    stage.db.execute("UPDATE sessions SET revoked_at = now(), revoke_reason = 'admin' WHERE revoked_at IS NULL")

    frame.evaluate(f"() => {{ {call}.catch(() => null); }}")
    page.wait_for_url("**/pages/login.html?**")

    assert page.url == f"{stage.site}/pages/login.html?return=%2Fshell.html"
    assert page.evaluate("() => localStorage.getItem('user')") is None


def test_the_login_page_may_ask_who_is_signed_in_and_stays(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.site}/pages/login.html")

    assert outcome(page, "cvdApi.getCurrentUser()")["error"]["status"] == 401
    assert page.url == f"{stage.site}/pages/login.html"


def test_the_window_has_a_client_but_not_its_class(content: Frame) -> None:
    """Parts of the frontend that misread the answers wake up as soon as `window.CVDApi` is there."""
    assert content.evaluate(
        "() => [typeof window.CVDApi, typeof CVDApi, cvdApi instanceof CVDApi, api === cvdApi]"
    ) == [
        "undefined",
        "function",
        True,
        True,
    ]


def test_pages_may_use_the_names_for_themselves(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.site}/shell.html?show=/own-names.html")

    assert inside(page).evaluate("() => window.isOwn") is True


def test_the_module_does_what_the_plain_script_does(page: Page, stage: Stage, usernames: Mapping[str, str]) -> None:
    page.goto(f"{stage.site}/shell.html?show=/module.html")
    frame = inside(page)
    frame.wait_for_function("() => window.client !== undefined")

    frame.evaluate("([name, word]) => client.login(name, word)", [usernames["manager"], PASSWORD])

    assert frame.evaluate("async () => (await client.getCurrentUser()).user.username") == usernames["manager"]
    assert frame.evaluate("async () => client.getUsers().catch((error) => error instanceof ApiError)") is True
