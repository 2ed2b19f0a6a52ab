"""The settings of the system and of the company."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kit.db import Connection, Jsonb
from chalicelib.monitoring.models.settings import Company

COMPANY_FIELDS = {
    "company_name": "company_name",
    "time_zone": "time_zone",
    "currency": "currency",
    "week_start": "week_start",
    "monthly_revenue_target": "monthly_revenue_target_cents",
    "milestone_month": "milestone_month_cents",
    "default_par_percent": "default_par_percent",
    "minutes_per_cabinet": "minutes_per_cabinet",
}
"""The fields of the company's facts and their columns."""


def values(db: Connection) -> Mapping[str, Any]:  # Any: JSON
    """Every stored setting by its key, with the company's business hours."""
    found: Mapping[str, Any] = db.value(
        """
        SELECT (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM system_settings)
            || jsonb_build_object('business_hours', jsonb_build_array(business_hours_start, business_hours_end))
          FROM company_settings
        """
    )
    return found


def lock(db: Connection) -> None:
    """Let one change of settings happen at a time."""
    db.execute("SELECT FROM company_settings FOR UPDATE")


def store(db: Connection, changed: Mapping[str, Any], *, by: int) -> None:
    """Store settings by their keys."""
    db.execute(
        """
        INSERT INTO system_settings (key, value, updated_by)
        SELECT key, value, %(by)s FROM jsonb_each(%(changed)s)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_by = excluded.updated_by
        """,
        changed=Jsonb(dict(changed)),
        by=by,
    )


def store_hours(db: Connection, first: int, last: int) -> None:
    """Store the company's business hours."""
    db.execute(
        "UPDATE company_settings SET business_hours_start = %(first)s, business_hours_end = %(last)s",
        first=first,
        last=last,
    )


def company(db: Connection) -> Company:
    """The company's facts."""
    found = db.fetch_one(
        Company,
        """
        SELECT company_name, time_zone, currency, week_start, monthly_revenue_target_cents AS monthly_revenue_target,
               milestone_month_cents AS milestone_month, default_par_percent, minutes_per_cabinet
          FROM company_settings
        """,
    )
    if found is None:
        raise LookupError("The company has its row from the first migration on.")
    return found


def store_company(db: Connection, changed: Mapping[str, Any]) -> None:  # Any: a value of the column's type
    """Store facts of the company by their field names."""
    columns = ", ".join(f"{COMPANY_FIELDS[name]} = %({name})s" for name in changed)
    db.execute(f"UPDATE company_settings SET {columns}", **changed)  # noqa: S608 - names of our own table


def has_more_sales_than(db: Connection, most: int) -> bool:
    """Whether more sales than so many have been booked."""
    return bool(db.value("SELECT EXISTS (SELECT FROM sales OFFSET %(most)s)", most=most))
