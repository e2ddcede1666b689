"""Complaints and findings on the desk of those who see to them, and on "my page" of leaders."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Panel, Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.people.models import Resident
from happy_square.models import Finding, Group
from happy_square.models.groups import PROGRAMME
from happy_square.queries import complaints, guidance
from happy_square.queries.groups import leads

PLACE = 40
PEEKS = (
    Peek(complaints.unsettled),
    Peek(guidance.overdue),
    Peek(lambda: Finding.objects.filter(state=Finding.State.ANSWERED)),
)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """What is overdue, what waits for a look, and complaints that nobody has seen to."""
    if not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return
    if number := complaints.new_ones(user).count():
        text = ngettext(
            "%(number)d complaint about Happy Square waits.",
            "%(number)d complaints about Happy Square wait.",
            number,
        )
        yield _problem(text, number, "complaint_list", _("Read"), "brick")
    if number := guidance.overdue(local_day(now)).count():
        text = ngettext(
            "%(number)d finding at a group is overdue.",
            "%(number)d findings at groups are overdue.",
            number,
        )
        yield _problem(text, number, "guidance", _("See to it"), "brick")
    if number := Finding.objects.filter(state=Finding.State.ANSWERED).count():
        text = ngettext(
            "%(number)d finding has been answered.",
            "%(number)d findings have been answered.",
            number,
        )
        yield _problem(text, number, "guidance", _("Read what they say"), "amber")


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """What is to be put right at the groups that the reader leads, where something is."""
    if not user.may(Permission.LEAD_GROUP):
        return
    led = Group.objects.filter(leads(user)).values("pk")
    rows = list(guidance.findings().filter(state=Finding.State.OPEN, group__in=led))
    if rows:
        facts = {"findings": rows, "today": local_day(now)}
        yield Panel(34, "happy_square/my_findings.html", facts)


def _problem(text: str, number: int, page: str, action: str, tone: str) -> Problem:
    url = reverse(f"happy_square:{page}")
    return Problem(PLACE, text % {"number": number}, url, action, tone)
