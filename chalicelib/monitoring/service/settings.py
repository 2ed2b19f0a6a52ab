"""The settings of the system and the facts of the company."""

from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.kit.events import changes
from chalicelib.monitoring.errors import NothingToChange, SalesAreArchived, ZoneIsUsed
from chalicelib.monitoring.events import SettingsChanged
from chalicelib.monitoring.models.settings import Company, CompanyChange, SystemSettings
from chalicelib.monitoring.queries import settings as queries
from chalicelib.sales import service as sales

MOST_SALES_COUNTED_ANEW = 500_000
"""What is summed up by other days within a request; it takes seconds."""


def current(db: Connection) -> SystemSettings:
    """The settings as they are; what was never set has its default."""
    return SystemSettings.model_validate(queries.values(db))


def change(call: Call, wanted: SystemSettings) -> SystemSettings:
    """Change the settings that are named; the others stay."""
    queries.lock(call.db)
    before = current(call.db).model_dump()
    named = wanted.model_dump(include=wanted.model_fields_set)
    if not named:
        raise NothingToChange
    was, becomes = changes(before, {**before, **named})
    _store(call, becomes)
    call.record(SettingsChanged(resource_id="system", before=was, after=becomes))
    return SystemSettings.model_validate({**before, **named})


def _store(call: Call, changed: dict[str, object]) -> None:
    others = {key: value for key, value in changed.items() if key != "business_hours"}
    if others:
        queries.store(call.db, others, by=call.principal.user_id)
    match changed.get("business_hours"):
        case [int(first), int(last)]:
            queries.store_hours(call.db, first, last)


def company(call: Call) -> Company:
    """The company's facts."""
    return queries.company(call.db)


def change_company(call: Call, wanted: CompanyChange) -> Company:
    """Change the facts that are named; the others stay.

    With another time zone, all sales are counted by its days at once, so that reports follow it (US-060); where there
    are too many for one request, or some are archived, it stays. Raises `ZoneIsUsed`, `SalesAreArchived`.
    """
    queries.lock(call.db)
    before = queries.company(call.db).model_dump()
    named = {name: value for name, value in wanted.model_dump().items() if value is not None}
    was, becomes = changes(before, {**before, **named})
    if not named:
        raise NothingToChange
    if "time_zone" in becomes:
        _check_zone_may_change(call)
    if becomes:
        queries.store_company(call.db, becomes)
        call.record(SettingsChanged(resource_id="company", before=was, after=becomes))
    if "time_zone" in becomes:
        sales.rebuild_daily(call.db)
    return queries.company(call.db)


def _check_zone_may_change(call: Call) -> None:
    if queries.has_more_sales_than(call.db, MOST_SALES_COUNTED_ANEW):
        raise ZoneIsUsed(most_sales=MOST_SALES_COUNTED_ANEW)
    if away := sales.archived(call.db).months:
        raise SalesAreArchived(months=[f"{month:%Y-%m}" for month in away])
