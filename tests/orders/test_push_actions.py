"""A phone brings what was done in a dead zone."""

import itertools
from typing import Any

import pytest

from tests.orders.pictures import digest, png
from tests.support.costs import at_once

PATH = "/api/driver/sync"
ORDERS = "/api/service-orders"

_keys = itertools.count(1)


def action(kind: str, order: Any, stop: int | None = None, **more: Any) -> dict[str, Any]:
    """Return one action; its payload and `base`, `key`, `at` may be given."""
    payload = {name: value for name, value in more.items() if name not in ("base", "key", "at")}
    return {
        "key": more.get("key", f"k{next(_keys)}"),
        "type": kind,
        "orderId": order.id,
        "orderCabinetId": stop,
        "clientTime": more.get("at"),
        "baseVersion": more.get("base"),
        "payload": payload,
    }


def push(who: Any, *actions: Any, path: str = PATH) -> list[dict[str, Any]]:
    answer = who.post(path, json={"actions": list(actions)})
    assert answer.status == 200, answer.text
    results: list[dict[str, Any]] = answer.json["results"]
    return results


def outcomes(results: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(result["outcome"], result["code"]) for result in results]


def delivered(*items: tuple[int, int]) -> list[dict[str, int]]:
    return [{"productId": product, "quantityFilled": units} for product, units in items]


def trip(order: Any, place: Any) -> list[dict[str, Any]]:
    """Return a whole trip, done offline with the order's first version in hand."""
    first, second = order.stops
    return [
        action("START_ORDER", order, base=1, at="2026-03-04T17:10:00Z"),
        action("START_CABINET", order, first, base=1, at="2026-03-04T17:20:00Z"),
        action(
            "EXECUTE_CABINET",
            order,
            first,
            base=1,
            at="2026-03-04T17:40:00Z",
            deliveredItems=delivered((place.cola, 12), (place.crisps, 5)),
        ),
        action("ADD_NOTE", order, first, base=1, note="door sticks"),
        action("SKIP_CABINET", order, second, base=1, at="2026-03-04T17:50:00Z", reason="locked"),
        action("COMPLETE_ORDER", order, base=1, at="2026-03-04T17:51:00Z"),
    ]


@pytest.mark.rule("US-087", "BR-126", "BR-127", "BR-128", "BR-125")
def test_a_trip_through_a_dead_zone_is_applied_in_its_order_at_the_phones_times(
    driver: Any, order: Any, place: Any, advance: Any, db: Any
) -> None:
    advance(hours=2)

    results = push(driver, *trip(order, place))

    assert outcomes(results) == [("applied", None)] * 6
    assert order.states == ("completed", ["completed", "skipped"])
    assert place.stock(place.first) == {"A1": 8, "A2": 6, "B1": 8}
    assert [result["syncVersion"] for result in results] == [2, 3, 4, 5, 6, 6]
    told = driver.get(f"{ORDERS}/{order.id}").json
    assert (told["notes"], told["syncVersion"]) == ("111, cabinet 0: door sticks", 6)
    assert told["startedAt"] == "2026-03-04T17:10:00.000Z"
    first = next(cabinet for cabinet in told["cabinets"] if cabinet["cabinetOrderId"] == order.stops[0])
    assert (first["startedAt"], first["executedAt"]) == ("2026-03-04T17:20:00.000Z", "2026-03-04T17:40:00.000Z")
    assert db.value("SELECT duration_minutes FROM service_visits") == 20
    assert db.value("SELECT technician_id FROM service_visits") == driver.user_id


@pytest.mark.rule("US-087", "BR-128", "US-084")
def test_a_queue_that_comes_again_moves_nothing(driver: Any, order: Any, place: Any, advance: Any, db: Any) -> None:
    advance(hours=2)
    queue = trip(order, place)
    first = push(driver, *queue)
    advance(hours=1)

    again = push(driver, *queue, path="/api/offline-sync")

    assert outcomes(again) == [("duplicate", None)] * 6
    assert [{**result, "outcome": "applied"} for result in again] == first
    assert place.stock(place.first) == {"A1": 8, "A2": 6, "B1": 8}
    assert db.value("SELECT count(*) FROM service_visits") == 1
    assert db.value("SELECT count(*) FROM inventory_movements WHERE kind = 'restock'") == 3


@pytest.mark.rule("US-087", "BR-128", "BR-125")
def test_a_queue_whose_answer_was_lost_halfway_goes_on_where_it_stopped(
    driver: Any, order: Any, place: Any, advance: Any
) -> None:
    advance(hours=2)
    queue = trip(order, place)
    push(driver, *queue[:3])

    again = push(driver, *queue)

    assert outcomes(again) == [("duplicate", None)] * 3 + [("applied", None)] * 3
    assert order.states == ("completed", ["completed", "skipped"])


@pytest.mark.rule("US-087", "BR-125")
def test_an_order_cancelled_meanwhile_is_a_conflict_and_nothing_of_it_is_applied(
    driver: Any, manager: Any, order: Any, plan: Any, place: Any, advance: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    manager.post(f"{ORDERS}/{order.id}/cancel", json={"reason": "storm"})
    advance(hours=2)

    results = push(driver, *trip(order, place)[:3], action("START_ORDER", other, base=1))

    assert outcomes(results) == [
        ("conflict", "VERSION_CONFLICT"),
        ("rejected", "EARLIER_ACTION_FAILED"),
        ("rejected", "EARLIER_ACTION_FAILED"),
        ("applied", None),
    ]
    server = results[0]["serverVersion"]
    assert (server["id"], server["status"], server["cancelReason"]) == (order.id, "cancelled", "storm")
    assert results[0]["syncVersion"] == server["syncVersion"] == 2
    assert results[1]["details"] == {"key": results[0]["key"]}
    assert order.states == ("cancelled", ["pending", "pending"])
    assert place.stock(place.first) == {"A1": 0, "A2": 2, "B1": 3}
    assert other.states[0] == "in_progress"


@pytest.mark.rule("BR-125")
def test_a_change_by_somebody_else_between_two_pushes_is_a_conflict(
    driver: Any, manager: Any, order: Any, place: Any, advance: Any
) -> None:
    advance(hours=2)
    queue = trip(order, place)
    push(driver, *queue[:2])
    manager.put(f"{ORDERS}/{order.id}", json={"notes": "ring twice"})

    results = push(driver, *queue[:3])

    assert outcomes(results) == [("duplicate", None), ("duplicate", None), ("conflict", "VERSION_CONFLICT")]
    again = push(driver, {**queue[2], "baseVersion": results[2]["syncVersion"]})
    assert outcomes(again) == [("applied", None)]


@pytest.mark.rule("US-087")
def test_a_rejected_action_stops_its_own_order_only_and_may_be_sent_again(
    driver: Any, order: Any, plan: Any, place: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    first, second = order.stops
    too_much = action("EXECUTE_CABINET", order, first, deliveredItems=delivered((place.cola, 500)))
    skip = action("SKIP_CABINET", order, second, reason="locked")

    results = push(driver, too_much, skip, action("START_ORDER", other))
    settled = {**too_much, "payload": {"deliveredItems": delivered((place.cola, 1))}}
    again = push(driver, settled, skip)

    assert outcomes(results) == [
        ("rejected", "OVER_CAPACITY"),
        ("rejected", "EARLIER_ACTION_FAILED"),
        ("applied", None),
    ]
    assert outcomes(again) == [("applied", None), ("applied", None)]
    assert order.states == ("completed", ["completed", "skipped"])


@pytest.mark.rule("BR-128")
def test_a_key_stands_for_one_action(driver: Any, order: Any) -> None:
    note = action("ADD_NOTE", order, note="one")

    results = push(driver, note, {**note, "payload": {"note": "two"}})

    assert outcomes(results) == [("applied", None), ("rejected", "IDEMPOTENCY_KEY_REUSED")]
    assert driver.get(f"{ORDERS}/{order.id}").json["notes"] == "one"


@pytest.mark.rule("BR-128")
def test_the_same_queue_sent_twice_at_once_is_applied_once(driver: Any, order: Any, place: Any, db: Any) -> None:
    queue = [
        action("START_ORDER", order),
        action("EXECUTE_CABINET", order, order.stops[0], deliveredItems=delivered((place.cola, 3))),
        action("ADD_NOTE", order, note="once"),
    ]

    driver.get(ORDERS)  # Signs in, which two requests at once would both try.

    both = at_once(*[lambda: driver.post(PATH, json={"actions": queue})] * 2)

    for results in zip(*(answer.json["results"] for answer in both), strict=True):
        assert sorted(result["outcome"] for result in results) == ["applied", "duplicate"]
    assert db.value("SELECT count(*) FROM service_visits") == 1
    assert driver.get(f"{ORDERS}/{order.id}").json["notes"] == "once"


@pytest.mark.rule("BR-127")
def test_a_time_that_cannot_be_right_is_replaced_with_a_warning(driver: Any, order: Any) -> None:
    early = push(driver, action("START_ORDER", order, at="2026-03-04T16:00:00Z"))
    late = push(driver, action("START_CABINET", order, order.stops[0], at="2026-03-04T17:06:00Z"))

    assert "cannot be right" in early[0]["warnings"][0]
    assert "cannot be right" in late[0]["warnings"][0]
    assert driver.get(f"{ORDERS}/{order.id}").json["startedAt"] == "2026-03-04T17:00:00.000Z"


@pytest.mark.rule("US-090")
def test_notes_are_added_below_those_of_others(driver: Any, manager: Any, order: Any) -> None:
    manager.put(f"{ORDERS}/{order.id}", json={"notes": "ring twice"})

    results = push(driver, action("ADD_NOTE", order, text="nobody answered"), action("ADD_NOTE", order, note=" "))
    too_long = push(driver, action("ADD_NOTE", order, note="x" * 4000))

    assert outcomes(results + too_long) == [("applied", None), ("rejected", "VALIDATION"), ("rejected", "VALIDATION")]
    assert driver.get(f"{ORDERS}/{order.id}").json["notes"] == "ring twice\nnobody answered"


@pytest.mark.rule("US-086", "US-087", "BR-135")
def test_a_photo_uploaded_before_is_confirmed_in_its_place_in_the_queue(
    driver: Any, order: Any, place: Any, db: Any, cloud: Any
) -> None:
    db.execute("UPDATE system_settings SET value = 'true' WHERE key = 'photos_required'")
    cloud.place.client("s3").put_object(
        Bucket=cloud.environment["CVD_FILES_BUCKET"], Key=f"photos/2026-03-02/{order.id}/{digest(png())}", Body=png()
    )
    stop = order.stops[0]
    queue = [
        action("UPLOAD_PHOTO_META", order, stop, base=1, sha256=digest(png()), size=len(png()), clientPhotoId="p1"),
        action("EXECUTE_CABINET", order, stop, base=1, deliveredItems=delivered((place.cola, 3))),
    ]

    results = push(driver, *queue)
    again = push(driver, *queue)

    assert outcomes(results) == [("applied", None)] * 2
    assert outcomes(again) == [("duplicate", None)] * 2
    (photo,) = driver.get(f"{ORDERS}/{order.id}/photos").json["photos"]
    assert photo["id"] == results[0]["photoId"] == again[0]["photoId"]
    assert photo["order_cabinet_id"] == stop


@pytest.mark.rule("US-086", "BR-125")
def test_photos_of_an_order_cancelled_meanwhile_are_kept(driver: Any, manager: Any, order: Any, cloud: Any) -> None:
    cloud.place.client("s3").put_object(
        Bucket=cloud.environment["CVD_FILES_BUCKET"], Key=f"photos/2026-03-02/{order.id}/{digest(png())}", Body=png()
    )
    manager.post(f"{ORDERS}/{order.id}/cancel", json={"reason": "storm"})

    there = push(driver, action("UPLOAD_PHOTO_META", order, base=1, sha256=digest(png()), size=len(png())))
    absent = push(driver, action("UPLOAD_PHOTO", order, sha256=digest(b"x"), size=1))

    assert outcomes(there + absent) == [("applied", None), ("rejected", "PHOTO_NOT_UPLOADED")]


@pytest.mark.rule("US-087", "BR-126")
def test_the_names_of_the_legacy_queue_are_understood(driver: Any, order: Any, place: Any) -> None:
    start = {
        "key": "l1",
        "type": "UPDATE_ORDER_STATUS",
        "timestamp": "2026-03-04T17:00:00Z",
        "data": {"orderId": order.id, "status": "in_progress"},
    }
    complete = {"key": "l2", "type": "COMPLETE_ORDER", "data": {"orderId": order.id}}
    deliveries = [
        {
            "key": f"d{stop}",
            "type": "EXECUTE_DELIVERY",
            "data": {
                "orderId": order.id,
                "cabinetId": stop,
                "deliveredItems": [{"productId": place.cola, "quantity": 1}],
            },
        }
        for stop in order.stops
    ]

    early = push(driver, start, complete)
    results = push(driver, *deliveries, complete, action("COMPLETE_ORDER", order, base=1))

    assert outcomes(early) == [("applied", None), ("rejected", "OPEN_CABINETS")]
    assert early[1]["details"]["cabinetOrderIds"] == list(order.stops)
    assert outcomes(results) == [("applied", None)] * 4
    assert order.states == ("completed", ["completed", "completed"])


@pytest.mark.rule("US-087")
def test_an_action_that_is_none_is_answered_by_itself_and_stops_its_order(
    driver: Any, order: Any, plan: Any, place: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    results = push(
        driver,
        {"key": "u", "type": "FLY", "orderId": str(order.id)},
        action("START_ORDER", order),
        "nonsense",
        {"type": "START_ORDER", "orderId": other.id, "key": ""},
        action("START_ORDER", other),
        action("SKIP_CABINET", other, other.stops[0], reason="x", key="x" * 181),
    )

    assert outcomes(results) == [
        ("rejected", "VALIDATION"),
        ("rejected", "EARLIER_ACTION_FAILED"),
        ("rejected", "VALIDATION"),
        ("rejected", "VALIDATION"),
        ("rejected", "EARLIER_ACTION_FAILED"),
        ("rejected", "VALIDATION"),
    ]
    assert (results[0]["key"], results[0]["type"], results[0]["orderId"]) == ("u", "FLY", order.id)
    assert order.states[0] == other.states[0] == "pending"


@pytest.mark.rule("US-087")
def test_payloads_that_do_not_fit_their_type_are_rejected(driver: Any, order: Any) -> None:
    stop = order.stops[0]
    wrong = [
        action("START_CABINET", order),
        action("EXECUTE_CABINET", order, stop),
        action("SKIP_CABINET", order, stop),
        action("ADD_NOTE", order),
        action("UPDATE_ORDER_STATUS", order),
        action("UPDATE_ORDER_STATUS", order, status="lost"),
        action("UPLOAD_PHOTO_META", order, size=1),
    ]

    assert {outcome for one in wrong for outcome in outcomes(push(driver, one))} == {("rejected", "VALIDATION")}
    assert order.states == ("pending", ["pending", "pending"])


@pytest.mark.rule("US-087")
@pytest.mark.parametrize("body", [{}, {"actions": None}, {"actions": {}}, {"actions": [{}] * 201}])
def test_what_is_no_queue_is_refused(driver: Any, body: Any) -> None:
    assert driver.post(PATH, json=body).status == 400
    assert push(driver) == []


@pytest.mark.rule("BR-095", "BR-126")
def test_nobody_brings_actions_for_an_order_that_is_not_there_for_them(
    driver: Any, another: Any, viewer: Any, client: Any, order: Any, plan: Any, place: Any, db: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    start = action("START_ORDER", order)

    stranger = push(another("driver"), start, action("UPLOAD_PHOTO_META", order, sha256=digest(b"x"), size=1))
    mixed = push(driver, action("SKIP_CABINET", order, other.stops[0], reason="x"))
    forbidden = push(driver, action("UPDATE_ORDER_STATUS", other, status="cancelled", reason="tired"))

    assert outcomes(stranger) == [("rejected", "NOT_FOUND"), ("rejected", "EARLIER_ACTION_FAILED")]
    assert outcomes(mixed + forbidden) == [("rejected", "NOT_FOUND"), ("rejected", "FORBIDDEN")]
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'access.denied'") == 1
    assert order.states[0] == other.states[0] == "pending"
    for path in (PATH, "/api/offline-sync"):
        assert [who.post(path, json={"actions": [start]}).status for who in (viewer, client)] == [403, 401]
