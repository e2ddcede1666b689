"""What reviewing brings to the desks, and to the applicant's page."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Panel, Problem
from edu_base.models import Application, Interview, State
from edu_base.models.schemes import PROGRAMME
from edu_base.queries.review import numbers_by_sort
from edu_base.queries.reviewers import appointments_of, cases, undeclared

PLACE = 45


def of_review(user: User, now: datetime) -> Iterator[Panel]:
    """How many applications stand where, and whether the reader is a reviewer."""
    facts = {"numbers": numbers_by_sort(), "is_reviewer": appointments_of(user).exists()}
    yield Panel(10, "edu_base/review_panel.html", facts)


def own_interview(application: Application, user: User, now: datetime) -> Iterator[Panel]:
    """Day and place, until it has been held."""
    row = Interview.objects.filter(application=application).first()
    if row is not None and application.state == State.ELIGIBLE:
        yield Panel(20, "edu_base/own_interview.html", {"interview": row})


def to_check() -> QuerySet[Application]:
    return Application.objects.filter(state=State.SUBMITTED)


def to_be_checked(user: User, now: datetime) -> Iterator[Problem]:
    """What waits for staff."""
    may_keep = user.may(Permission.KEEP_APPLICANTS, PROGRAMME)
    if may_keep and (number := to_check().count()):
        text = ngettext(
            "%(number)d application waits to be checked.",
            "%(number)d applications wait to be checked.",
            number,
        )
        url = reverse("edu_base:applications") + "?sort=new"
        yield Problem(PLACE, text % {"number": number}, url, _("Check"))


def to_be_marked(user: User, now: datetime) -> Iterator[Problem]:
    """What waits for the reader's own marks."""
    own = appointments_of(user)
    if number := sum(len(cases(row)) + undeclared(row).count() for row in own):
        text = ngettext(
            "%(number)d application waits for you as a reviewer.",
            "%(number)d applications wait for you as a reviewer.",
            number,
        )
        url = reverse("edu_base:reviewing")
        yield Problem(PLACE, text % {"number": number}, url, _("Mark applications"))
