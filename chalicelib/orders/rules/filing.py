"""Where the bytes of photos lie (BR-132).

A key is made of the week, the order and the content's own hash; never of anything that the client calls the file. The
week makes leftovers safe to remove: a file is put only under the present week and confirmed only under the present or
the last one, so that nobody can still be about to refer to an older week's file that no photo refers to.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from chalicelib.orders.rules.pictures import ENDINGS, ContentType

PREFIX: Final = "photos/"
WEEK: Final = timedelta(weeks=1)
LEFT_BEHIND_FROM: Final = 3
LEFT_BEHIND_TO: Final = 8
"""Weeks ago; the sweep runs daily, so that what is older has been seen many times."""


def key_of(moment: datetime, order_id: int, sha256: bytes) -> str:
    """Where a photo of an order goes at this moment."""
    return f"{folder_of(moment)}{order_id}/{sha256.hex()}"


def keys_to_confirm(now: datetime, order_id: int, sha256: bytes) -> tuple[str, str]:
    """Where an uploaded photo may lie by now, the likelier place first."""
    return key_of(now, order_id, sha256), key_of(now - WEEK, order_id, sha256)


def folders_to_sweep(now: datetime) -> Iterator[str]:
    """The folders of the weeks whose files nobody may confirm any more."""
    return (folder_of(now - weeks * WEEK) for weeks in range(LEFT_BEHIND_FROM, LEFT_BEHIND_TO + 1))


def folder_of(moment: datetime) -> str:
    """The folder of a week, named after its Monday."""
    day = moment.astimezone(UTC).date()
    monday: date = day - timedelta(days=day.weekday())
    return f"{PREFIX}{monday.isoformat()}/"


def filename(order_id: int, stored_at: datetime, sha256: bytes, content_type: ContentType) -> str:
    """What the contract calls a photo; for showing and saving only."""
    moment = stored_at.astimezone(UTC).strftime("%Y%m%d_%H%M%S")
    return f"order_{order_id}_{moment}_{sha256.hex()[:8]}{ENDINGS[content_type]}"
