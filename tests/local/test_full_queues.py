"""The local cloud's queues: what moto does too slowly when they are full is done as before, and counts as before."""

import time
from typing import Any

import pytest

MANY = 400


@pytest.fixture
def queue(cloud: Any) -> str:
    address: str = cloud.place.client("sqs").create_queue(QueueName=f"full-{time.time_ns()}")["QueueUrl"]
    return address


def fill(cloud: Any, queue: str) -> None:
    for start in range(0, MANY, 10):
        entries = [{"Id": str(number), "MessageBody": str(number)} for number in range(start, start + 10)]
        cloud.place.client("sqs").send_message_batch(QueueUrl=queue, Entries=entries)


def count(cloud: Any, queue: str, *names: str) -> list[str]:
    told = cloud.place.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=list(names) or ["All"])
    return [told["Attributes"][name] for name in names or ("ApproximateNumberOfMessages", "MessageRetentionPeriod")]


def test_every_message_is_handed_out_once_and_is_gone_when_it_is_done(cloud: Any, queue: str) -> None:
    fill(cloud, queue)
    sqs = cloud.place.client("sqs")
    seen = []
    while taken := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        seen += [int(one["Body"]) for one in taken]
        done = [{"Id": one["MessageId"], "ReceiptHandle": one["ReceiptHandle"]} for one in taken]
        sqs.delete_message_batch(QueueUrl=queue, Entries=done)

    assert sorted(seen) == list(range(MANY))
    assert count(cloud, queue, "ApproximateNumberOfMessages") == ["0"]


def test_a_queue_tells_what_waits_and_what_is_hidden(cloud: Any, queue: str) -> None:
    fill(cloud, queue)
    cloud.place.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)

    assert count(cloud, queue, "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible") == ["390", "10"]
    assert count(cloud, queue) == ["390", "345600"]


def test_what_is_hidden_comes_again_when_its_time_is_up(cloud: Any, queue: str) -> None:
    sqs = cloud.place.client("sqs")
    sqs.send_message(QueueUrl=queue, MessageBody="again")
    first = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=1)["Messages"]
    hidden = sqs.receive_message(QueueUrl=queue).get("Messages", [])
    time.sleep(1.2)
    again = sqs.receive_message(QueueUrl=queue)["Messages"]

    assert (first[0]["Body"], hidden, again[0]["Body"]) == ("again", [], "again")
