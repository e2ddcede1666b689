"""The steps that belong to the portal's own pages."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Permission, Role
from diedie_edu.accounts.queries import privacy_notices_in_force
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import FirstStep
from diedie_edu.venues.models import CompleteYear, OpeningHours
from diedie_edu.venues.queries.special_days import calendar


def _hours(now: datetime) -> QuerySet[Any]:
    return OpeningHours.objects.all()


def _year(now: datetime) -> QuerySet[Any]:
    """Any row at all where the year is announced; else what staff marked as complete."""
    year = local_day(now).year
    marked = CompleteYear.objects.filter(year=year)
    return User.objects.all() if calendar().is_announced(year) else marked


def _staff(now: datetime) -> QuerySet[Any]:
    return RoleGrant.objects.filter(role=Role.STAFF)


STEPS = (
    FirstStep(
        20,
        "rooms",
        pgettext_lazy("a step", "Rooms"),
        _("What your rooms are called, how many people they hold, when they are open."),
        "building-office",
        _hours,
        "portal:begin_rooms",
    ),
    FirstStep(
        30,
        "year",
        _("Holidays of the year"),
        _("Public holidays are known once they are announced; look at them, add your own days."),
        "calendar-days",
        _year,
        "venues:year",
        lambda now: [local_day(now).year],
        permission=Permission.KEEP_CALENDAR,
    ),
    FirstStep(
        40,
        "privacy",
        _("Privacy notice"),
        _("Nobody registers before it holds. A text to begin with is there; fill in its gaps."),
        "document-text",
        privacy_notices_in_force,
        "portal:privacy_new",
    ),
    FirstStep(
        50,
        "staff",
        _("First staff"),
        _("A phone and a name; they sign in by a code and choose a password of their own."),
        "user-plus",
        _staff,
        "portal:appointing",
    ),
)
