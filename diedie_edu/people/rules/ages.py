"""Bands of age, in which people are counted."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.people.rules import residents


class AgeBand(models.TextChoices):
    """Instead of a birth date: enough to plan by, too little to know anybody by."""

    UNDER_18 = "under_18", _("under 18")
    FROM_18 = "18_34", _("18 to 34")
    FROM_35 = "35_49", _("35 to 49")
    FROM_50 = "50_59", _("50 to 59")
    FROM_60 = "60_69", _("60 to 69")
    FROM_70 = "70_up", _("70 and over")


# The first year of age of each band.
BANDS = (
    (70, AgeBand.FROM_70),
    (60, AgeBand.FROM_60),
    (50, AgeBand.FROM_50),
    (35, AgeBand.FROM_35),
    (18, AgeBand.FROM_18),
    (0, AgeBand.UNDER_18),
)


def age_band_of(birth_date: date | None, today: date) -> str:
    """The band in which somebody is today; empty where the birth date is not known."""
    if birth_date is None:
        return ""
    age = residents.years_old(birth_date, today)
    return next((band for first, band in BANDS if age >= first), "")


def last_birth_date(age: int, today: date) -> date:
    """Whoever was born on this day or before is of that age on `today`, or older."""
    try:
        return today.replace(year=today.year - age)
    except ValueError:  # today is 29 February
        return date(today.year - age, 2, 28)
