"""Senders that deliver reads over HTTP as a telemeter does: again and again until they are answered with 202."""

import json
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue
from random import Random
from typing import Self

from tools.telemetry.storm.fleet import Taken

PATIENCE = 600


@dataclass
class Deliveries:
    """What is to be sent, and what was answered, by status; 0 stands for no answer."""

    waiting: SimpleQueue[Sequence[Taken]] = field(default_factory=SimpleQueue)
    answers: Counter[int] = field(default_factory=Counter)
    duplicates: int = 0
    total: int = 0
    alone: int = 0
    reads: int = 0
    is_dated: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(
        cls, reads: Sequence[Taken], *, together: int = 1, dice: Random | None = None, is_dated: bool = True
    ) -> Self:
        """Reads to be delivered in this order, so many `together` in one request; with dice every other one alone.

        `is_dated` tells with each read when it was taken.
        """
        made = cls(reads=len(reads), is_dated=is_dated)
        start = 0
        while start < len(reads):
            size = together if dice is None else dice.choice((1, dice.randint(1, together)))
            parcel = reads[start : start + size]
            made.waiting.put(parcel)
            made.total += 1
            made.alone += len(parcel) == 1
            start += size
        return made

    def note(self, status: int, *, duplicates: int = 0) -> None:
        with self.lock:
            self.answers[status] += 1
            self.duplicates += duplicates


def send(ports: Sequence[int], token: str, deliveries: Deliveries, *, senders: int) -> None:
    """Deliver everything by so many senders at once; one sender keeps the order.

    Raises `RuntimeError` when a read was never taken.
    """
    failures: list[Exception] = []
    threads = [
        threading.Thread(target=_work, args=(ports[number % len(ports)], token, deliveries, failures), daemon=True)
        for number in range(senders)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise RuntimeError("a sender gave up") from failures[0]


def _work(port: int, token: str, deliveries: Deliveries, failures: list[Exception]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        while True:
            _deliver(connection, token, deliveries.waiting.get_nowait(), deliveries)
    except Empty:
        return
    except Exception as error:  # noqa: BLE001 - told by the thread that started us
        failures.append(error)
    finally:
        connection.close()


def _deliver(connection: HTTPConnection, token: str, reads: Sequence[Taken], deliveries: Deliveries) -> None:
    envelopes = [
        {"content": read.content.decode("ascii"), "collectedAt": read.at.isoformat() if deliveries.is_dated else None}
        for read in reads
    ]
    body = json.dumps(envelopes[0] if len(envelopes) == 1 else {"reads": envelopes})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for _ in range(PATIENCE):
        try:
            connection.request("POST", "/api/telemetry/reads", body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (HTTPException, OSError):
            connection.close()
            deliveries.note(0)
            time.sleep(0.1)
            continue
        if answer.status == 202:
            deliveries.note(202, duplicates=sum(file["duplicate"] for file in json.loads(content)["files"]))
            return
        deliveries.note(answer.status)
        time.sleep(0.1)
    raise RuntimeError("a read was never taken")
