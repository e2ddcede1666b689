"""What the desk says of groups that need somebody."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.parts import Problem
from diedie_edu.common.peeks import Peek
from happy_square.models import Group
from happy_square.models.groups import PROGRAMME
from happy_square.queries.children import unchecked_leaderships
from happy_square.queries.groups import listed
from happy_square.queries.leaders import without_a_hand
from happy_square.rules.filing import SOON

NAMED = 3  # groups that one line names


def problems(user: User | AnonymousUser, now: datetime) -> Iterator[Problem]:
    """For those who guide the groups: nobody leads it, a check or the filing has run out, a
    suspension is over and nobody has decided."""
    if not isinstance(user, User) or not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return
    today = local_day(now)
    filed = filed_until(_soon(now)).order_by("filed_until")
    unchecked = [row.group for row in unchecked_leaderships(today)]
    rows = (
        (without_a_hand(), _("Nobody looks after: %s"), "happy_square:leading", "brick"),
        (unchecked, _("Children cannot come, a check has run out: %s"), "happy_square:leading", ""),
        (over(today), _("The suspension is over, please decide: %s"), "happy_square:standing", ""),
        (filed, _("The filing runs out, or has: %s"), "happy_square:filing", ""),
    )
    for place, (groups, text, page, tone) in enumerate(rows):
        yield from _problem(60 + place, list(groups), text, page, tone or "amber")


def over(today: date) -> QuerySet[Group]:
    """Suspended, and not for any longer."""
    return Group.objects.filter(standing="suspended", standing_until__lt=today)


def filed_until(day: date) -> QuerySet[Group]:
    return listed().filter(filed_until__lte=day)


def _soon(now: datetime) -> date:
    return local_day(now) + SOON


PEEKS = (
    Peek(without_a_hand),
    Peek(unchecked_leaderships),
    Peek(over),
    Peek(filed_until, day=_soon),
)


def _problem(
    place: int, groups: Iterable[Group], text: str, page: str, tone: str
) -> Iterator[Problem]:
    found = list({row.pk: row for row in groups}.values())
    if found:
        names = "、".join(row.title for row in found[:NAMED])
        more = "…" if len(found) > NAMED else ""
        url = reverse(page, args=[found[0].pk])
        yield Problem(place, text % f"{names}{more}", url, _("Look at it"), tone)
