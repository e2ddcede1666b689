"""Speakers on the staff desk: invitations that somebody should ask after."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.portal.queries import desk_parts
from residents_school.models import Invitation
from residents_school.queries import invitations
from residents_school.rules.lectures import PROGRAMME


def speaker_problems(now: datetime, user: User) -> Iterator[desk_parts.Problem]:
    """No answer for days, and dates proposed; each leads to the first lecture concerned."""
    if not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return
    yield from _problem(
        invitations.unanswered(now),
        lambda number: ngettext(
            "%(number)d invitation to speak has no answer for days.",
            "%(number)d invitations to speak have no answer for days.",
            number,
        ),
        _("Ask after it"),
    )
    yield from _problem(
        invitations.other_dates(now),
        lambda number: ngettext(
            "%(number)d speaker proposes another date.",
            "%(number)d speakers propose another date.",
            number,
        ),
        _("See the days"),
    )


def _problem(
    rows: QuerySet[Invitation], text: Callable[[int], str], action: str
) -> Iterator[desk_parts.Problem]:
    soonest = rows.order_by("lecture__occasions__starts_at", "pk")
    lectures = list(soonest.values_list("lecture", flat=True))
    if lectures:
        url = reverse("residents_school:lecture_speakers", args=[lectures[0]])
        words = text(len(lectures)) % {"number": len(lectures)}
        yield desk_parts.Problem(words, url, action)
