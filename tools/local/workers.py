"""What queues and schedules start in the cloud, started on this machine: `python -m tools.local.workers`.

`chalice local` serves routes only. This process feeds the queues' functions with what waits, as Lambda would, watches
the outbox, and runs each schedule at its time.
"""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from chalice.app import ScheduledEventConfig, ScheduleExpression

from tools.local import feeding
from tools.local.feeding import Call, Event, application, in_this_process

LOOK_EVERY_SECONDS: Final = 1.0
MINUTES: Final = {"minute": 1, "hour": 60, "day": 1440}


def is_due(expression: str, minute: datetime) -> bool:
    """Whether a schedule runs in this minute: `rate(5 minutes)`, or `cron(30 7 * * ? *)` with plain numbers or `*`.

    A rate counts from the beginning of the day. Raises `ValueError` for a form that none of our schedules has.
    """
    kind, _, inside = expression.rstrip(")").partition("(")
    parts = inside.split()
    if kind == "rate":
        every = int(parts[0]) * MINUTES[parts[1].removesuffix("s")]
        return (minute.hour * 60 + minute.minute) % every == 0
    if kind != "cron" or parts[2:] not in (["*", "*", "?", "*"],):
        raise ValueError(f"The local stage does not know the schedule {expression}.")
    return all(part in ("*", str(now)) for part, now in zip(parts[:2], (minute.minute, minute.hour), strict=True))


def schedules() -> dict[str, str]:
    """Return each scheduled function with its expression."""
    sources = (source for source in application().event_sources if isinstance(source, ScheduledEventConfig))
    return {source.name: _text(source.schedule_expression) for source in sources}


def _text(expression: ScheduleExpression | str) -> str:
    return expression if isinstance(expression, str) else expression.to_string()


def run_due(minute: datetime, call: Call = in_this_process) -> list[str]:
    """Run the schedules of a minute, one after the other; their names. A failed one is in the log and in `job_runs`."""
    due = [name for name, expression in schedules().items() if is_due(expression, minute)]
    for name in due:
        try:
            call(name, _tick(minute))
        except Exception as error:  # noqa: BLE001 - the next schedule must run all the same
            print(f"The schedule {name} failed: {type(error).__name__}: {error}", flush=True)
    return due


def _tick(minute: datetime) -> Event:
    return {
        "version": "0",
        "id": f"local-{minute:%Y%m%d%H%M}",
        "account": "000000000000",
        "region": "local",
        "source": "aws.events",
        "detail-type": "Scheduled Event",
        "detail": {},
        "time": minute.isoformat(),
        "resources": [],
    }


def minutes() -> Iterator[datetime]:
    """Yield each minute as it begins."""
    seen = datetime.now(UTC).replace(second=0, microsecond=0)
    while True:
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        if now > seen:
            seen = now
            yield now
        time.sleep(LOOK_EVERY_SECONDS)


def work(call: Call = in_this_process) -> None:
    """Run until stopped."""
    for queue in feeding.queues(call):
        queue.start()
    threading.Thread(target=feeding.watch_outbox, name="outbox", daemon=True).start()
    print("Schedules:", ", ".join(sorted(schedules())), flush=True)
    for minute in minutes():
        for name in run_due(minute, call):
            print(f"{minute:%H:%M} {name}", flush=True)


if __name__ == "__main__":
    work()
