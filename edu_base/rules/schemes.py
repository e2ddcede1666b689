"""What may be set of a year and its classes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from edu_base.models import Intake, SchemeYear

# The limits of each, and what is taken of them; the database holds the same.
LIMITS = {
    SchemeYear: {"places": "taken", "target": "allotted"},
    Intake: {"places": "taken"},
}


def check_limits(row: SchemeYear | Intake, told: Mapping[str, Any]) -> None:
    """House rule: no limit goes below what is taken of it.

    Raises `Refused` (`below_taken`), beside the limit.
    """
    for limit, taken in LIMITS[type(row)].items():
        number = getattr(row, taken)
        if (told.get(limit) or 0) < number:
            raise Refused("below_taken", _("%d of these are taken already.") % number, limit)


def check_counts_on(told: Mapping[str, Any]) -> None:
    """House rule: an age rule says on which day age counts.

    Raises `Refused` (`no_day`, `youngest_above`).
    """
    ages = [age for name in ("min_age", "max_age") if (age := told.get(name)) is not None]
    if ages and not told.get("age_counts_on"):
        raise Refused("no_day", _("Say on which day age counts."), "age_counts_on")
    if ages != sorted(ages):
        raise Refused("youngest_above", _("The oldest is younger than the youngest."), "max_age")


def check_window(told: Mapping[str, Any]) -> None:
    """House rule: both days included. Raises `Refused` (`closes_first`)."""
    opens, closes = told.get("opens_on"), told.get("closes_on")
    if opens and closes and closes < opens:
        raise Refused("closes_first", _("That is before the first day."), "closes_on")
