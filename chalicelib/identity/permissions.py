"""What each role may, by the permission ids of domain.md §5; for pages that show or hide their parts.

Nothing is decided by this list: who may call an endpoint stands in its declaration.
"""

from collections.abc import Sequence

from chalicelib.kit.roles import ADMIN, DRIVER, EVERYONE, MANAGER, VIEWER, Role

OFFICE = (ADMIN, MANAGER)
READERS = (ADMIN, MANAGER, VIEWER)

_GRANTED: dict[str, tuple[Role, ...]] = {
    "self": EVERYONE,
    "users.manage": (ADMIN,),
    "devices.view": EVERYONE,
    "devices.create": OFFICE,
    "devices.edit": OFFICE,
    "devices.delete": (ADMIN,),
    "devices.restore": (ADMIN,),
    "planograms.view": EVERYONE,
    "planograms.edit": OFFICE,
    "planograms.inventory_update": (ADMIN, MANAGER, DRIVER),
    "planograms.optimize": OFFICE,
    "planograms.score": READERS,
    "products.view": EVERYONE,
    "products.edit": OFFICE,
    "locations.edit": OFFICE,
    "catalogue.edit": (ADMIN,),
    "routes.view": EVERYONE,
    "routes.edit": OFFICE,
    "routes.delete": (ADMIN,),
    "orders.view": EVERYONE,
    "orders.create": OFFICE,
    "orders.execute": (ADMIN, MANAGER, DRIVER),
    "orders.cancel": OFFICE,
    "orders.cancel_in_progress": (ADMIN,),
    "orders.rollback": OFFICE,
    "orders.pick_list": EVERYONE,
    "orders.photos": EVERYONE,
    "reports.view": READERS,
    "reports.custom": OFFICE,
    "sales.create": OFFICE,
    "dex.upload": OFFICE,
    "dex.view": READERS,
    "settings.edit": OFFICE,
    "system_settings.edit": (ADMIN,),
    "monitoring.summary": OFFICE,
    "monitoring.manage": (ADMIN,),
    "security.view": (ADMIN,),
    "partners.manage": (ADMIN,),
    "knowledge_base.view": EVERYONE,
    "assistant.chat": READERS,
}


def permissions_of(role: Role) -> Sequence[str]:
    """The permissions of a role, sorted."""
    return sorted(name for name, roles in _GRANTED.items() if role in roles)
