"""Three things that cost moto's server more the fuller its queues are, done without that; nothing else changes.

Whenever a message is sent or received, moto works out every attribute of its queue, which counts all messages several
times over; and each request looks through the folders of moto itself. A queue of some thousands then takes seconds.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from moto import backends
from moto.core.utils import unix_time, unix_time_millis
from moto.sqs.models import Message, Queue, SQSBackend

_FIFO_ONLY = "ContentBasedDeduplication"


class _Attributes(Mapping[str, Any]):  # Any: numbers and texts, as moto has them
    """The attributes of a queue that is no FIFO queue, worked out when somebody wants more of them than that."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def get(self, name: str, default: Any = None) -> Any:  # Any: as above
        return default if name == _FIFO_ONLY else self._all().get(name, default)

    def __getitem__(self, name: str) -> Any:  # Any: as above
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Any]:  # Any: as above
        return dict(_whole(self._queue))


_whole: Any = Queue.attributes.fget  # type: ignore[attr-defined]  # Any: mypy sees no property in moto's own decorator


def bear_full_queues() -> None:
    """Apply all of it; a second call changes nothing more."""
    queue_class: Any = Queue  # Any: members are replaced, which mypy rightly dislikes.
    backend_class: Any = SQSBackend  # Any: as above
    queue_class.attributes = property(_attributes)
    queue_class.messages = property(_waiting)
    backend_class.is_message_valid_based_on_retention_period = _is_kept
    if not hasattr(backends.list_of_moto_modules, "cache_info"):
        folders = tuple(backends.list_of_moto_modules())
        backends.list_of_moto_modules = cache(lambda: folders)


def _attributes(queue: Queue) -> Mapping[str, Any]:  # Any: as above
    attributes: Mapping[str, Any] = _whole(queue) if queue.fifo_queue else _Attributes(queue)  # Any: as above
    return attributes


def _waiting(queue: Queue) -> list[Message]:
    now = unix_time_millis()
    return [one for one in queue._messages if now > one.visible_at and now >= one.delayed_until]  # noqa: SLF001 - moto's


def _is_kept(backend: SQSBackend, queue_name: str, message: Message) -> bool:
    period: Any = vars(backend.get_queue(queue_name))["message_retention_period"]  # Any: set by name in moto
    return bool(period + (message.sent_timestamp or 0) / 1000 > unix_time())
