"""Looking at stored reads."""

import json

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, place, upload


@pytest.fixture
def read_id(manager: SignedIn) -> int:
    """A read of a machine with five selections in two rows."""
    machine = Machine()
    machine.selections = {name: type(machine.selections["A1"])() for name in ("A1", "A2", "A10", "B1", "B2")}
    machine.sell("A1", 2, card=True)
    return int(upload(manager, machine.read(), "five.dex").json["dex_read_id"])


@pytest.mark.rule("US-055")
def test_reads_are_listed_newest_first_page_by_page(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    for _ in range(2):
        upload(manager, machine.sell("A1").read())
    newest = upload(manager, Machine(serial="SN-2").read()).json["dex_read_id"]
    broken = upload(manager, b"nothing").json["dex_read_id"]
    page = manager.get("/api/dex/reads", params={"per_page": 3}).json
    second = manager.get("/api/dex/reads", params={"per_page": 3, "page": 2}).json
    mine = manager.get("/api/dex/reads", params={"device_id": placed.device.id}).json

    assert page["success"] is True
    assert page["pagination"] == {"page": 1, "per_page": 3, "total": 4, "pages": 2}
    assert [row["id"] for row in page["reads"]][:2] == [broken, newest]
    assert len(second["reads"]) == 1
    first = page["reads"][0]
    assert (first["parsed_successfully"], first["error_line"], first["status"]) == (0, 1, "rejected")
    assert (page["reads"][1]["machine_serial"], page["reads"][1]["manufacturer"]) == ("SN-2", "TST")
    assert page["reads"][1]["upload_timestamp"].endswith("Z")
    assert {row["device_asset"] for row in mine["reads"]} == {placed.device.asset}


@pytest.mark.parametrize("params", [{"per_page": 0}, {"page": 0}, {"per_page": 101}, {"page": "x"}])
def test_a_page_that_cannot_be_is_refused(manager: SignedIn, params: dict[str, object]) -> None:
    assert manager.get("/api/dex/reads", params=params).status == 400


def test_a_read_is_shown_with_its_lines_its_selections_and_what_it_sold(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    place(db, machine)
    upload(manager, machine.read())
    content = machine.sell("A1", 3).read()
    read_id = upload(manager, content).json["dex_read_id"]
    shown = manager.get(f"/api/dex/reads/{read_id}").json

    assert shown["read_info"]["raw_content"].encode() == content
    assert shown["read_info"]["chain_number"] == 2
    assert [record["raw_record"] for record in shown["records"]] == content.decode().splitlines()
    assert json.loads(shown["records"][0]["parsed_data"])
    assert [record["line_number"] for record in shown["records"]] == list(range(1, len(shown["records"]) + 1))
    assert {"record_subtype", "record_type", "dex_read_id", "created_at", "id"} <= shown["records"][0].keys()
    assert (shown["interval"]["units"], shown["interval"]["value_cents"]) == (3, 375)
    assert shown["interval"]["sold"][0]["selection"] == "A1"
    assert shown["issues"] == []
    assert manager.get(f"/api/dex/records/{read_id}").json == {"success": True, "records": shown["records"]}


def test_the_selections_of_a_read_are_shown_with_their_split_and_grid(manager: SignedIn, read_id: int) -> None:
    shown = manager.get(f"/api/dex/pa-records/{read_id}").json
    first = shown["pa_records"][0]

    assert [one["selection_number"] for one in shown["pa_records"]] == ["A1", "A10", "A2", "B1", "B2"]
    assert (first["units_sold"], first["revenue_cents"], first["price_cents"]) == (62, 7_750, 125)
    assert (first["cash_sales"], first["cash_sales_cents"]) == (60, 7_500)
    assert (first["cashless_sales"], first["cashless_sales_cents"]) == (2, 250)
    assert (first["record_subtype"], first["row"], first["column"]) == ("CONSOLIDATED", "A", "1")
    assert first["capacity"] is None
    assert shown["grid_info"]["pattern_type"] == "alpha"
    assert shown["grid_info"]["coverage"] == {"total": 5, "with_grid": 5, "percentage": 100.0}


def test_the_grid_of_a_read_is_laid_out_by_its_labels(manager: SignedIn, read_id: int) -> None:
    layout = manager.get(f"/api/dex/grid-layout/{read_id}").json
    info = manager.get(f"/api/dex/grid-info/{read_id}").json

    assert layout["dimensions"] == {
        "rows": 2,
        "columns": 3,
        "row_labels": ["A", "B"],
        "column_labels": ["1", "2", "10"],
    }
    assert layout["metadata"] == {"total_cells": 6, "filled_cells": 5, "empty_cells": 1}
    assert layout["grid_layout"]["A"]["10"]["selection_number"] == "A10"
    assert (info["pattern_type"], info["coverage"]["total_records"], info["errors"]) == ("alpha", 5, [])


def test_a_read_that_is_not_there(manager: SignedIn) -> None:
    assert manager.get("/api/dex/reads/999999").json["error"] == "DEX read not found"
    assert manager.get("/api/dex/grid-layout/999999").json["error"] == "No grid data found for this DEX file"
    assert manager.get("/api/dex/grid-info/999999").json["error"] == "No selection data found"
    assert [manager.get(f"/api/dex/{what}/999999").status for what in ("reads", "grid-layout", "grid-info")] == [
        404
    ] * 3
    assert manager.get("/api/dex/pa-records/999999").json["pa_records"] == []
    assert manager.get("/api/dex/records/999999").json["records"] == []


def test_viewers_look_and_drivers_do_not(viewer: SignedIn, driver: SignedIn, read_id: int) -> None:
    paths = [f"/api/dex/{what}/{read_id}" for what in ("reads", "pa-records", "grid-layout", "grid-info", "records")]
    paths += ["/api/dex/reads", "/api/dex/unlinked"]

    assert {viewer.get(path).status for path in paths} == {200}
    assert {driver.get(path).status for path in paths} == {403}
