"""The settings of the system and the facts of the company."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, MANAGER
from chalicelib.monitoring.errors import NothingToChange, SalesAreArchived, UnknownZone, ZoneIsUsed
from chalicelib.monitoring.models.settings import Company, CompanyChange, SystemSettings
from chalicelib.monitoring.service import settings

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/system-config", roles=[ADMIN])
def show_settings(call: Call) -> SystemSettings:
    """Show the settings of the system."""
    return settings.current(call.db)


@endpoint(blueprint, "PUT", "/api/system-config", roles=[ADMIN], refusals=[NothingToChange])
def change_settings(call: Call, body: SystemSettings) -> SystemSettings:
    """Change the settings that are named; the others stay."""
    return settings.change(call, body)


@endpoint(blueprint, "GET", "/api/company-settings", roles=[ADMIN, MANAGER])
def show_company(call: Call) -> Company:
    """Show the company's facts: name, time zone, currency, targets and defaults."""
    return settings.company(call)


@endpoint(
    blueprint,
    "PUT",
    "/api/company-settings",
    roles=[ADMIN, MANAGER],
    refusals=[NothingToChange, UnknownZone, ZoneIsUsed, SalesAreArchived],
    memory=512,
    timeout=29,
)
def change_company(call: Call, body: CompanyChange) -> Company:
    """Change the facts that are named; the others stay. Reports follow a new time zone at once, up to 500,000 sales."""
    return settings.change_company(call, body)
