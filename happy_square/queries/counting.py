"""Whom a headcount names, and who is in it already."""

from django.db.models import Q, QuerySet

from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from happy_square.models import MeetUp


def people_at(meet_up: MeetUp) -> QuerySet[Resident]:
    """Members, those who try it on that day and those who are in the headcount, by pinyin.

    Whom the leader has just written down is none of them yet: they may still say no.
    """
    member = Q(
        sign_ups__activity=meet_up.group_id,
        sign_ups__status=SignUp.Status.SEATED,
        sign_ups__member_entry=None,
    )
    tries, came = Q(trials__occasion=meet_up.pk), Q(attendances__occasion=meet_up.pk)
    found = [Resident.objects.filter(one).values("pk") for one in (member, tries, came)]
    return Resident.objects.filter(
        Q(pk__in=found[0]) | Q(pk__in=found[1]) | Q(pk__in=found[2])
    ).order_by("sort_key", "pk")


def came_to(meet_up: MeetUp) -> list[int]:
    """Ids of those in the headcount."""
    rows = meet_up.occasion.attendances.order_by("resident")
    return list(rows.values_list("resident", flat=True))
