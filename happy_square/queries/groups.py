"""Reads of groups: which are shown, and which somebody runs."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.queries.occasions import announced
from diedie_edu.common.composed import Composed
from happy_square.models import Group
from happy_square.models.groups import PROGRAMME

LISTED = (Group.Standing.ACTIVE, Group.Standing.RESTING)


def announced_groups() -> QuerySet[Group]:
    """Those with a page, also where they do not meet (any more): links and posters lead to it."""
    shown = announced() | Q(standing=Group.Standing.SUSPENDED)
    return Group.objects.filter(shown).select_related("kind", "programme")


def listed() -> QuerySet[Group]:
    """Those that residents find in the directory."""
    return Group.objects.filter(announced(), standing__in=LISTED)


def run_by(user: User | AnonymousUser) -> QuerySet[Group]:
    """Those that an account may run: staff and leads of the programme all, for their leaders, and
    whoever leads one that one. Other people's are not found: the pages answer 404."""
    if not user.is_authenticated:
        return Group.objects.none()
    if user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return Group.objects.all()
    return Group.objects.filter(leads(user)).distinct()


def leads(user: User) -> Q:
    """Groups that the account's own person leads at present, as leader, deputy or acting leader."""
    if not user.may(Permission.LEAD_GROUP):
        return Q(pk__in=[])
    return _leads(user.pk)


def _leads(account: int) -> Q:
    return Q(leaderships__resident__account=account, leaderships__ended_at=None)


LED = Composed[Group](
    lambda account: (
        Group.objects.filter(_leads(account)).distinct().order_by("title").select_related(None)
    ),
    account=int,
)


def led_by(user: User) -> list[Group]:
    """Those of `leads`, by title."""
    return LED.rows(account=user.pk) if user.may(Permission.LEAD_GROUP) else []


def next_meet_ups(group: Group, now: datetime) -> QuerySet[Occasion]:
    """What is ahead of it, called-off ones too, soonest first."""
    ahead = group.occasions.filter(ends_at__gt=now).order_by("starts_at")
    return ahead.select_related("venue", "meet_up", "booking__request")
