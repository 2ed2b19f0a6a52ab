"""What crosses the border about users: lists, changes, what becomes of them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import AliasChoices, Field

from chalicelib.kit.models import Flag, Id, Instant, Model, Text
from chalicelib.kit.roles import Role

WHOLE_LIST = 200
LARGEST_PAGE = 100
MOST_IN_A_BATCH = 100

PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
PerPage = Annotated[int, Field(ge=1)]


class UserSearch(Model):
    """Filters and the page. Without `per_page` the newest 200 come, as the pages ask for no second page."""

    page: PageNumber = 1
    per_page: PerPage | None = Field(default=None, description="At most 100 are given.")
    role: Role | None = None
    status: Literal["active", "inactive", "locked", "deleted"] | None = None
    search: str | None = Field(default=None, max_length=200)
    include_deleted: bool = Field(
        default=False,
        validation_alias=AliasChoices("include_deleted", "includeDeleted"),
        description="Deleted ones too.",
    )

    @property
    def size(self) -> int:
        """How many users a page holds."""
        return WHOLE_LIST if self.per_page is None else min(self.per_page, LARGEST_PAGE)


class UserRow(Model):
    """A user as an admin sees them."""

    id: int
    username: str
    email: str
    role: Role
    is_active: Flag
    created_at: Instant
    updated_at: Instant
    last_login: Instant | None
    failed_login_attempts: int
    locked_until: Instant | None
    is_deleted: Flag
    deleted_at: Instant | None
    deleted_by: int | None
    deleted_by_username: str | None
    is_locked: bool
    must_change_password: bool
    mfa_enabled: bool
    version: int


class Pagination(Model):
    """Where a page stands."""

    page: int
    per_page: int
    total: int
    pages: int


class UserList(Model):
    """A page of users, newest first."""

    users: Sequence[UserRow]
    pagination: Pagination


class NewUser(Model):
    """A user to be. Without a password one is made up and answered once; without a role it is a viewer."""

    sentences: ClassVar[Mapping[str, str]] = {
        "username": "username is required",
        "email": "email is required",
        "role": "Invalid role",
        "password": "Password must be text",
    }

    username: Text
    email: Text
    role: str | None = Field(default=None, json_schema_extra={"enum": ["admin", "manager", "driver", "viewer", None]})
    password: str | None = None
    is_active: bool = True


class UserCreated(Model):
    """The new user."""

    id: int
    username: str
    email: str
    role: Role
    is_active: bool


class UserCreatedWithPassword(UserCreated):
    """The new user with the password that was made up; it is not to be had again."""

    generated_password: str


class UserChange(Model):
    """What is to change; fields that are not given stay. `version` makes sure that nobody else changed it meanwhile."""

    sentences: ClassVar[Mapping[str, str]] = {"role": "Invalid role", "email": "Invalid email format"}

    email: Text | None = None
    role: Role | None = None
    is_active: bool | None = None
    version: int | None = None


class UserMoved(Model):
    """What was done to which user."""

    message: str
    user_id: int
    username: str


class NewPassword(Model):
    """The password that was made up; it is not to be had again."""

    message: str
    username: str
    new_password: str


class UserIds(Model):
    """Users by id."""

    sentences: ClassVar[Mapping[str, str]] = {"user_ids": "No user IDs provided"}

    user_ids: Annotated[Sequence[Id], Field(min_length=1, max_length=MOST_IN_A_BATCH)]


class BatchDone(Model):
    """A user of the batch who was deactivated."""

    user_id: int
    status: Literal["success"] = "success"
    username: str


class BatchRefused(Model):
    """A user of the batch who was left as they are, and why."""

    user_id: int
    status: Literal["failed"] = "failed"
    reason: str


class BatchResult(Model):
    """One result for each id, in the order of the request."""

    results: Sequence[BatchDone | BatchRefused]


class Paging(Model):
    """Which page."""

    page: PageNumber = 1
    per_page: PerPage = 50

    @property
    def size(self) -> int:
        """How many rows a page holds."""
        return min(self.per_page, LARGEST_PAGE)


class UserAction(Model):
    """Something that a user did; `details` is JSON text."""

    id: int
    action: str
    resource_type: str | None
    resource_id: int | None
    details: str | None
    ip_address: str | None
    created_at: Instant


class UserActions(Model):
    """A page of what a user did, newest first."""

    activities: Sequence[UserAction]
    total: int
    page: int
    per_page: int
    pages: int
    username: str


class AuditEvent(Model):
    """Something that was done to a user; `details` is JSON text."""

    id: int
    user_id: int | None
    action: str
    resource_type: str
    resource_id: int | None
    details: str | None
    ip_address: str | None
    created_at: Instant
    actor_username: str | None
    outcome: str


class AuditTrail(Model):
    """The newest 500 of what was done to a user."""

    user_id: int
    username: str
    is_deleted: Flag
    audit_events: Sequence[AuditEvent]


class UserCounts(Model):
    """How many users there are."""

    total: int
    active: int
    inactive: int
    deleted: int


class RecentActivity(Model):
    """What became of users lately."""

    activations: int
    deactivations: int
    deletions: int


class LifecycleMetrics(Model):
    """Users now, and the last 30 days."""

    user_counts: UserCounts
    recent_activity: RecentActivity
    period: str = "30_days"


class UserOrder(Model):
    """A service order that a user drives."""

    id: int
    status: str
    created_at: Instant = Field(serialization_alias="createdAt")
    route_name: str = Field(serialization_alias="routeName")


class UserOrders(Model):
    """The newest 100, and how many there are."""

    orders: Sequence[UserOrder]
    total: int
