"""Reads of complaints: staff see all but those of groups that they lead themselves."""

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from happy_square.models import Complaint, Finding, Group
from happy_square.queries.guidance import to_see_to


def visible_to(user: User) -> QuerySet[Complaint]:
    """A group never sees who complained of it, also where its leader works in the office."""
    rows = Complaint.objects.select_related("group", "venue", "finding")
    own = Group.objects.filter(
        leaderships__resident__account=user, leaderships__ended_at=None
    ).values("pk")
    return rows.exclude(group__in=own)


def new_ones(user: User) -> QuerySet[Complaint]:
    """Nobody has seen to them yet; the one that waits for longest stands first."""
    own = visible_to(user).filter(pk__in=unsettled())
    return own.order_by("written_at", "pk")


def unsettled() -> QuerySet[Complaint]:
    return Complaint.objects.filter(finding=None, settled_at=None)


def findings_to_join(complaint: Complaint) -> QuerySet[Finding]:
    """What is open at the same group or the same place."""
    if complaint.group_id is not None:
        return to_see_to().filter(group=complaint.group_id)
    return to_see_to().filter(venue=complaint.venue_id)
