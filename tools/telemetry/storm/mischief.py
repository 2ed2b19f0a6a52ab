"""What goes wrong in the middle: a queue worker is killed, and the database loses its power."""

import os
import signal
import threading
import time

from tools.telemetry.storm.sending import Deliveries
from tools.telemetry.storm.stand import Stand

DARK_SECONDS = 0.5


class Mischief(threading.Thread):
    """Strikes as many times as asked, evenly spread over the deliveries; each time something new takes the place."""

    def __init__(self, place: Stand, deliveries: Deliveries, times: int) -> None:
        super().__init__(name="mischief", daemon=True)
        self._place, self._deliveries, self._times = place, deliveries, times
        self.done = 0

    def run(self) -> None:
        """Wait for the next share of the deliveries to be taken, and strike."""
        for number in range(1, self._times + 1):
            while self._deliveries.answers[202] < self._deliveries.total * number // (self._times + 1):
                time.sleep(0.05)
            self._strike(number)
            self.done += 1

    def _strike(self, number: int) -> None:
        victim = self._place.workers.pop(0)
        os.killpg(victim.process.pid, signal.SIGKILL)
        victim.process.wait()
        self._place.postgres.crash()
        time.sleep(DARK_SECONDS)
        self._place.postgres.start()
        self._place.hire(100 + number)
