"""Advice over the API: from real rows, refused where there is too little, and changing nothing."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.kit import aws
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.settings import settings
from chalicelib.sales import service as sales
from tests.support import factories
from tests.support.costs import statements_of
from tests.support.factories import Device, Fill
from tests.support.people import SignedIn

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
HEAT = "/api/planograms/optimize/heat-zones"


@pytest.fixture(autouse=True)
def at_noon(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOON)


@pytest.fixture
def cola(db: Connection) -> int:
    return factories.product(db, "Cola", category="soda", price_cents=200)


@pytest.fixture
def gum(db: Connection) -> int:
    return factories.product(db, "Gum", category="candy", price_cents=100)


@pytest.fixture
def device(db: Connection, cola: int, gum: int) -> Device:
    """Cola in A1 and B1, gum in F1."""
    made = factories.device(db, "111")
    factories.fill(db, made.cabinets[0], {"A1": Fill(cola, quantity=2), "B1": Fill(cola), "F1": Fill(gum, quantity=5)})
    return made


def sold(db: Connection, device: Device, product: int, slot: str | None, *, days: int, cents: int = 200) -> None:
    """Sell one unit on each of the last `days` days."""
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, %(slot)s, 1, %(cents)s, %(now)s - day * interval '1 day', 'manual'
          FROM generate_series(1, %(days)s) day
        """,
        device=device.id,
        product=product,
        slot=device.cabinets[0].slots[slot] if slot else None,
        cents=cents,
        days=days,
        now=NOON,
    )
    with transaction() as connection:
        sales.rebuild_daily(connection)


@pytest.mark.rule("US-049", "7.13")
def test_heat_counts_the_sales_of_a_slot_and_shares_those_of_none(
    manager: SignedIn, db: Connection, device: Device, cola: int, gum: int
) -> None:
    sold(db, device, cola, "A1", days=40)
    sold(db, device, cola, None, days=10)
    sold(db, device, gum, "F1", days=10, cents=100)

    told = manager.get(HEAT, params={"device_id": device.id}).json

    matrix = told["heat_matrix"]
    assert len(matrix) * len(matrix[0]) == told["statistics"]["total_positions"]
    assert matrix[0][0] == 100  # 30 days of 2.00, and half of ten that name no slot.
    assert matrix[1][0] == round(100 * 1000 / 7000, 1)
    assert matrix[5][0] == round(100 * 1000 / 7000, 1)
    assert told["zone_analysis"]["premium"]["total_revenue"] == 80
    assert told["statistics"]["high_performance_zones"] == 1


def test_a_correction_counts_and_a_fleet_without_sales_is_cold(
    manager: SignedIn, db: Connection, device: Device, cola: int
) -> None:
    assert set(manager.get(HEAT, params={"device_id": device.id}).json["heat_matrix"][0]) == {0}
    sold(db, device, cola, "A1", days=1)
    sale = db.value("SELECT id FROM sales")
    assert manager.post(f"/api/sales/{sale}/corrections", json={"units": 1, "cash": 2, "reason": "x"}).status < 300

    assert set(manager.get(HEAT, params={"device_id": device.id}).json["heat_matrix"][0]) == {0}


@pytest.mark.parametrize(
    ("query", "status", "error"),
    [
        ({}, 400, "Device ID required"),
        ({"device_id": "99"}, 404, "Device not found"),
        ({"device_id": "{device}", "cabinet_index": "2"}, 404, "Cabinet not found"),
    ],
)
def test_what_is_not_there_has_no_heat(
    manager: SignedIn, device: Device, query: dict[str, str], status: int, error: str
) -> None:
    answer = manager.get(HEAT, params={key: value.format(device=device.id) for key, value in query.items()})

    assert (answer.status, answer.json["error"]) == (status, error)


@pytest.mark.rule("US-049", "BR-169")
def test_a_placement_is_scored_in_the_layout_that_the_page_works_on(
    viewer: SignedIn, device: Device, cola: int, gum: int
) -> None:
    layout = {
        "device_id": device.id,
        "cabinet_id": 0,
        "slots": [{"row": 1, "column": 2, "product_id": gum}, {"row": 1, "column": 3, "product_id": 1}],
    }
    body = {"device_id": device.id, "product_id": cola, "position": {"row": 1, "column": 1}}

    stored = viewer.post("/api/planograms/realtime/score", json=body).json
    laid = viewer.post("/api/planograms/realtime/score", json={**body, "planogram": layout}).json

    assert stored["components"] == {"zone_score": 100, "affinity_score": 80, "category_score": 60, "ai_score": None}
    assert stored["score"] == round((30 + 20 + 12) / 0.75, 1)
    assert laid["components"]["affinity_score"] == 40


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"position": {"row": 7, "column": 1}}, "The position is not in the cabinet's grid"),
        ({"position": {"row": 0, "column": 1}}, "position.row"),
        ({"product_id": 99999}, "There is no such product."),
        ({"product_id": None}, "Product ID and position required"),
        ({"planogram": {"slots": [{"row": 1, "column": 99, "product_id": 2}]}}, "planogram"),
        ({"planogram": {"slots": [{"row": 1, "column": 1, "product_id": 99999}]}}, "There is no such product."),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    viewer: SignedIn, device: Device, cola: int, change: dict[str, Any], error: str
) -> None:
    body = {"device_id": device.id, "product_id": cola, "position": {"row": 1, "column": 1}, **change}

    answer = viewer.post("/api/planograms/realtime/score", json=body)

    assert answer.status == 400
    assert answer.json["error"].startswith(error)


@pytest.mark.rule("US-049", "7.14")
def test_a_better_layout_is_proposed_and_nothing_is_changed(
    manager: SignedIn, db: Connection, device: Device, cola: int, gum: int
) -> None:
    sold(db, device, cola, "A1", days=10, cents=100)
    sold(db, device, gum, "F1", days=30)
    sold(db, device, gum, "B1", days=25)
    before = db.value("SELECT jsonb_agg(to_jsonb(slot) ORDER BY id) FROM planogram_slots slot")

    told = manager.post("/api/planograms/optimize", json={"device_id": device.id, "planogram": {}}).json

    first = told["recommendations"][0]
    assert (first["product_id"], first["from_position"], first["to_position"]) == (
        gum,
        {"row": 6, "column": 1},
        {"row": 2, "column": 1},
    )
    assert told["expected_improvement"]["revenue_increase"] > 0
    assert told["expected_improvement"]["confidence"] == "medium"
    assert db.value("SELECT jsonb_agg(to_jsonb(slot) ORDER BY id) FROM planogram_slots slot") == before


@pytest.mark.rule("US-049", "7.15")
@pytest.mark.parametrize(("days", "status"), [(29, 400), (30, 200)])
def test_a_prediction_needs_thirty_days_with_sales(
    manager: SignedIn, db: Connection, device: Device, cola: int, days: int, status: int
) -> None:
    sold(db, device, cola, "A1", days=days)

    answer = manager.post("/api/planograms/predict/revenue", json={"device_id": device.id})

    assert answer.status == status
    if status == 400:
        assert (answer.json["code"], answer.json["details"]["days"]) == ("INSUFFICIENT_DATA", 29)


@pytest.mark.rule("US-049", "7.15")
def test_a_prediction_compares_a_layout_with_the_present_one(
    manager: SignedIn, db: Connection, device: Device, cola: int
) -> None:
    sold(db, device, cola, "A1", days=90)
    body = {"planogram": {"device_id": device.id}, "days": 7, "include_seasonality": False}

    same = manager.post("/api/planograms/predict/revenue", json=body).json
    lower = [{"row": 6, "column": 1, "product_id": cola}]
    worse = manager.post(
        "/api/planograms/predict/revenue",
        json={**body, "planogram": {"device_id": device.id, "slots": lower}},
    ).json

    impact = same["factors"]["planogram_impact"]
    assert same["predicted_revenue"] == pytest.approx(2 * 7 * impact, abs=0.01)
    assert (same["expected_change"], same["change_percentage"]) == (0, 0)
    assert same["confidence_intervals"]["confidence_95"] == {
        "lower": same["predicted_revenue"],
        "upper": same["predicted_revenue"],
    }
    assert worse["baseline_revenue"] == same["predicted_revenue"]
    assert worse["factors"]["planogram_impact"] < impact
    assert worse["expected_change"] < 0
    assert same["prediction_period"] == {"days": 7, "start_date": "2026-03-04", "end_date": "2026-03-10"}
    assert same["product_predictions"][0]["baseline_revenue"] == 14


def test_the_season_is_this_month_against_the_mean_of_the_months(
    manager: SignedIn, db: Connection, device: Device, cola: int
) -> None:
    sold(db, device, cola, "A1", days=60)

    told = manager.post("/api/planograms/predict/revenue", json={"device_id": device.id}).json

    january, february, march = 29 * 200 / 31, 28 * 200 / 28, 3 * 200 / 4
    mean = (january + february + march) / 3
    assert told["factors"]["seasonal_adjustment"] == pytest.approx(max(0.8, march / mean), abs=0.0001)


@pytest.mark.rule("BR-169")
def test_proposals_are_made_from_sales_and_without_sales_there_are_none(
    manager: SignedIn, db: Connection, device: Device, cola: int, gum: int
) -> None:
    body = {"device_id": device.id, "cabinet_index": 0}
    assert manager.post("/api/planograms/ai-suggestions", json=body).json["recommendations"] == []
    sold(db, device, cola, "A1", days=30)
    sold(db, device, gum, "F1", days=15, cents=100)

    told = manager.post("/api/planograms/ai-suggestions", json=body).json

    first = told["recommendations"][0]
    assert (first["slot"], first["current_product"], first["confidence"]) == ("A2", None, 0.85)
    # Cola lies in two slots already, which is enough of it.
    assert (first["recommendation"]["product"], first["recommendation"]["expected_improvement"]) == ("Gum", 0.5)
    figures = told["performance_metrics"]
    assert figures["slot_performance"]["A1"] == {"daily_units": 1, "daily_revenue": 2, "days_until_empty": 2}
    assert figures["stockout_risk"] == {"A1": "high", "B1": "low", "F1": "low"}
    assert figures["category_distribution"] == {"soda": 2, "candy": 1}
    assert (told["ordered_by"], told["success"]) == ("figures", True)
    assert manager.get("/api/planograms/ai-available").json == {"available": False}


class Model:
    """Stands in for Bedrock: says what it is told to say."""

    def __init__(self, text: str) -> None:
        self.text = text

    def converse(self, **_: Any) -> dict[str, Any]:
        return {"output": {"message": {"content": [{"text": self.text}]}}, "usage": {}}


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch, database: Any) -> Callable[[Any], None]:
    def configure(answer: Any) -> None:
        model = Model(answer if isinstance(answer, str) else json.dumps(answer))
        real = aws.client
        monkeypatch.setattr(aws, "client", lambda name: model if name == "bedrock-runtime" else real(name))
        monkeypatch.setenv("CVD_ASSISTANT_MODEL", "some.model")
        settings.cache_clear()

    return configure


@pytest.mark.rule("BR-169")
def test_a_model_may_reorder_but_not_add(
    manager: SignedIn, db: Connection, device: Device, cola: int, says: Callable[[Any], None]
) -> None:
    sold(db, device, cola, "A1", days=30)
    body = {"device_id": device.id}
    plain = manager.post("/api/planograms/ai-suggestions", json=body).json["recommendations"]
    assert plain == [] or plain[0]["recommendation"]["product_id"] == cola
    says(
        [
            {"slot": "Z9", "product_id": cola, "confidence": 1},
            {"slot": "A2", "product_id": 77, "confidence": 1},
            {"slot": "A2", "product_id": cola, "confidence": 3},
            "nonsense",
        ]
    )

    told = manager.post("/api/planograms/ai-suggestions", json=body).json

    assert (told["ordered_by"], told["recommendations"]) == ("figures", plain)
    assert manager.get("/api/planograms/ai-available").json == {"available": True}


def test_what_a_model_keeps_is_kept_in_its_order(
    manager: SignedIn, db: Connection, device: Device, gum: int, says: Callable[[Any], None]
) -> None:
    sold(db, device, gum, "F1", days=30)
    water = factories.product(db, "Water", category="water", price_cents=150)
    other = factories.device(db, "222")
    factories.fill(db, other.cabinets[0], {"A1": Fill(water)})
    sold(db, other, water, "A1", days=30)
    plain = manager.post("/api/planograms/ai-suggestions", json={"device_id": device.id}).json["recommendations"]
    last = plain[-1]
    says([{"slot": last["slot"], "product_id": last["recommendation"]["product_id"], "confidence": 0.5}])

    told = manager.post("/api/planograms/ai-suggestions", json={"device_id": device.id}).json

    assert told["ordered_by"] == "model"
    assert [(one["slot"], one["confidence"]) for one in told["recommendations"]] == [(last["slot"], 0.5)]


@pytest.mark.rule("BR-170")
def test_the_twenty_first_question_of_a_minute_is_refused(manager: SignedIn, db: Connection, device: Device) -> None:
    db.execute(
        "INSERT INTO rate_limits (scope, subject, window_start, hits) VALUES ('advice', %(me)s, %(at)s, 20)",
        me=str(manager.user_id),
        at=NOON,
    )

    assert manager.post("/api/planograms/ai-suggestions", json={"device_id": device.id}).status == 429


def test_a_dragged_product_is_analysed_and_its_best_places_are_listed(
    manager: SignedIn, device: Device, cola: int
) -> None:
    body = {"device_id": device.id, "cabinet_index": 0, "product": {"id": cola, "name": "Cola"}}

    analysed = manager.post(
        "/api/planograms/realtime-analysis", json={**body, "slot": "a2", "action": "drag_over"}
    ).json
    listed = manager.post("/api/planograms/optimal-slots", json=body).json["optimal_slots"]

    assert analysed["analysis"]["score"] == round((30 + 20 + 12) / 0.75, 1)
    assert len(listed) == 5
    assert [one["is_empty"] for one in listed] == [True] * 5
    assert [one["score"] for one in listed] == sorted((one["score"] for one in listed), reverse=True)
    assert manager.post("/api/planograms/realtime-analysis", json={**body, "slot": "Z1"}).status == 400


def test_the_stream_holds_its_events(manager: SignedIn, device: Device) -> None:
    answer = manager.get("/api/planograms/stream-analysis", params={"device_id": device.id})

    events = [json.loads(line.removeprefix("data: ")) for line in answer.text.split("\n\n") if line]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [event["stage"] for event in events] == ["analyzing_layout", "generating_suggestions"]
    assert events[1]["suggestions"] == []


def test_changes_are_checked_one_by_one(manager: SignedIn, db: Connection, device: Device, cola: int) -> None:
    def change(slot: str, product: int, action: str) -> dict[str, Any]:
        return {"slot": slot, "product": {"id": product}, "action": action}

    wanted = [
        change("A2", cola, "add"),
        change("A1", cola, "add"),
        change("A1", cola, "replace"),
        change("Z9", cola, "add"),
        change("A3", 99999, "add"),
        change("A2", cola, "remove"),
    ]

    told = manager.post(
        "/api/planograms/validate-constraints", json={"device_id": device.id, "cabinet_index": 0, "changes": wanted}
    ).json

    assert [one["valid"] for one in told["validations"]] == [True, False, True, False, False, False]
    assert told["overall_valid"] is False
    assert told["validations"][1]["reason"] == "A1 holds Cola: replace it, or choose another position."


def test_the_number_of_statements_does_not_grow_with_the_sales(
    manager: SignedIn, db: Connection, device: Device, cola: int, caplog: pytest.LogCaptureFixture
) -> None:
    def cost() -> int:
        return statements_of(caplog, lambda: manager.get(HEAT, params={"device_id": device.id}))

    cost()
    few = cost()
    sold(db, device, cola, "A1", days=30)

    assert cost() == few


def test_old_sales_do_not_count(manager: SignedIn, db: Connection, device: Device, cola: int) -> None:
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source)
        VALUES (%(device)s, %(product)s, %(slot)s, 1, 200, %(at)s, 'manual')
        """,
        device=device.id,
        product=cola,
        slot=device.cabinets[0].slots["A1"],
        at=NOON - timedelta(days=31),
    )

    assert manager.get(HEAT, params={"device_id": device.id}).json["heat_matrix"][0][0] == 0
