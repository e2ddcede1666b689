"""Reads of rooms and days."""

from datetime import date
from typing import Any

from django.db.models import DateField, F, Func, QuerySet, Value

from diedie_edu.common.calendar import Calendar
from diedie_edu.common.composed import Composed
from diedie_edu.venues.models import CompleteYear, SpecialDay

COMPLETE = "complete"  # beside the kinds of days


def calendar() -> Calendar:
    """The public calendar with the special days that staff entered, and the years of which they
    said that these are all; one query."""
    found = DAYS.rows()
    return Calendar(
        {day: kind for day, kind in found if kind != COMPLETE},
        frozenset(day.year for day, kind in found if kind == COMPLETE),
    )


def _days() -> QuerySet[Any, Any]:
    first = Func(F("year"), Value(1), Value(1), function="make_date", output_field=DateField())
    years = CompleteYear.objects.order_by().values_list(first, Value(COMPLETE))
    return SpecialDay.objects.order_by().values_list("day", "kind").union(years, all=True)


DAYS = Composed[tuple[date, str]](_days)
