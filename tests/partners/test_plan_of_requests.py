"""A client's plan of requests: so many a minute and so many a day, what is left on every answer, 429 beyond."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from tests.partners.programs import Program, Programs
from tests.support.people import SignedIn

Join = Callable[..., Program]


def test_each_answer_tells_what_is_left(program: Join, clock_at: Callable[[datetime], None]) -> None:
    acme = program(requestsPerMinute=3, requestsPerDay=1000)
    clock_at(clock.now().replace(second=10))

    answers = [acme.client.get("/api/products"), acme.client.get("/api/users"), acme.client.get("/api/products/999")]

    assert [answer.status for answer in answers] == [200, 403, 404]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0"]
    assert {answer.headers["ratelimit-limit"] for answer in answers} == {"3"}
    assert {answer.headers["ratelimit-reset"] for answer in answers} == {"50"}
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {"3;w=60, 1000;w=86400"}


def test_beyond_the_minute_is_429_until_the_next_one(
    program: Join, clock_at: Callable[[datetime], None], advance: Callable[..., None]
) -> None:
    acme = program(requestsPerMinute=2)
    clock_at(clock.now().replace(second=10))

    answers = [acme.client.get("/api/products") for _ in range(4)]

    assert [answer.status for answer in answers] == [200, 200, 429, 429]
    assert answers[2].json["code"] == "RATE_LIMITED"
    assert [answers[2].headers[name] for name in ("retry-after", "ratelimit-remaining")] == ["50", "0"]
    advance(seconds=50)
    assert acme.client.get("/api/products").status == 200


def test_beyond_the_day_is_429_until_the_next_one(
    program: Join, clock_at: Callable[[datetime], None], advance: Callable[..., None]
) -> None:
    acme = program(requestsPerDay=2)
    clock_at(datetime(2026, 11, 28, 23, 0, tzinfo=UTC))

    answers = [acme.client.get("/api/products") for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "3600"
    advance(seconds=3600)
    assert acme.client.get("/api/products").status == 200


def test_refused_requests_do_not_eat_the_days_plan(
    program: Join, clock_at: Callable[[datetime], None], advance: Callable[..., None]
) -> None:
    acme = program(requestsPerMinute=1, requestsPerDay=2)
    clock_at(datetime(2026, 11, 28, 12, 0, tzinfo=UTC))
    statuses = [acme.client.get("/api/products").status for _ in range(5)]

    advance(seconds=60)

    assert statuses == [200, 429, 429, 429, 429]
    assert acme.client.get("/api/products").status == 200


def test_a_refused_request_is_neither_audited_nor_counted_as_use(program: Join, db: Connection) -> None:
    acme = program(requestsPerMinute=1)
    for _ in range(3):
        acme.client.get("/api/products")

    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'api_client.called'") in (1, 2)


def test_clients_and_their_credentials_are_counted_by_client(programs: Programs, admin: SignedIn) -> None:
    acme, other = programs.join(requestsPerDay=2), programs.join(name="Other", requestsPerDay=2)
    renewed = admin.post(f"{acme.path}/rotate", json={}).json["credential"]
    second = programs.with_token(programs.token(renewed))

    assert [acme.client.get("/api/products").status, second.get("/api/products").status] == [200, 200]
    assert [acme.client.get("/api/products").status, second.get("/api/products").status] == [429, 429]
    assert other.client.get("/api/products").status == 200


def test_a_new_plan_holds_from_the_next_request_on(program: Join, admin: SignedIn) -> None:
    acme = program(requestsPerDay=1)
    assert [acme.client.get("/api/products").status for _ in range(2)] == [200, 429]

    admin.put(acme.path, json={"requestsPerDay": 2})

    assert [acme.client.get("/api/products").status for _ in range(2)] == [200, 429]


def test_requests_at_the_same_moment_are_counted_one_by_one(program: Join) -> None:
    acme = program(requestsPerDay=5)

    with ThreadPoolExecutor(4) as threads:
        statuses = list(threads.map(lambda _: acme.client.get("/api/products").status, range(20)))

    assert (statuses.count(200), statuses.count(429)) == (5, 15)


def test_people_have_no_plan(admin: SignedIn) -> None:
    assert "ratelimit-limit" not in admin.get("/api/products").headers
