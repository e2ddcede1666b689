"""How many of a class stand where, and what waits for staff."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel, Problem
from edu_base.models import Application, Intake, State
from edu_base.models.schemes import PROGRAMME
from edu_base.queries import announcing

S = State
PLACE = 41


def numbers_at(intake: Intake) -> dict[str, int]:
    """How many of a class stand at each state."""
    rows = Application.objects.filter(intake=intake).order_by()
    return dict(rows.values_list("state").annotate(Count("pk")))


def to_resolve(intake: Intake, today: date) -> QuerySet[Application]:
    """In public until yesterday or longer ago, and nobody's objection is open."""
    rows = Application.objects.filter(
        intake=intake, state=S.ANNOUNCED, listing__announcement__last_on__lt=today
    )
    rows = rows.exclude(objections__decided_at=None, objections__isnull=False)
    return rows.select_related("person", "intake").order_by("rank", "pk")


def waiting_for_the_committee(today: date) -> QuerySet[Intake]:
    """Classes with names whose days in public are over."""
    rows = Application.objects.filter(state=S.ANNOUNCED, listing__announcement__last_on__lt=today)
    return Intake.objects.filter(pk__in=rows.values("intake")).order_by("pk")


def panels(user: User, now: datetime) -> Iterator[Panel]:
    """Of the desk: announcements in public, and what waits for a decision."""
    today = local_day(now)
    facts = {
        "announcements": list(announcing.in_public(today)),
        "to_resolve": list(waiting_for_the_committee(today)),
        "objections": announcing.open_objections(user).count(),
    }
    if any(facts.values()):
        yield Panel(PLACE, "edu_base/desk_places.html", facts)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """Objections that somebody is to decide."""
    if not user.may(Permission.KEEP_APPLICANTS, PROGRAMME):
        return
    if number := announcing.open_objections(user).count():
        text = ngettext(
            "%(number)d objection to a public announcement waits.",
            "%(number)d objections to public announcements wait.",
            number,
        )
        url = reverse("edu_base:objection_list")
        yield Problem(PLACE, text % {"number": number}, url, _("Read"), "brick")
