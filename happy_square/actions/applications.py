"""A group asks to be listed, and staff decide (`decisions`). Yes makes the group, with its leader
and its usual times.

Lock order: the application → its request → as in `weekly_times`.
"""

from collections.abc import Iterator
from datetime import datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.decisions.actions import erasing, requests
from diedie_edu.decisions.kinds import DecisionKind
from diedie_edu.decisions.models import Request
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.erasures import Matter
from diedie_edu.venues.models import Venue
from happy_square.actions import facts, leading, weekly_times
from happy_square.models import GroupApplication, Leadership
from happy_square.models.groups import PROGRAMME
from happy_square.queries import applications as queries
from happy_square.rules import applications as rules

TOLD = (
    *("title", "kind", "summary", "introduction", "capacity", "joining", "dues"),
    "takes_children",
)


@transaction.atomic
def apply(*, application: GroupApplication, by: User, now: datetime) -> Request:
    """Ask, or ask again with what is told now; whoever may decide hears.

    Raises `Refused` (`too_many`) where too many of one's applications wait.
    """
    if application.pk is None and not application.paper_reference:
        rules.check_not_too_many(queries.waiting_of(by))
    application.save()
    return requests.submit(
        kind=GROUP_APPLICATION,
        subject=application.pk,
        programme=PROGRAMME,
        data={"title": application.title},
        by=by,
        now=now,
    )


def approve(request: Request, by: User, now: datetime) -> None:
    """Make the group. Raises `Refused` (`too_young`, `not_checked`) as naming its leader does."""
    asked = queries.applications().get(pk=request.subject)
    told = {name: getattr(asked, name) for name in TOLD}
    group = facts.make_group(facts=told, by=by, now=now)
    leading.name_leader(
        group=group,
        resident=asked.leader,
        part=Leadership.Part.LEADER,
        by=by,
        now=now,
        shows_phone=asked.shows_phone,
    )
    for row in asked.times:
        weekly_times.add(
            group=group,
            weekday=row["weekday"],
            starts=time.fromisoformat(row["starts"]),
            ends=time.fromisoformat(row["ends"]),
            venue=Venue.objects.get(pk=row["venue"]),
            with_music=row["with_music"],
            by=by,
            now=now,
        )
    GroupApplication.objects.filter(pk=asked.pk).update(group=group)


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased no words stay in requests either."""
    rows = GroupApplication.objects.filter(leader=person)
    numbers = list(rows.values_list("pk", flat=True))
    erasing.erase(kind=GROUP_APPLICATION, subjects=numbers, by=None, now=now)


def matters(person: Resident, now: datetime) -> Iterator[Matter]:
    """A group that they lead is without a leader then."""
    led = Leadership.objects.filter(resident=person, ended_at=None).select_related("group")
    for row in led.order_by("group_id"):
        text = gettext("“%s” needs somebody else who leads it.") % row.group.title
        yield Matter(text, reverse("happy_square:group", args=[row.group_id]))


def _lock(number: int) -> GroupApplication:
    return GroupApplication.objects.select_for_update(of=("self",)).get(pk=number)


def _forget(number: int) -> None:
    GroupApplication.objects.filter(pk=number).delete()


GROUP_APPLICATION = DecisionKind(
    slug=queries.KIND,
    title=_("A group asks to be listed"),
    line=_("“{title}”"),
    permission=Permission.PLAN_ACTIVITIES,
    days=5,
    lock=_lock,
    contents=queries.contents,
    lines=queries.lines,
    approve=approve,
    change=lambda number: reverse("happy_square:application_change", args=[number]),
    forget=_forget,
)
