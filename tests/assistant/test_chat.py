"""Asking the assistant."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit import db as kit_db
from chalicelib.kit.db import Connection
from chalicelib.sales import service as sales
from tests.assistant.conftest import Model
from tests.support import factories
from tests.support.client import Answer, Client
from tests.support.factories import Fill
from tests.support.people import SignedIn

WEDNESDAY = datetime(2025, 8, 6, 16, tzinfo=UTC)


def ask(person: Client, message: object, **more: Any) -> Answer:
    return person.post("/api/chat", json={"message": message, **more})


def sell(db: Connection, cents: int, at: datetime = WEDNESDAY) -> None:
    device = factories.device(db)
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        VALUES (%(device)s, %(product)s, 2, %(cents)s, %(at)s, 'manual')
        """,
        device=device.id,
        product=factories.product(db, "Cola"),
        cents=cents,
        at=at,
    )
    with kit_db.transaction() as connection:
        sales.rebuild_daily(connection)


def used(db: Connection) -> list[str]:
    return db.values("SELECT answered_by FROM assistant_uses ORDER BY id")


@pytest.mark.rule("US-008", "BR-169")
def test_a_question_about_the_fleet_is_answered_from_its_data(viewer: SignedIn, db: Connection, clock_at) -> None:  # type: ignore[no-untyped-def]
    clock_at(WEDNESDAY)
    sell(db, 123450)

    answer = ask(viewer, "What are our sales this week?")

    assert answer.status == 200
    assert answer.json["response"].startswith("This week's revenue so far is $1,234.50.")
    assert answer.json["answered_by"] == "fleet"
    assert used(db) == ["fleet"]


@pytest.mark.rule("BR-169")
@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("best product", "Cola $1,234.50, 2 unit(s)"),
        ("Show the monthly trend", "Aug 2025: $1,234.50"),
        ("are we near the target?", "This month's revenue is $1,234.50"),
        ("Who is the top performer?", "Best Device"),
        ("Which slots are low?", "1 slot(s) hold a quarter of their par level or less. First: Gum in A1 of machine M1"),
        ("any pending orders?", "0 service order(s) wait to be started."),
        ("how many machines are there", "There are 2 machine(s) in the fleet."),
        ("which need maintenance", "0 machine(s) have not been visited for 30 days."),
    ],
)
def test_each_topic_is_told_from_the_books(  # type: ignore[no-untyped-def]
    manager: SignedIn, db: Connection, clock_at, message: str, told: str
) -> None:
    clock_at(WEDNESDAY)
    sell(db, 123450)
    cabinet = factories.device(db, "M1").cabinets[0]
    factories.fill(db, cabinet, {"A1": Fill(factories.product(db, "Gum"))})
    db.execute("UPDATE devices SET created_at = %(at)s", at=WEDNESDAY)

    assert told in ask(manager, message).json["response"]


@pytest.mark.rule("US-008")
@pytest.mark.usefixtures("knowledge")
def test_a_how_to_question_is_answered_from_the_knowledge_base(viewer: SignedIn, db: Connection) -> None:
    answer = ask(viewer, "How do I copy a planogram layout?").json

    assert answer["answered_by"] == "articles"
    assert answer["response"].startswith("Laying out a planogram: Assigning products to slots")
    assert answer["articles"][0] == {"id": "planograms", "title": "Laying out a planogram"}
    assert used(db) == ["articles"]


@pytest.mark.rule("US-008", "BR-169")
@pytest.mark.usefixtures("knowledge")
def test_what_nobody_can_answer_is_refused_and_says_that_no_model_is_configured(
    viewer: SignedIn, db: Connection
) -> None:
    answer = ask(viewer, "Sing me a serenade about xylophones")

    assert (answer.status, answer.json["code"]) == (503, "AI_UNAVAILABLE")
    assert "not configured" in answer.json["error"]
    assert used(db) == ["nobody"]


@pytest.mark.rule("BR-170")
def test_the_context_of_the_page_is_not_trusted(viewer: SignedIn, clock_at) -> None:  # type: ignore[no-untyped-def]
    clock_at(WEDNESDAY)
    forged = {"weekly": {"weeklyRevenue": 999999}, "devices": [{"asset": "x" * 1000}] * 1000}

    answer = ask(viewer, "revenue this week?", context=forged)

    assert "999" not in answer.json["response"]
    assert "so far is $0.00" in answer.json["response"]


@pytest.mark.rule("US-008")
def test_names_cannot_smuggle_a_tag_into_the_page(viewer: SignedIn, db: Connection, clock_at) -> None:  # type: ignore[no-untyped-def]
    clock_at(WEDNESDAY)
    cabinet = factories.device(db).cabinets[0]
    factories.fill(db, cabinet, {"A1": Fill(factories.product(db, "<img src=x onerror=alert(1)>"))})

    told = ask(viewer, "what is low on stock?").json["response"]

    assert "‹img" in told
    assert "<" not in told


@pytest.mark.rule("US-008", "BR-169")
def test_a_model_words_the_answer_and_its_use_is_recorded(  # type: ignore[no-untyped-def]
    viewer: SignedIn, db: Connection, model: Model, clock_at
) -> None:
    clock_at(WEDNESDAY)
    sell(db, 123450)
    model.answers("You took in $1,234.50 this week.")

    answer = ask(viewer, "Summarise our revenue", context={"weekly": "forged"}).json

    assert (answer["response"], answer["answered_by"]) == ("You took in $1,234.50 this week.", "model")
    assert db.values("SELECT row(answered_by, model, input_tokens, output_tokens)::text FROM assistant_uses") == [
        "(model,vendor.model-v1,120,14)"
    ]
    (asked,) = model.asked
    assert "$1,234.50" in asked["system"][0]["text"]
    assert asked["messages"] == [{"role": "user", "content": [{"text": "Summarise our revenue"}]}]
    assert "forged" not in str(asked)


@pytest.mark.rule("BR-169")
def test_a_number_that_the_model_made_up_is_not_passed_on(  # type: ignore[no-untyped-def]
    viewer: SignedIn, db: Connection, model: Model, clock_at
) -> None:
    clock_at(WEDNESDAY)
    model.answers("You will take in $5,000.00 next week.")

    answer = ask(viewer, "What will our revenue be?").json

    assert answer["response"].startswith("[Fallback Mode] This week's revenue so far is $0.00.")
    assert answer["answered_by"] == "fallback"
    assert used(db) == ["fallback"]


@pytest.mark.rule("BR-169")
@pytest.mark.parametrize("says", [{}, {"output": {"message": {"role": "assistant", "content": []}}}, {"usage": {}}])
def test_a_model_that_says_nothing_of_use_is_passed_over(viewer: SignedIn, model: Model, says: object) -> None:
    model.says = says

    assert ask(viewer, "revenue?").json["response"].startswith("[Fallback Mode] ")


@pytest.mark.rule("BR-169")
def test_when_the_model_fails_and_nothing_else_answers_it_says_so(viewer: SignedIn, model: Model) -> None:
    model.status, model.says = 400, {"message": "no such model"}

    answer = ask(viewer, "Sing me a serenade")

    assert (answer.status, answer.json["code"]) == (503, "AI_UNAVAILABLE")
    assert "Retry-After".lower() in answer.headers


@pytest.mark.rule("BR-170")
def test_twenty_questions_a_minute_are_answered(viewer: SignedIn, admin: SignedIn, clock_at, advance) -> None:  # type: ignore[no-untyped-def]
    clock_at(WEDNESDAY)
    statuses = [ask(viewer, "nonsense").status for _ in range(21)]

    assert set(statuses[:20]) == {503}
    assert statuses[20] == 429
    assert ask(admin, "machines").status == 200
    advance(minutes=1)
    assert ask(viewer, "machines").status == 200


@pytest.mark.rule("BR-170")
def test_a_message_has_at_most_4000_characters(viewer: SignedIn) -> None:
    assert ask(viewer, "machines " + "x" * 3991).status == 200
    answer = ask(viewer, "machines " + "x" * 3992)
    assert (answer.status, answer.json["error"]) == (400, "A message has at most 4000 characters.")


@pytest.mark.parametrize("message", [None, "", "   ", 5, ["revenue"]])
def test_a_message_is_required(viewer: SignedIn, message: object) -> None:
    answer = ask(viewer, message)

    assert (answer.status, answer.json["error"]) == (400, "Message is required")


@pytest.mark.rule("US-008")
def test_drivers_and_strangers_do_not_ask(driver: SignedIn, client: Client) -> None:
    assert (ask(driver, "revenue?").status, ask(client, "revenue?").status) == (403, 401)
