"""That a year of the calendar is not announced yet, said where its dates are planned or shown."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone

from diedie_edu.common.calendar import years_not_announced

AHEAD = timedelta(days=366)  # as far as things are planned
register = template.Library()


@register.inclusion_tag("components/year_note.html")
def year_note(*days: date | None) -> dict[str, object]:
    """That a year is not announced yet: of the days (or moments) given, or, in a form to plan
    with, of all that it reaches."""
    today = timezone.localdate()
    shown = [_day(day) for day in days if day] if days else [today, today + AHEAD]
    return {"years": years_not_announced(shown)}


def _day(when: date) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when
