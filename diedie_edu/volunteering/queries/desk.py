"""Volunteers' hours on the staff desk: what waits to be confirmed."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.parts import Problem
from diedie_edu.common.peeks import Peek
from diedie_edu.volunteering.queries import hours

TO_CONFIRM = Peek(lambda now: hours.duties_to_confirm({EVERYWHERE}, now))


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """Of every programme that the reader plans, in one line."""
    number = hours.duties_to_confirm(user.scopes(Permission.PLAN_ACTIVITIES), now).count()
    if number:
        text = ngettext(
            "The hours of %(number)d volunteer's duty wait to be confirmed.",
            "The hours of %(number)d volunteers' duties wait to be confirmed.",
            number,
        )
        url = reverse("volunteering:hours")
        yield Problem(40, text % {"number": number}, url, _("Confirm the hours"))
