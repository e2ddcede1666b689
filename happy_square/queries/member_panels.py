"""Groups on "my page", and members to be confirmed on the desk."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Panel, Problem
from diedie_edu.people.models import Resident
from happy_square.models.groups import PROGRAMME
from happy_square.queries import meet_ups, members
from happy_square.queries.groups import led_by


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """The family's groups with their next dates, first those that the reader leads."""
    facts = {
        "led": led_by(user),
        "places": members.groups_of(family),
        "dates": meet_ups.of_members(family, now),
    }
    yield Panel(35, "happy_square/my_groups.html", facts)


def problems(user: User, now: datetime) -> Iterator[Problem]:
    if not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return
    number = members.entries_for_staff().count()
    if number:
        text = ngettext(
            "%(number)s new member of a group is not in the register for certain.",
            "%(number)s new members of groups are not in the register for certain.",
            number,
        )
        address = reverse("happy_square:entries")
        yield Problem(45, text % {"number": number}, address, _("See to it"))
