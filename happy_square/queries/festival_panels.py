"""What festivals bring to the portal, as a share of the programme's manifest."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.activities.models import Activity
from diedie_edu.common.manifests import defined_in
from diedie_edu.common.parts import (
    DeskProblems,
    HomePanels,
    MyPagePanels,
    NavEntry,
    Panel,
    Problem,
    QuickAction,
)
from diedie_edu.common.peeks import Peek
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Resident
from happy_square import festival_messages
from happy_square.models import FestivalInvitation, Group
from happy_square.models.groups import PROGRAMME
from happy_square.participants import PERFORMING
from happy_square.queries.festivals import festivals, festivals_ahead, order_of
from happy_square.queries.groups import leads
from happy_square.rules.running_order import minutes_over

PLACE, SOON = 65, timedelta(days=14)
ON_HOME = 2
LOOKED_AT = (
    "happy_square.groupkind",
    "view:happy_square.group",
    "view:happy_square.leadership",
    "view:happy_square.membership",
    "view:happy_square.meetup",
    "view:happy_square.festival",
    "view:happy_square.visit",
    "view:happy_square.finding",
)


def home_panels(user: User | AnonymousUser, now: datetime) -> Iterator[Panel]:
    rows = list(festivals_ahead(now).exclude(state=Activity.State.CALLED_OFF)[:ON_HOME])
    yield Panel(42, "happy_square/home_festivals.html", {"festivals": rows})


def my_panels(user: User, family: Sequence[Resident], now: datetime) -> Iterator[Panel]:
    """Invitations to the groups that the reader leads, until the festival begins."""
    if not user.may(Permission.LEAD_GROUP):
        return
    led = Group.objects.filter(leads(user)).values("pk")
    standing = FestivalInvitation.objects.filter(
        group__in=led,
        state__in=[FestivalInvitation.State.OPEN, FestivalInvitation.State.ACCEPTED],
        festival__occasions__starts_at__gt=now,
        festival__occasions__is_called_off=False,
    )
    rows = list(standing.select_related("group", "festival").order_by("asked_at", "pk"))
    if rows:
        yield Panel(36, "happy_square/my_festivals.html", {"invitations": rows})


def problems(user: User, now: datetime) -> Iterator[Problem]:
    """Of the festivals of the next two weeks: not announced, nothing to show, too long, too soon
    for a group to change."""
    if not user.may(Permission.PLAN_ACTIVITIES, PROGRAMME):
        return
    for festival in _near(now, now + SOON).order_by("starts_at"):
        for text in _wrong_with(festival):
            url = reverse("happy_square:festival_order", args=[festival.pk])
            yield Problem(PLACE, text % festival.title, url, _("Prepare it"))


def _near(now: datetime, until: datetime) -> QuerySet[Any]:
    soon = festivals().filter(starts_at__gt=now, starts_at__lte=until)
    return soon.exclude(state=Activity.State.CALLED_OFF)


def _wrong_with(festival: Activity) -> Iterator[str]:
    slots = order_of(festival)  # type: ignore[arg-type]
    if festival.state == Activity.State.DRAFT:
        yield _("“%s” is not announced yet.")
    if not slots:
        yield _("“%s” has no running order yet.")
    if minutes_over(slots, festival.ends_at):  # type: ignore[attr-defined]
        yield _("The items of “%s” run beyond its end.")
    if any(slot.too_soon for slot in slots):
        yield _("At “%s” a group has too little time to change.")


FESTIVALS = (
    PERFORMING,
    *defined_in(festival_messages, Kind),
    NavEntry(25, gettext_lazy("Groups"), "happy_square:directory", "user-group"),
    QuickAction(
        PLACE,
        gettext_lazy("Plan festivals"),
        "happy_square:staff_festival_list",
        "sparkles",
        Permission.PLAN_ACTIVITIES,
        PROGRAMME,
    ),
    AdminModels(Permission.PLAN_ACTIVITIES, LOOKED_AT),
    DeskProblems(problems, (Peek(_near, until=lambda now: now + SOON),)),
    HomePanels(home_panels),
    MyPagePanels(my_panels),
)
