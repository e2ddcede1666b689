"""Days and times in words: Chinese as the community writes them, 24 hours in both languages."""

from datetime import date, datetime, time

from django.utils.formats import date_format
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from diedie_edu.common.days.clock import local, local_day

# Django's own Chinese says 星期一; beside a date people write 周一.
_WEEKDAYS = (
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
    return str(_WEEKDAYS[day.weekday()])


def day_text(day: date, *, year: bool = True) -> str:
    """2026年11月23日（周一）, or Monday 23 November 2026; without the year where it is plain."""
    written = date_format(day, "DATE_FORMAT" if year else "MONTH_DAY_FORMAT")
    pattern = pgettext("a date and its weekday", "{weekday} {date}")
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
