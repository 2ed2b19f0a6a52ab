"""The processes that are kept warm: started when an event wants one, used again, ended when long idle or too many."""

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, Self

from tools.gateway.built import Packaged
from tools.gateway.sandbox import Failed, Place, Sandbox

AT_ONCE: Final = 6
"""Events of one function that are worked on at one moment; more wait their turn, since this machine is small."""
MOST: Final = 40
"""Processes in all: beyond, the one idle for longest makes room."""
IDLE_SECONDS: Final = 180.0
LOOK_EVERY_SECONDS: Final = 5.0


class Throttled(Exception):
    """No process came free in time."""


@dataclass
class _Slots:
    """The processes of one function that are idle, and how many may still be busy."""

    free: threading.Semaphore
    idle: list[Sandbox] = field(default_factory=list)


class Pool:
    """Calls functions. As a context, it ends all processes at the end of the block."""

    def __init__(self, place: Place, *, most: int = MOST, idle_seconds: float = IDLE_SECONDS) -> None:
        self._place, self._most, self._idle_seconds = place, most, idle_seconds
        self._lock = threading.Lock()
        self._slots: defaultdict[str, _Slots] = defaultdict(lambda: _Slots(threading.Semaphore(AT_ONCE)))
        self._busy = 0
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._reap_until_closed, daemon=True, name="reaper").start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self.end_all()

    def invoke(self, function: Packaged, event: bytes, *, seconds: float | None = None) -> bytes:
        """The answer of a function to an event. Raises `TimedOut`, `Failed`, or `Throttled`."""
        limit = min(seconds or function.timeout, function.timeout)
        slots = self._slots[function.name]
        if not slots.free.acquire(timeout=limit):
            raise Throttled(f"All {AT_ONCE} processes of {function.name} were busy for {limit:.0f} seconds.")
        try:
            return self._invoke(slots, function, event, limit)
        finally:
            slots.free.release()

    def _invoke(self, slots: _Slots, function: Packaged, event: bytes, limit: float) -> bytes:
        sandbox = self._take(slots, function)
        try:
            return sandbox.invoke(event, seconds=limit)
        finally:
            self._give_back(slots, sandbox)

    def warm(self) -> int:
        """How many processes there are."""
        with self._lock:
            return self._busy + sum(len(slots.idle) for slots in self._slots.values())

    def _take(self, slots: _Slots, function: Packaged) -> Sandbox:
        with self._lock:
            self._busy += 1
            while slots.idle:
                known = slots.idle.pop()
                if known.is_alive:
                    return known
                known.end()
            crowded_out = self._longest_idle() if self._count() > self._most else None
        if crowded_out is not None:
            crowded_out.end()
        try:
            return Sandbox(function, self._place)
        except OSError as error:
            with self._lock:
                self._busy -= 1
            raise Failed(f"{function.name} could not be started: {error}") from error

    def _give_back(self, slots: _Slots, sandbox: Sandbox) -> None:
        with self._lock:
            self._busy -= 1
            if sandbox.is_alive and not self._closed.is_set():
                slots.idle.append(sandbox)
                return
        sandbox.end()

    def _count(self) -> int:
        return self._busy + sum(len(slots.idle) for slots in self._slots.values())

    def _longest_idle(self) -> Sandbox | None:
        idle = [(sandbox.used, slots) for slots in self._slots.values() for sandbox in slots.idle[:1]]
        return min(idle, key=lambda found: found[0])[1].idle.pop(0) if idle else None

    def _reap_until_closed(self) -> None:
        while not self._closed.wait(LOOK_EVERY_SECONDS):
            self.reap()

    def reap(self) -> int:
        """End the processes that have been idle for too long; how many."""
        before = time.monotonic() - self._idle_seconds
        with self._lock:
            old = [sandbox for slots in self._slots.values() for sandbox in slots.idle if sandbox.used < before]
            for slots in self._slots.values():
                slots.idle = [sandbox for sandbox in slots.idle if sandbox.used >= before]
        for sandbox in old:
            sandbox.end()
        return len(old)

    def end_all(self) -> None:
        """End all idle processes."""
        with self._lock:
            idle = [sandbox for slots in self._slots.values() for sandbox in slots.idle]
            for slots in self._slots.values():
                slots.idle.clear()
        for sandbox in idle:
            sandbox.end()
