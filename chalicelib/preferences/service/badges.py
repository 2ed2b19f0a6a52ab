"""Counting what wants attention."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.orders.service import read as orders
from chalicelib.planning.service.config import planning_settings
from chalicelib.preferences.models.badges import Badge, Notice
from chalicelib.preferences.queries import badges
from chalicelib.preferences.queries.badges import MOST, Found

SERVICE_DUE_AFTER = timedelta(days=30)


def device_alerts(call: Call) -> Badge:
    """Machines that have fallen silent or are critical by the settings of route planning (domain.md 7.4)."""
    critical = planning_settings(call).critical_dri_days
    return _badge(
        "device_alert", badges.troubled_devices(call.db, call.principal, critical_dri_days=critical), key="deviceId"
    )


def low_stock(call: Call) -> Badge:
    """Slots with a quarter of their par or less."""
    return _badge("low_stock", badges.low_slots(call.db, call.principal, call.now), key="slotId")


def maintenance(call: Call) -> Badge:
    """Machines that nobody has visited for 30 days."""
    found = badges.unvisited_devices(call.db, call.principal, before=call.now - SERVICE_DUE_AFTER)
    return _badge("maintenance", found, key="deviceId")


def notifications(call: Call) -> Badge:
    """All badges in one, the newest lines first, with the security alerts that wait for an admin."""
    waiting = orders.pending(call)
    lines = [Notice.model_validate(line) for line in waiting.notifications]
    parts = [
        Badge(count=waiting.count, notifications=lines),
        device_alerts(call),
        low_stock(call),
        maintenance(call),
        _badge("security_alert", badges.pending_alerts(call.db, call.principal), key="alertId"),
    ]
    everything = sorted((line for part in parts for line in part.notifications), key=lambda line: -line.timestamp)
    return Badge(count=sum(part.count for part in parts), notifications=everything[:MOST])


def _badge(kind: str, found: Sequence[Found], *, key: str) -> Badge:
    return Badge(
        count=found[0].total if found else 0,
        notifications=[
            Notice(
                id=one.id,
                type=kind,
                title=one.title,
                message=one.message,
                timestamp=int(one.since.timestamp() * 1000),
                data={key: one.id, **one.facts},
            )
            for one in found
        ],
    )
