"""The settings of route planning, one row."""

from dataclasses import asdict

from chalicelib.kit.db import Connection
from chalicelib.planning.models import RoutePlanning


def read(db: Connection, *, for_change: bool = False) -> RoutePlanning:
    """The settings; `for_change` keeps others from changing them until the transaction ends."""
    row = db.fetch_one(
        RoutePlanning,
        f"""
        SELECT critical_dri_days, warning_dri_days, ok_dri_days, auto_select_critical, metrics_ttl_minutes,
               preview_horizon_days
          FROM route_planning_settings
         WHERE id = 1
           {"FOR UPDATE" if for_change else ""}
        """,  # noqa: S608 - a constant is put in, no value
    )
    if row is None:
        raise LookupError("The row of route_planning_settings is missing: the seed migration writes it.")
    return row


def write(db: Connection, settings: RoutePlanning) -> None:
    """Replace the settings."""
    db.execute(
        """
        UPDATE route_planning_settings
           SET critical_dri_days = %(critical_dri_days)s, warning_dri_days = %(warning_dri_days)s,
               ok_dri_days = %(ok_dri_days)s, auto_select_critical = %(auto_select_critical)s,
               metrics_ttl_minutes = %(metrics_ttl_minutes)s, preview_horizon_days = %(preview_horizon_days)s
         WHERE id = 1
        """,
        **asdict(settings),
    )
