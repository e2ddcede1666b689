"""Days and times of the community's wall clock, Asia/Shanghai, and how they are written."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

ZONE = ZoneInfo("Asia/Shanghai")
SATURDAY = 5
OUR_TIMES = range(1900, 2201)  # years; whatever is counted from such a day is a day as well


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


def is_of_our_times(day: date) -> bool:
    return day.year in OUR_TIMES


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


def years_later(day: date, years: int = 1) -> date:
    """House rule: the same day some years later; of 29 February the 28th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


# --- In words: 24 hours in both languages ----------------------------------------------
# Django's own Chinese says 星期一; beside a date people write 周一.
WEEKDAYS = (
    pgettext_lazy("weekday of a date", "Monday"),
    pgettext_lazy("weekday of a date", "Tuesday"),
    pgettext_lazy("weekday of a date", "Wednesday"),
    pgettext_lazy("weekday of a date", "Thursday"),
    pgettext_lazy("weekday of a date", "Friday"),
    pgettext_lazy("weekday of a date", "Saturday"),
    pgettext_lazy("weekday of a date", "Sunday"),
)


def weekday_text(day: date) -> str:
    """周一, or Monday."""
    return str(WEEKDAYS[day.weekday()])


def day_text(day: date, *, year: bool = True) -> str:
    """2026年11月23日（周一）, or Monday 23 November 2026; without the year where it is plain."""
    written = date_format(day, "DATE_FORMAT" if year else "MONTH_DAY_FORMAT")
    pattern = pgettext("a date and its weekday", "{weekday} {date}")
    return pattern.format(weekday=weekday_text(day), date=written)


def short_day_text(day: date) -> str:
    """11月23日（周一）, or Mon 23 Nov: for text messages, where every sign counts."""
    written = date_format(day, pgettext("day and month, as Django's date filter writes it", "j M"))
    pattern = pgettext("a short date and its weekday", "{weekday:.3} {date}")
    return pattern.format(weekday=weekday_text(day), date=written)


def time_text(moment: datetime | time) -> str:
    """09:30, on the wall clock."""
    clock = local(moment) if isinstance(moment, datetime) else moment
    return f"{clock:%H:%M}"


def moment_text(moment: datetime) -> str:
    """2026年11月23日（周一）09:30, or Monday 23 November 2026, 09:30."""
    pattern = pgettext("a date and its time", "{date}, {time}")
    return pattern.format(date=day_text(local_day(moment)), time=time_text(moment))


def span_text(start: datetime, end: datetime) -> str:
    """09:30–11:00; where it runs into another day, both days are named."""
    if local_day(start) == local_day(end):
        return f"{time_text(start)}–{time_text(end)}"
    return f"{moment_text(start)} – {moment_text(end)}"


def duration_text(minutes: int) -> str:
    """1 小时 30 分钟; a part that is nothing goes without saying."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours})
    if rest or not hours:
        parts.append(ngettext("%(number)d minute", "%(number)d minutes", rest) % {"number": rest})
    return " ".join(parts)


# --- Parts of a week -------------------------------------------------------------------


class PartOfWeek(TextChoices):
    """Plan 三(二): lectures are held at weekends; evenings are asked for all the same."""

    SATURDAY_MORNING = "sat_am", gettext_lazy("Saturday morning")
    SATURDAY_AFTERNOON = "sat_pm", gettext_lazy("Saturday afternoon")
    SUNDAY_MORNING = "sun_am", gettext_lazy("Sunday morning")
    SUNDAY_AFTERNOON = "sun_pm", gettext_lazy("Sunday afternoon")
    WEEKDAY_EVENING = "weekday_evening", gettext_lazy("an evening from Monday to Friday")
