"""Functions in processes of their own through AWS's runtime client: answers, errors, limits, and what stays warm."""

import io
import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from tests.gateway.conftest import Made
from tools.gateway.built import Built, NotBuilt, Packaged
from tools.gateway.events import Request
from tools.gateway.front import Gateway
from tools.gateway.pool import AT_ONCE, Pool
from tools.gateway.sandbox import Failed, Place, TimedOut
from tools.gateway.system import running

ECHO = """
import os, json
def handle(event, context):
    body = json.dumps({"pid": os.getpid(), "event": event, "left": context.get_remaining_time_in_millis(),
                       "environment": dict(os.environ)})
    return {"statusCode": 200, "headers": {}, "body": body}
"""

SLOW_WHEN_ASKED = """
import os, time
def handle(event, context):
    time.sleep(event.get("seconds", 0))
    return os.getpid()
"""


@contextmanager
def pool_of(built: Built, settings: Mapping[str, str] | None = None, **given: Any) -> Iterator[tuple[Pool, Packaged]]:
    with Pool(Place(built, settings or {}), **given) as pool:
        yield pool, built.functions["probe"]


def ask(pool: Pool, function: Packaged, event: object = None, **given: Any) -> Any:
    return json.loads(pool.invoke(function, json.dumps(event or {}).encode(), **given))


def test_a_function_gets_its_event_its_settings_and_nothing_of_this_machine(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET_OF_THIS_MACHINE", "x")
    settings = {"CVD_STAGE": "test", "CVD_FILES_BUCKET": "not declared", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}

    with pool_of(made(ECHO, timeout=7), settings) as (pool, function):
        told = json.loads(ask(pool, function, {"a": 1})["body"])

    assert told["event"] == {"a": 1}
    assert 0 < told["left"] <= 7000
    has = told["environment"]
    assert (has["CVD_STAGE"], has["AWS_LAMBDA_FUNCTION_NAME"], has["_HANDLER"]) == ("test", "probe", "handler.handle")
    assert has["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1"
    assert not {"A_SECRET_OF_THIS_MACHINE", "CVD_FILES_BUCKET", "VIRTUAL_ENV"} & has.keys()


def test_packages_of_this_machine_are_out_of_reach(made: Made) -> None:
    code = "import pytest\ndef handle(event, context): pass\n"
    with pool_of(made(code)) as (pool, function), pytest.raises(Failed, match="pytest"):
        pool.invoke(function, b"{}")


def test_a_process_is_kept_and_used_again(made: Made) -> None:
    with pool_of(made(SLOW_WHEN_ASKED)) as (pool, function):
        assert ask(pool, function) == ask(pool, function)
        assert pool.warm() == 1
    assert pool.warm() == 0


def test_two_events_at_once_are_two_processes(made: Made) -> None:
    found: list[int] = []
    with pool_of(made(SLOW_WHEN_ASKED, timeout=20)) as (pool, function):
        threads = [threading.Thread(target=lambda: found.append(ask(pool, function, {"seconds": 1}))) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(set(found)) == 2
    assert len(found) <= AT_ONCE


def test_an_idle_process_is_ended(made: Made) -> None:
    with pool_of(made(SLOW_WHEN_ASKED), idle_seconds=0.1) as (pool, function):
        ask(pool, function)
        time.sleep(0.2)
        assert pool.reap() == 1
        assert pool.warm() == 0


def test_the_one_idle_for_longest_makes_room(made: Made) -> None:
    built = made(SLOW_WHEN_ASKED)
    first = built.functions["probe"]
    second = Packaged(**{**vars(first), "name": "second"})
    with pool_of(built, most=1) as (pool, _):
        before = ask(pool, first)
        ask(pool, second)
        assert pool.warm() == 1
        assert ask(pool, first) != before


def test_a_function_that_takes_too_long_is_ended_and_the_next_event_gets_a_new_one(made: Made) -> None:
    with pool_of(made(SLOW_WHEN_ASKED, timeout=30)) as (pool, function):
        before = ask(pool, function)
        with pytest.raises(TimedOut):
            ask(pool, function, {"seconds": 25}, seconds=1)
        assert ask(pool, function) != before


def test_what_a_function_raises_is_told_and_its_process_lives_on(made: Made) -> None:
    code = "def handle(event, context):\n    return 1 / event['by']\n"
    with pool_of(made(code)) as (pool, function):
        with pytest.raises(Failed, match="ZeroDivisionError"):
            ask(pool, function, {"by": 0})
        assert ask(pool, function, {"by": 2}) == 0.5
        assert pool.warm() == 1


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise RuntimeError('not today')\n", "not today"),
        ("import os\ndef handle(event, context): os._exit(3)\n", "status 3"),
        ("def other(event, context): pass\n", "handle"),
    ],
)
def test_a_function_that_cannot_work_says_why(made: Made, code: str, words: str) -> None:
    with pool_of(made(code)) as (pool, function), pytest.raises(Failed, match=words):
        pool.invoke(function, b"{}")


def test_a_function_that_outgrows_its_memory_is_ended(made: Made) -> None:
    code = "def handle(event, context):\n    return len(bytearray(event['mebibytes'] * 2**20))\n"
    with pool_of(made(code, memory=128)) as (pool, function):
        assert ask(pool, function, {"mebibytes": 8}) == 8 * 2**20
        with pytest.raises(Failed, match="more than its 128 MiB"):
            ask(pool, function, {"mebibytes": 160})
        assert pool.warm() == 0


def get(address: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any, Mapping[str, str]]:
    answer = requests.request("POST" if body else "GET", address + path, data=body, headers=headers, timeout=30)
    return answer.status_code, answer.json(), answer.headers


def test_a_request_goes_through_the_gateway_to_the_function(made: Made) -> None:
    with running(made(ECHO).folder, {}) as system:
        status, told, _ = get(system.address, "/api/probe/x?y=1", b"body")

    assert status == 200
    assert told["event"]["pathParameters"] == {"thing": "x"}
    assert told["event"]["httpMethod"] == "POST"


def test_what_the_gateway_answers_itself_has_the_shape_of_every_refusal(made: Made) -> None:
    code = "import time\ndef handle(event, context):\n    return time.sleep(9) if 'slow' in event['path'] else 'no'\n"
    with running(made(code, timeout=2).folder, {}) as system:
        found = {
            path: get(system.address, path, Origin="https://page.example")
            for path in ("/api/nothing", "/api/probe/slow", "/api/probe/wrong")
        }
        large = get(system.address, "/api/probe/x", b"x" * (11 * 2**20))

    assert {path: (status, told["code"]) for path, (status, told, _) in found.items()} == {
        "/api/nothing": (404, "NOT_FOUND"),
        "/api/probe/slow": (502, "INTERNAL"),
        "/api/probe/wrong": (502, "INTERNAL"),
    }
    assert (large[0], large[1]["code"]) == (413, "PAYLOAD_TOO_LARGE")
    for _, told, headers in found.values():
        assert {"error", "code", "details", "requestId"} == told.keys()
        assert headers["Access-Control-Allow-Origin"] == "https://page.example"
        assert headers["X-Request-Id"] == told["requestId"]


@pytest.mark.parametrize(
    ("timeout", "status", "code"), [(1, 502, "INTERNAL"), (2, 504, "TIMEOUT"), (3, 504, "TIMEOUT")]
)
def test_a_function_that_ends_at_its_own_limit_failed_and_one_that_the_gateway_leaves_timed_out(
    made: Made, timeout: int, status: int, code: str
) -> None:
    built = made("import time\ndef handle(event, context):\n    time.sleep(9)\n", timeout=timeout)
    with Pool(Place(built, {})) as pool:
        gateway = Gateway(list(built.functions.values()), pool, longest_seconds=2)
        answer = gateway.answer(Request("GET", "/api/probe/x", "", [], b"", "127.0.0.1"))

    assert (answer.status, json.loads(answer.body)["code"]) == (status, code)


def test_a_worker_is_called_by_the_name_in_its_declaration(made: Made) -> None:
    with running(made(SLOW_WHEN_ASKED, kind="schedule", path=None).folder, {}) as system:
        assert isinstance(system.call("probe", {}), int)


def test_without_a_build_one_sentence_says_what_to_do(tmp_path: Any) -> None:
    with pytest.raises(NotBuilt, match="make package"):
        _ = Built(tmp_path / "dev").functions


def test_the_log_of_a_function_is_what_it_prints(made: Made, tmp_path: Any) -> None:
    built = made("def handle(event, context):\n    print('said so')\n")
    with (tmp_path / "log").open("wb") as log, Pool(Place(built, {}, log)) as pool:
        pool.invoke(built.functions["probe"], b"{}")

    assert "said so" in (tmp_path / "log").read_text()
    assert isinstance(log, io.BufferedWriter)
