"""The settings of route planning (BR-153)."""

from dataclasses import asdict, replace

from chalicelib.kit.call import Call
from chalicelib.kit.events import changes
from chalicelib.planning.errors import ThresholdsOutOfOrder
from chalicelib.planning.events import PlanningSettingsChanged
from chalicelib.planning.models import Done, PlanningConfig, PlanningConfigChange, RoutePlanning
from chalicelib.planning.queries import settings

_COLUMNS = {
    "critical_dri_threshold": "critical_dri_days",
    "warning_dri_threshold": "warning_dri_days",
    "ok_dri_threshold": "ok_dri_days",
    "auto_select_critical": "auto_select_critical",
    "metrics_cache_ttl_minutes": "metrics_ttl_minutes",
    "preview_horizon_days": "preview_horizon_days",
}
"""What the contract calls a setting, and what we call it."""

LONGEST_THRESHOLD = 365


def planning_settings(call: Call) -> RoutePlanning:
    """The settings, for features that plan by them."""
    return settings.read(call.db)


def shown(call: Call) -> PlanningConfig:
    """The settings, by the names of the contract."""
    values = asdict(settings.read(call.db))
    return PlanningConfig.model_validate({name: values[column] for name, column in _COLUMNS.items()})


def change(call: Call, wanted: PlanningConfigChange) -> Done:
    """Change the settings that were given. Raises `ThresholdsOutOfOrder` when they do not fit the others."""
    before = settings.read(call.db, for_change=True)
    given = {_COLUMNS[name]: value for name, value in wanted.model_dump(exclude_none=True).items()}
    after = replace(before, **given)
    if not 0 <= after.critical_dri_days < after.warning_dri_days < after.ok_dri_days <= LONGEST_THRESHOLD:
        raise ThresholdsOutOfOrder
    if after != before:
        settings.write(call.db, after)
        was, now = changes(asdict(before), asdict(after))
        call.record(PlanningSettingsChanged(resource_id=1, before=was, after=now))
    return Done(message="Configuration updated successfully")
