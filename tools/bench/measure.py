"""Measuring the mix: one request at a time in this process, and four connections over HTTP."""

import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import psycopg

from tools.bench import mix, recording
from tools.bench.asking import Ask, OverHttp, Refused, Told
from tools.bench.fill import Size
from tools.bench.mix import Case, Lane
from tools.bench.recording import Recorder

WARM_UP = 4
ROUNDS = 24
LONGEST_SECONDS = 8.0
LANES = 4
SECONDS_OVER_HTTP = 1.5


@dataclass(frozen=True)
class Alone:
    """One case asked one at a time: milliseconds, what it said to the database, and how large its answer is.

    `bare` is the median of the same SQL run bare through psycopg in turn with the requests; of writes, which cannot
    be repeated, the median of the time spent in SQL within the requests.
    """

    p50: float
    p95: float
    statements: int
    size: int
    bare: float

    @property
    def ratio(self) -> float:
        """What the application adds to its SQL."""
        return self.p50 / self.bare


@dataclass(frozen=True)
class Together:
    """One case asked by four connections of two processes: milliseconds, requests a second, failures."""

    p50: float
    p95: float
    rate: float
    failed: int


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * percent // 100) - 1)]


def alone(case: Case, lane: Lane, recorder: Recorder, url: str) -> Alone:
    """Ask some rounds in this process, each followed by the same SQL bare."""
    times, bare, statements, size = [], [], 0, 0
    started = time.perf_counter()
    with psycopg.connect(url, autocommit=True, options="-c timezone=UTC", prepare_threshold=None) as connection:
        for turn in range(WARM_UP + ROUNDS):
            if turn > WARM_UP + 8 and time.perf_counter() - started > LONGEST_SECONDS:
                break
            with mix.asked(case, lane, turn) as send:
                recorder.forget()
                seconds, told = _timed(lane, send)
                in_sql, said = recorder.seconds, list(recorder.said)
            again = in_sql if case.writes else recording.repeat(connection, said)
            if turn >= WARM_UP:
                times.append(seconds * 1000)
                bare.append(again * 1000)
                statements, size = len(said), len(told.text.encode())
    return Alone(statistics.median(times), percentile(times, 95), statements, size, statistics.median(bare))


def _timed(lane: Lane, send: Any) -> tuple[float, Told]:  # Any: what `mix.asked` gives
    seconds: list[float] = []

    def how(request: Ask) -> Told:
        started = time.perf_counter()
        told = lane.ask(request, lane.token)
        seconds.append(time.perf_counter() - started)
        if told.status >= 300:
            raise Refused(f"{request.method} {request.url} answered {told.status}: {told.text[:500]}")
        return told

    told = send(how)
    return seconds[0], told


def together(case: Case, size: Size, tokens: Sequence[str], ports: Sequence[int]) -> Together:
    """Ask for some seconds by four connections, two to each process."""
    lanes = [Lane(number, size, tokens[number], OverHttp(ports[number % len(ports)])) for number in range(LANES)]
    started = time.perf_counter()
    with ThreadPoolExecutor(LANES) as threads:
        results = list(threads.map(lambda lane: _keep_asking(case, lane, started + SECONDS_OVER_HTTP), lanes))
    elapsed = time.perf_counter() - started
    times = [seconds * 1000 for taken, _ in results for seconds in taken]
    failed = sum(failures for _, failures in results)
    return Together(statistics.median(times), percentile(times, 95), len(times) / elapsed, failed)


def _keep_asking(case: Case, lane: Lane, until: float) -> tuple[list[float], int]:
    times, failed, turn = [], 0, 0
    while turn < 2 or time.perf_counter() < until:
        try:
            with mix.asked(case, lane, turn) as send:
                seconds, _ = _timed(lane, send)
            if turn:
                times.append(seconds)
        except Refused:
            failed += 1
        turn += 1
    return times or [0.0], failed
