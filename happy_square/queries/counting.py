"""Whom a headcount names, and who is in it already."""

from django.db.models import Q, QuerySet

from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Resident
from happy_square.models import MeetUp, MemberEntry


def people_at(meet_up: MeetUp) -> QuerySet[Resident]:
    """Members, those who try it on that day and those who are in the headcount, by pinyin.

    Whom the leader has just written down is none of them yet: no answer tells of the register.
    """
    member = Q(
        sign_ups__activity=meet_up.group_id,
        sign_ups__status=SignUp.Status.SEATED,
        sign_ups__member_entry=None,
    )
    tries = Q(trials__occasion=meet_up.pk)
    came = Q(attendances__occasion=meet_up.pk, attendances__member_entry=None)
    everybody = Resident.objects.order_by()
    first, *others = [everybody.filter(one).values("pk") for one in (member, tries, came)]
    return Resident.objects.filter(pk__in=first.union(*others)).order_by("sort_key", "pk")


def came_to(meet_up: MeetUp) -> list[int]:
    """Ids of those in the headcount whose names it shows."""
    rows = meet_up.occasion.attendances.filter(member_entry=None, resident__isnull=False)
    return list(rows.order_by("resident").values_list("resident", flat=True))


def newcomers_at(meet_up: MeetUp) -> QuerySet[MemberEntry]:
    """Whom the leader has written down as having come for the first time; found or not, they look
    the same."""
    return MemberEntry.objects.filter(occasion=meet_up.pk)
