"""Bringing files in as a client does, with the queue's worker beside it."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.exchange.workers import exchange_work
from tests.support.client import Answer
from tests.support.people import SignedIn
from tests.support.services import TestCloud

Work = Callable[[], None]
BringIn = Callable[..., dict[str, Any]]


@pytest.fixture
def work(cloud: TestCloud) -> Work:
    """Let the worker take what waits in the queue."""

    def run() -> None:
        sqs, queue = cloud.place.client("sqs"), cloud.environment["CVD_EXCHANGE_QUEUE_URL"]
        while waiting := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
            for message in waiting:
                record = {"messageId": message["MessageId"], "body": message["Body"], "eventSource": "aws:sqs"}
                assert exchange_work({"Records": [record]}, None) == {"batchItemFailures": []}
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    return run


@pytest.fixture
def bring_in(manager: SignedIn, work: Work) -> BringIn:
    """Bring a file in, and what became of it."""

    def run(entity: str, text: str, **wish: Any) -> dict[str, Any]:
        asked = manager.post("/api/exchange/imports", json={"entity": entity, "content": text, **wish})
        assert asked.status == 202, asked.json
        work()
        return shown(manager, asked.json["id"])

    return run


def shown(person: SignedIn, job_id: int) -> dict[str, Any]:
    answer: Answer = person.get(f"/api/exchange/imports/{job_id}")
    assert answer.status == 200
    found: dict[str, Any] = answer.json
    return found


def rows(**counts: int) -> dict[str, int]:
    told = {name: counts.get(name, 0) for name in ("created", "updated", "unchanged", "refused")}
    return {"total": sum(told.values()), **told}


def lines(*facts: dict[str, Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in facts)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
