"""Files on their way from and to a browser: forms, downloads, and what of a frontend is served."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from tests.browser.conftest import Line, Stage, outcome
from tests.browser.source import FRONTEND
from tests.support import factories
from tests.telemetry.machines import Machine
from tools.frontend.serve import file_of

in_a_browser = [pytest.mark.browser, pytest.mark.slow]
DRAW = """
    () => new Promise((resolve) => {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 64;
      canvas.getContext("2d").fillRect(8, 8, 48, 48);
      canvas.toBlob((blob) => { window.picture = blob; resolve(blob.size); }, "image/png");
    })
"""


@pytest.fixture
def driver(enter: Callable[[str], Frame]) -> Frame:
    """The page of a driver who has just taken a picture."""
    frame = enter("driver")
    assert frame.evaluate(DRAW) > 0
    return frame


def driver_id(stage: Stage) -> int:
    return int(stage.db.value("SELECT id FROM users WHERE role = 'driver'"))


def drivers_order(stage: Stage) -> int:
    """An order that the driver is at work on; its id."""
    driver = driver_id(stage)
    route = factories.route(stage.db, driver_id=driver)
    device = factories.device(stage.db, route_id=route)
    order = factories.order(stage.db, route, device.cabinets[0], status="in_progress")
    stage.db.execute("UPDATE service_orders SET driver_id = %(driver)s WHERE id = %(id)s", driver=driver, id=order)
    return order


def sizes(frame: Frame, sources: list[Any]) -> list[Any]:
    """How wide the browser finds the pictures to be."""
    script = """
        (sources) => Promise.all(sources.map(async (source) => {
          const image = Object.assign(new Image(), { src: source });
          await image.decode();
          return image.width;
        }))
    """
    return list(frame.evaluate(script, sources))


class TestUploads:
    pytestmark = in_a_browser

    def test_an_avatar_is_kept_and_shown(self, driver: Frame, stage: Stage) -> None:
        kept = driver.evaluate("(id) => cvdApi.uploadAvatar(id, picture)", driver_id(stage))

        assert sizes(driver, [kept["avatar"]]) == [64]
        assert driver.evaluate("(id) => cvdApi.deleteAvatar(id)", driver_id(stage)) == {"success": True}

    def test_a_photo_whose_answer_was_lost_is_sent_again_to_the_byte_and_kept_once(
        self, driver: Frame, page: Page, stage: Stage
    ) -> None:
        order = drivers_order(stage)
        line = Line(page, "**/service-orders/photos").lose_an_answer()

        stored = driver.evaluate(
            "(order) => cvdApi.uploadServiceOrderPhoto(order, picture, {type: 'delivery_proof'})", order
        )
        listed = driver.evaluate("(order) => cvdApi.getServiceOrderPhotos(order)", order)

        assert len(line.requests) == 2
        assert [photo["id"] for photo in listed["photos"]] == [stored["photoId"]]
        assert listed["photos"][0]["photo_type"] == "delivery_proof"

    @pytest.mark.rule("US-086", "BR-133")
    def test_a_photo_goes_straight_to_the_storage_and_only_once(self, driver: Frame, page: Page, stage: Stage) -> None:
        order, sent = drivers_order(stage), []
        page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
        upload = "(order) => cvdApi.uploadLargeServiceOrderPhoto(order, picture, {type: 'after', notes: 'Door shut'})"

        ids = [driver.evaluate(upload, order) for _ in range(2)]
        listed = driver.evaluate("(order) => cvdApi.getServiceOrderPhotos(order)", order)["photos"]

        assert [(photo["id"], photo["photo_type"]) for photo in listed] == [(ids[0], "after")]
        assert ids[0] == ids[1]
        assert sizes(driver, [listed[0]["url"]]) == [64]
        assert len(sent) == 1

    def test_a_form_without_a_picture_is_refused_in_a_sentence(self, driver: Frame, stage: Stage) -> None:
        told = outcome(driver, "cvdApi.makeRequest('POST', `/user/${given}/avatar`, {})", driver_id(stage))

        assert told["error"]["status"] == 400
        assert told["error"]["message"].endswith(".")


class TestDex:
    pytestmark = in_a_browser

    def test_a_file_is_taken_in_and_its_selections_are_shown(self, enter: Callable[[str], Frame]) -> None:
        frame = enter("manager")
        script = "(text) => cvdApi.parseDexFile(new File([text], 'read.txt', {type: 'text/plain'}))"

        read = frame.evaluate(script, Machine().read().decode())
        shown = frame.evaluate("(id) => cvdApi.getDexPaRecords(id)", read["dex_read_id"])

        assert read["pa_records_count"] == len(shown["pa_records"]) > 0

    def test_what_is_wrong_with_a_file_is_told_with_the_line(self, enter: Callable[[str], Frame]) -> None:
        told = outcome(enter("manager"), "cvdApi.parseDexFile(new File(['nothing'], 'read.txt'))")

        assert told["error"]["status"] == 400
        assert told["error"]["message"] == told["error"]["details"]["message"]
        assert told["error"]["details"]["line"] >= 0


class TestDownloads:
    pytestmark = in_a_browser

    def test_an_export_comes_as_a_named_file(self, enter: Callable[[str], Frame]) -> None:
        script = """
            async () => {
              const today = new Date().toISOString().slice(0, 10);
              const wish = { start_date: today, end_date: today, format: "csv" };
              const { name, content } = await cvdApi.exportActivity(wish);
              return { name, type: content.type, text: await content.text() };
            }
        """
        file = enter("admin").evaluate(script)

        assert file["name"].startswith("activity_data_")
        assert file["name"].endswith(".csv")
        assert file["type"].startswith("text/csv")
        assert file["text"].startswith("date,unique_users")

    @pytest.mark.rule("BR-154", "US-057")
    def test_a_file_larger_than_an_answer_comes_by_a_link_and_by_fetch(
        self, enter: Callable[[str], Frame], page: Page, stage: Stage
    ) -> None:
        stage.db.execute(
            """
            INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
            SELECT %(device)s, %(product)s, 1, 150, now() - number * interval '1 minute', 'import'
              FROM generate_series(1, 60000) number
            """,
            device=factories.device(stage.db).id,
            product=factories.product(stage.db),
        )
        frame = enter("manager")
        path = "/api/sales?format=csv"
        link = """
            (path) => {
              const link = Object.assign(document.createElement("a"), { href: path, textContent: "Sales" });
              document.body.append(link);
              link.click();
            }
        """
        fetched = "async (path) => { const answer = await fetch(path); return [answer.status, await answer.text()]; }"

        with page.expect_download() as download:
            frame.evaluate(link, path)
        status, text = frame.evaluate(fetched, path)

        assert download.value.suggested_filename.startswith("sales_")
        assert download.value.suggested_filename.endswith(".csv")
        saved = Path(download.value.path()).read_bytes().decode()
        assert (status, len(text) > 5 * 1024 * 1024) == (200, True)
        assert text.count("\r\n") == saved.count("\r\n") == 60_001


class TestServing:
    def test_only_what_a_frontend_consists_of_is_given_out(self, tmp_path: Path) -> None:
        folder = tmp_path / "frontend"
        for name in ("index.html", "app.py", "cvd.db", ".env.json", "pages/driver-app/index.html", "uploads/me.exe"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name)
        (tmp_path / "secret.html").write_text("outside")

        given = {
            path: file and file.name
            for path in (
                "/",
                "/index.html?x=1",
                "/pages/driver-app/",
                "/app.py",
                "/cvd.db",
                "/.env.json",
                "/uploads/me.exe",
                "/../secret.html",
                "/%2e%2e/secret.html",
                "/none.html",
            )
            for file in [file_of([folder], path)]
        }

        assert {path for path, name in given.items() if name} == {"/", "/index.html?x=1", "/pages/driver-app/"}

    def test_ours_stands_in_for_what_a_frontend_lacks(self, tmp_path: Path) -> None:
        theirs, ours = tmp_path / "theirs", tmp_path / "ours"
        for file in (theirs / "api.js", ours / "api.js", ours / "api.mjs"):
            file.parent.mkdir(exist_ok=True)
            file.write_text("")

        assert file_of([theirs, ours], "/api.js") == theirs / "api.js"
        assert file_of([theirs, ours], "/api.mjs") == ours / "api.mjs"

    @pytest.mark.parametrize(
        "path", ["/pages/driver-app/offline.html", "/pages/route-planning.html", "/images/placeholder.png"]
    )
    def test_the_files_that_the_shipped_frontend_names_and_lacks_are_ours(self, path: str, tmp_path: Path) -> None:
        assert file_of([tmp_path, FRONTEND], path) == FRONTEND / path.lstrip("/")
