"""Complaints and findings on the desk of those who see to them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Problem
from happy_square.models import Finding
from happy_square.models.groups import PROGRAMME
from happy_square.queries import complaints, guidance

PLACE = 40


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
        yield _problem(text, number, "guidance", _("See the answers"), "amber")


def _problem(text: str, number: int, page: str, action: str, tone: str) -> Problem:
    url = reverse(f"happy_square:{page}")
    return Problem(PLACE, text % {"number": number}, url, action, tone)
