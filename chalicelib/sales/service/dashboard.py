"""The figures of the dashboard: the week, the months, the target and who is at the top."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.kit.call import Call
from chalicelib.sales import rules
from chalicelib.sales.models.reports import Company, Leader, MonthAchievement, Performer, TimelineMonth, Weekly
from chalicelib.sales.queries import reports
from chalicelib.sales.rules import Period, Tier

MONTHS_SHOWN = 6

_TITLES: dict[Tier, str] = {
    "champion": "Revenue champion",
    "nearly": "Nearly there",
    "great progress": "Great progress",
    "building": "Building momentum",
}


def weekly(call: Call) -> Weekly:
    """The present week against the week before, whole and up to the same hour."""
    company = reports.company(call.db)
    week, before = _weeks(call, company)
    sold = reports.week(call.db, week, before)
    to_date = _same_part_of(call, company, before)
    return Weekly(
        weekly_revenue=sold.current_cents,
        weekly_growth=rules.growth_percent(sold.current_cents, sold.previous_cents),
        previous_week_revenue=sold.previous_cents,
        growth_to_date=rules.growth_percent(sold.current_cents, to_date),
        previous_week_revenue_to_date=to_date,
        device_count=sold.devices,
        avg_revenue_per_device=rules.divided(sold.current_cents, sold.devices) or 0,
        top_location=sold.top_place or "No Location",
        top_location_revenue=sold.top_cents,
        week_start=rules.start_of(week.start, company.time_zone),
        week_end=rules.start_of(week.end + timedelta(days=1), company.time_zone) - timedelta(seconds=1),
    )


def _weeks(call: Call, company: Company) -> tuple[Period, Period]:
    week = rules.week_of(rules.day_of(call.now, company.time_zone), company.week_start)
    return week, rules.week_before(week)


def _same_part_of(call: Call, company: Company, before: Period) -> int:
    """Revenue of the week before, up to the weekday and time on the clock of now."""
    zone = ZoneInfo(company.time_zone)
    clock = call.now.astimezone(zone)
    day = clock.date() - timedelta(days=7)
    return reports.revenue_until(
        call.db, before.start, day, rules.start_of(day, company.time_zone), datetime.combine(day, clock.time(), zone)
    )


def timeline(call: Call) -> list[TimelineMonth]:
    """The revenue of the last six months, this one included, oldest first."""
    company = reports.company(call.db)
    today = rules.day_of(call.now, company.time_zone)
    months = rules.last_months(today, MONTHS_SHOWN)
    sold = {row.month: row.revenue_cents for row in reports.of_months(call.db, months[0], today)}
    return [
        TimelineMonth(
            period=rules.MONTHS[month.month - 1],
            revenue=sold.get(month, 0),
            milestone=sold.get(month, 0) >= company.milestone_month_cents,
            month=month.month,
            year=month.year,
        )
        for month in months
    ]


def achievements(call: Call) -> MonthAchievement:
    """The month's revenue so far against the month's target."""
    company = reports.company(call.db)
    today = rules.day_of(call.now, company.time_zone)
    revenue = sum(row.revenue_cents for row in reports.of_months(call.db, today.replace(day=1), today))
    target = company.monthly_revenue_target_cents
    reached = rules.achievement(revenue, target)
    return MonthAchievement(
        title=_TITLES[reached.tier],
        description=f"{reached.progress}% of this month's target of {rules.money(target, company.currency)}",
        progress=reached.progress,
        target=target,
        current=revenue,
        remaining=reached.remaining_cents,
        tier=reached.tier,
    )


def top_performers(call: Call) -> list[Performer]:
    """The best device, the best location and the device that grew most, of the present week."""
    company = reports.company(call.db)
    week, before = _weeks(call, company)
    leaders = {leader.of: leader for leader in reports.leaders(call.db, week, before)}
    return [
        _earned("Best Device", leaders.get("device"), company),
        _earned("Top Location", leaders.get("place"), company),
        _grew(leaders.get("growth")),
    ]


def _earned(title: str, leader: Leader | None, company: Company) -> Performer:
    cents = leader.current_cents if leader else 0
    name = leader.name if leader else "No data yet"
    return Performer(title=title, name=name, value=rules.money(cents, company.currency))


def _grew(leader: Leader | None) -> Performer:
    if leader is None:
        return Performer(title="Growth Leader", name="No data yet", value="+0%")
    growth = rules.growth_percent(leader.current_cents, leader.previous_cents)
    return Performer(title="Growth Leader", name=leader.name, value=f"{growth:+.1f}%")
