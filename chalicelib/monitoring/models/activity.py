"""What the activity monitor shows."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from chalicelib.kit.models import Day, Instant, Model, Moment
from chalicelib.kit.roles import EVERYONE, Role
from chalicelib.monitoring.rules import SessionStatus

SORTS = ("username", "last_activity", "login_time", "role", "activity_count")
LARGEST_PAGE = 100
LARGEST_HISTORY_PAGE = 500

PageNumber = Annotated[int, Field(ge=1, le=100_000)]


class CurrentQuery(Model):
    """Which sessions, in which order."""

    include_idle: bool = True
    sort: str = "last_activity"
    order: Literal["asc", "desc"] = "desc"
    role_filter: Literal["all", "admin", "manager", "driver", "viewer"] = "all"
    page: PageNumber = 1
    limit: Annotated[int, Field(ge=1)] = 50

    @field_validator("sort")
    @classmethod
    def _known(cls, given: str) -> str:
        return given if given in SORTS else "last_activity"

    @field_validator("limit")
    @classmethod
    def _bounded(cls, given: int) -> int:
        return min(given, LARGEST_PAGE)

    @property
    def roles(self) -> list[Role]:
        """The roles to show."""
        return [role for role in EVERYONE if self.role_filter in ("all", role)]


class SessionNow(Model):
    """A session that is open now. `session_id` is a handle for ending it, and opens nothing."""

    session_id: str
    user_id: int
    username: str
    display_name: str
    user_email: str
    role: Role
    login_time: Instant
    last_activity: Instant
    last_page: str | None
    page_title: str
    current_page: str
    last_api_endpoint: str | None
    activity_count: int
    ip_address: str
    user_agent: str
    device_type: str
    status: SessionStatus
    session_duration_minutes: int


class SessionsSummary(Model):
    """How many of the open sessions look how, and of which roles."""

    total_active: int
    total_idle: int
    total_warning: int
    by_role: Mapping[str, int]


class Pages(Model):
    """Which page of how many."""

    total: int
    page: int
    limit: int
    pages: int

    @classmethod
    def of(cls, total: int, page: int, limit: int) -> "Pages":
        """The pages of so many rows."""
        return cls(total=total, page=page, limit=limit, pages=-(-total // limit))


class Current(Model):
    """Who is on the system now."""

    sessions: list[SessionNow]
    summary: SessionsSummary
    pagination: Pages
    timestamp: Instant


class CurrentAnswer(Model):
    """In the envelope that the page reads."""

    success: bool = True
    data: Current


class Track(Model):
    """What a page tells about its use."""

    page_url: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    action_type: Literal["page_view", "api_call", "file_download"]
    page_title: Annotated[str, StringConstraints(max_length=500)] | None = None
    duration_ms: Annotated[int, Field(ge=0, le=2**31 - 1)] | None = None
    referrer: Annotated[str, StringConstraints(max_length=2000)] | None = None
    metadata: dict[str, Any] | None = None  # Any: the page's own
    timestamp: Moment | None = None

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, given: Any) -> Any:  # Any: whatever came
        """Say in the contract's words what is missing."""
        if given == {}:
            raise ValueError("No data provided")
        if isinstance(given, dict):
            for name in ("page_url", "action_type"):
                if name not in given:
                    raise ValueError(f"Missing required field: {name}")
        return given


class Tracked(Model):
    """It is kept; the contract's answer has no id."""

    success: bool = True
    activity_id: None = None


class HistoryQuery(Model):
    """Which of a user's activity."""

    days: Annotated[int, Field(ge=1, le=365)] = 7
    page_filter: Annotated[str, StringConstraints(max_length=200)] = ""
    page: PageNumber = 1
    limit: Annotated[int, Field(ge=1)] = 100

    @field_validator("limit")
    @classmethod
    def _bounded(cls, given: int) -> int:
        return min(given, LARGEST_HISTORY_PAGE)


class WatchedUser(Model):
    """Whose activity it is."""

    id: int
    username: str
    email: str
    role: Role


class Activity(Model):
    """One thing that a user did; `action` repeats `action_type`."""

    id: int
    timestamp: Instant
    page_url: str
    page_title: str | None
    action_type: str
    action: str
    duration_ms: int | None
    ip_address: str
    referrer: str | None
    details: str


class Visits(Model):
    """How often a page was used."""

    page: str
    count: int


class HistorySummary(Model):
    """A user's activity in figures."""

    total_activities: int
    unique_pages: int
    active_days: int
    avg_duration_ms: int
    most_visited: list[Visits]


class History(Model):
    """A user's activity, newest first."""

    user: WatchedUser
    activities: list[Activity]
    summary: HistorySummary
    pagination: Pages


class HistoryAnswer(Model):
    """In the envelope that the page reads."""

    success: bool = True
    data: History


class SummaryQuery(Model):
    """Which day; `week` and `month` mean the company's week or month that the day lies in."""

    sentences: ClassVar = {"date": "Invalid date format"}

    period: Literal["day", "week", "month"] = "day"
    date_: Day | None = Field(default=None, alias="date")


class SummaryMetrics(Model):
    """The use of the system in a period; `peak_concurrent_users` is that of its busiest hour."""

    unique_users: int
    total_sessions: int
    total_page_views: int
    total_api_calls: int
    avg_session_duration_seconds: int
    peak_concurrent_users: int
    peak_hour: int | None


class TopPage(Model):
    """A page or path with its use; `url`, `page` and `count`, `views` say the same in both of the contract's words."""

    page: str
    url: str
    views: int
    count: int
    unique_users: int
    avg_duration_seconds: float


class Hour(Model):
    """The use in one hour of the day, company time."""

    hour: int
    users: int
    activity_count: int


class Summary(Model):
    """The use of the system. `cached`: the figures are those of the nightly summary, which has no hours."""

    period: str
    date_: date = Field(alias="date")
    metrics: SummaryMetrics
    top_pages: list[TopPage]
    user_distribution: Mapping[str, int]
    hourly_distribution: list[Hour]
    cached: bool
    peak_users_today: int
    peak_time: str


class SummaryAnswer(Model):
    """In the envelope that the page reads."""

    success: bool = True
    data: Summary
