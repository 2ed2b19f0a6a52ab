"""Feeding the queues' functions as Lambda would: each queue by itself, a bounded number of batches at once."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

from chalice.app import Chalice

from chalicelib.kit import aws, outbox, worker
from chalicelib.kit.worker import Worker
from chalicelib.registry import QUEUES, WORKERS

LOOK_EVERY_SECONDS: Final = 0.5
MOST_AT_ONCE: Final = int(os.environ.get("CVD_LOCAL_BATCHES", "24"))
"""Batches of one queue that this machine works on at once, where Lambda would run more."""

Event = dict[str, Any]  # Any: JSON as Lambda hands it over
Call = Callable[[str, Event], Any]
"""Calls a worker by its name; what it gives back."""


@cache
def application() -> Chalice:
    """Return an application that holds the workers alone."""
    made = Chalice(app_name="cvd")
    for blueprint in WORKERS:
        made.register_blueprint(blueprint)
    return made


def in_this_process(worker: str, event: Event) -> Any:
    """Call a worker's handler as it is imported here."""
    return application().handler_map[worker](event, None)


def feed_queues(call: Call = in_this_process) -> int:
    """Hand the functions what waits in their queues, one batch each; how many messages that was."""
    return sum(feed(one, take(one), call) for one in fed())


def fed() -> Sequence[Worker]:
    """Return the workers that queues feed."""
    return [one for one in worker.declared() if one.name in QUEUES]


def take(one: Worker) -> list[Event]:
    """Take a batch of messages out of a function's queue; they are hidden for a while, and removed when done."""
    queue, most = os.environ[one.queue_setting], min(one.batch, 10)
    return list(aws.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=most).get("Messages", []))


def feed(one: Worker, waiting: Sequence[Event], call: Call = in_this_process) -> int:
    """Hand a batch to a function and remove what it has done; how many messages that was."""
    if not waiting:
        return 0
    answer = call(one.name, {"Records": [_record(message) for message in waiting]})
    failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
    done = [
        {"Id": message["MessageId"], "ReceiptHandle": message["ReceiptHandle"]}
        for message in waiting
        if message["MessageId"] not in failed
    ]
    if done:
        aws.client("sqs").delete_message_batch(QueueUrl=os.environ[one.queue_setting], Entries=done)
    return len(waiting)


def _record(message: Event) -> Event:
    return {"messageId": message["MessageId"], "body": message["Body"], "eventSource": "aws:sqs"}


def queues(call: Call = in_this_process) -> list["Queue"]:
    """Return a thread for each queue, not yet started."""
    return [Queue(one, call) for one in fed()]


class Queue(threading.Thread):
    """Feeds one function from its queue for as long as the process lives."""

    def __init__(self, one: Worker, call: Call) -> None:
        super().__init__(name=one.name, daemon=True)
        self._worker, self._call = one, call
        at_once = min(one.concurrency or MOST_AT_ONCE, MOST_AT_ONCE)
        self._room = threading.Semaphore(at_once)
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix=one.name)

    def run(self) -> None:
        """Take batches as long as there is room for more at once."""
        while True:
            self._room.acquire()
            try:
                waiting = take(self._worker)
            except Exception as error:  # noqa: BLE001 - the cloud may be starting anew: the queue is asked again
                _say(self.name, error)
                waiting = []
            if waiting:
                self._pool.submit(self._feed, waiting)
            else:
                self._room.release()
                time.sleep(LOOK_EVERY_SECONDS)

    def _feed(self, waiting: Sequence[Event]) -> None:
        try:
            feed(self._worker, waiting, self._call)
        except Exception as error:  # noqa: BLE001 - as in Lambda, the messages come again
            _say(self.name, error)
        finally:
            self._room.release()


def watch_outbox() -> None:
    """Hand on what is committed, for as long as the process lives."""
    while True:
        try:
            handed_on = outbox.relay()
        except Exception as error:  # noqa: BLE001 - the database may be starting anew: it is asked again
            _say("outbox", error)
            handed_on = 0
        if not handed_on:
            time.sleep(LOOK_EVERY_SECONDS)


def _say(name: str, error: Exception) -> None:
    print(f"{name} failed: {type(error).__name__}: {error}", flush=True)
