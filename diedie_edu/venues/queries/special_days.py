"""Reads of rooms and days."""

from diedie_edu.common.calendar import Calendar
from diedie_edu.venues.models import SpecialDay


def calendar() -> Calendar:
    """The public calendar with the special days that staff entered."""
    return Calendar(dict(SpecialDay.objects.values_list("day", "kind")))
