"""The four roles, and who may call what."""

from typing import Literal

Role = Literal["admin", "manager", "driver", "viewer"]

ADMIN: Role = "admin"
MANAGER: Role = "manager"
DRIVER: Role = "driver"
VIEWER: Role = "viewer"

EVERYONE: tuple[Role, ...] = (ADMIN, MANAGER, DRIVER, VIEWER)
"""Any signed-in role."""

PUBLIC: tuple[Role, ...] = ()
"""No token is needed; a principal is not even looked up."""
