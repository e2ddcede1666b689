"""Days and times of the community's wall clock, Asia/Shanghai, whatever the server's is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = 5


def local_now() -> datetime:
    """The present moment on the wall clock; for doors, which pass it on as `now=`."""
    return local(timezone.now())


def local(moment: datetime) -> datetime:
    """An aware moment on the wall clock. Raises `ValueError` for a naive one."""
    return timezone.localtime(moment, ZONE)


def local_day(now: datetime) -> date:
    """The calendar day of a moment here: 16:30 UTC belongs to tomorrow."""
    return local(now).date()


def moment(day: date, clock: time = time.min) -> datetime:
    """The moment at which the wall clock shows `clock` on `day`; without it, midnight."""
    return datetime.combine(day, clock, tzinfo=ZONE)


def is_weekend(day: date) -> bool:
    """Saturday or Sunday by the plain calendar; make-up workdays are a matter of `Calendar`."""
    return day.weekday() >= SATURDAY


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=n) for n in range(7)]


def weekend_of(day: date) -> tuple[date, date]:
    """Saturday and Sunday of the week that holds `day`; on a Sunday that is yesterday and today."""
    *_monday_to_friday, saturday, sunday = week_of(day)
    return saturday, sunday


def days_of_year(year: int) -> list[date]:
    """Every day from 1 January to 31 December."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
