"""A real Chromium, and the real thing behind it: `chalice local`, with pages of ours beside it on one origin."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Browser, Error, Frame, Page, Route, sync_playwright

from chalicelib.kit.db import Connection
from tests.browser.source import FRONTEND
from tests.journey.conftest import chalice_local, enrol
from tests.support.people import PASSWORD, Person
from tests.support.services import Databases, TestCloud
from tools.frontend.serve import serving
from tools.local import cloud_state
from tools.local.processes import free_port

SITE = Path(__file__).parent / "site"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 20_000


@dataclass(frozen=True)
class Stage:
    """Where things are: pages with the API beside them, the API itself, pages it knows, and pages it does not."""

    site: str
    api: str
    known: str
    strange: str
    db: Connection


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; `CHROMIUM` names another one. Nothing is downloaded.

    It ends with its module, since its event loop would be found running by the tests after it.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"there is no Chromium here (looked for {', '.join(NAMES)}); CHROMIUM names one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def stage(
    databases: Databases, _cloud_of_the_session: TestCloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Everything that a page needs, for all tests of a module; each makes its own rows."""
    log = tmp_path_factory.mktemp("browser") / "server.log"
    ports = {name: free_port() for name in ("site", "known")}
    with ExitStack() as stack:
        stack.callback(_cloud_of_the_session.put_back, set(cloud_state.KEPT))
        database = stack.enter_context(databases.fresh())
        environment = {
            **_cloud_of_the_session.environment,
            **database,
            "CVD_STAGE": "test",
            "CVD_DATABASE_CONNECTIONS": "16",
            "CVD_ALLOWED_ORIGINS": f"http://localhost:{ports['known']}",
        }
        api = stack.enter_context(chalice_local(environment, log)).replace("127.0.0.1", "localhost")
        strange = stack.enter_context(serving([SITE, FRONTEND], api))
        for port in ports.values():
            stack.enter_context(serving([SITE, FRONTEND], api, port))
        raw = stack.enter_context(psycopg.connect(database["MIGRATION_DATABASE_URL"], autocommit=True))
        addresses = {name: f"http://localhost:{port}" for name, port in ports.items()}
        yield Stage(addresses["site"], api, addresses["known"], f"http://localhost:{strange}", Connection(raw))


@pytest.fixture(scope="module")
def usernames(stage: Stage, _people: Mapping[str, Person]) -> Mapping[str, str]:
    """A user of each role, by role; the password is the common one."""
    for person in _people.values():
        enrol(stage.db, person)
    return {role: person.username for role, person in _people.items()}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A tab of its own, without cookies; an error that a script does not catch fails the test."""
    with chromium.new_context() as context:
        context.set_default_timeout(PATIENCE_MS)
        tab = context.new_page()
        uncaught: list[Error] = []
        tab.on("pageerror", lambda error: uncaught.append(error))
        yield tab
        assert uncaught == []


@pytest.fixture
def content(page: Page, stage: Stage) -> Frame:
    """The page inside the shell, with the plain script."""
    page.goto(f"{stage.site}/shell.html")
    return inside(page)


@pytest.fixture
def enter(content: Frame, stage: Stage, usernames: Mapping[str, str]) -> Callable[[str], Frame]:
    """Sign in with the client, as somebody of a role: the page inside the shell."""

    def sign_in(role: str) -> Frame:
        stage.db.execute("DELETE FROM rate_limits")  # Every test signs in from the one address of this machine.
        content.evaluate("([name, word]) => cvdApi.login(name, word)", [usernames[role], PASSWORD])
        return content

    return sign_in


def inside(page: Page) -> Frame:
    """The frame of the shell, once it shows its page."""
    frame = page.frame("content")
    assert frame is not None
    frame.wait_for_url(lambda url: url.startswith("http"))
    return frame


def outcome(frame: Frame | Page, call: str, given: Any = None) -> Any:
    """What a call comes to: `{"value": …}`, or `{"error": …}` with the fields of the error."""
    script = """
        async (given) => {
          try {
            return { value: await (CALL) };
          } catch ({ name, message, code, status, details, requestId }) {
            return { error: { name, message, code, status, details, requestId } };
          }
        }
    """
    return frame.evaluate(script.replace("CALL", call), given)


class Line:
    """The line between a page and the API, on which answers are counted, lost, or put in by the test."""

    def __init__(self, page: Page, pattern: str) -> None:
        self.requests: list[dict[str, str]] = []
        self._plans: list[Callable[[Route], None]] = []
        page.route(pattern, self._pass)

    def lose_an_answer(self) -> "Line":
        """The request reaches the server, the answer does not come back."""

        def lose(route: Route) -> None:
            route.fetch()
            route.abort("connectionreset")

        self._plans.append(lose)
        return self

    def answer(self, status: int, **headers: str) -> "Line":
        """Something on the way answers."""
        self._plans.append(lambda route: route.fulfill(status=status, headers=headers, body="<html>Not now</html>"))
        return self

    def never_answer(self) -> "Line":
        """Nothing comes back."""
        self._plans.append(lambda _route: None)
        return self

    def _pass(self, route: Route) -> None:
        self.requests.append(route.request.all_headers())
        if self._plans:
            self._plans.pop(0)(route)
        else:
            route.continue_()
