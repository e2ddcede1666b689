"""Reads of what people ask about their own data."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Problem
from diedie_edu.decisions.models import OPEN, Request
from diedie_edu.people.models import Guardianship, PersonCorrection, Resident, Volunteer
from diedie_edu.people.queries import open_erasures

CORRECTION_KIND = "correction"


def open_correction(resident: Resident, by: User) -> PersonCorrection | None:
    """What an account has asked for and staff have not decided yet."""
    asked = Request.objects.filter(kind=CORRECTION_KIND, asked_by=by, state__in=OPEN)
    return PersonCorrection.objects.filter(
        resident=resident, pk__in=asked.values("subject")
    ).first()


def may_be_corrected_by(user: User) -> QuerySet[Resident]:
    """Oneself, and the children one answers for."""
    own = Resident.objects.order_by().filter(account=user)
    wards = Guardianship.objects.order_by().filter(guardian__account=user)
    return Resident.objects.filter(pk__in=own.values("pk").union(wards.values("child")))


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """Who asked to be erased: overdue ones first of all."""
    if not user.may(Permission.KEEP_PEOPLE):
        return
    due = open_erasures().order_by().count()
    late = open_erasures().filter(due_on__lt=local_day(now)).order_by().count() if due else 0
    url, action = reverse("portal:erasures"), _("See the requests")
    if late:
        text = ngettext(
            "%(number)d request to be deleted is overdue; 15 working days are promised.",
            "%(number)d requests to be deleted are overdue; 15 working days are promised.",
            late,
        )
        yield Problem(5, text % {"number": late}, url, action, tone="brick")
    elif due:
        text = ngettext(
            "%(number)d person asked to be deleted.",
            "%(number)d people asked to be deleted.",
            due,
        )
        yield Problem(65, text % {"number": due}, url, action)


def serves(resident: Resident) -> bool:
    return Volunteer.objects.filter(resident=resident, is_active=True).exists()
