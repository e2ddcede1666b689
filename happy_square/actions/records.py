"""Groups of people whose records are merged, or who have moved away or died."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.deeds import Deed
from diedie_edu.common.merging import Meeting, own_ends, own_goes
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import Resident
from happy_square.actions import leading
from happy_square.models import HandOver, JoinRequest, Leadership, Trial
from happy_square.models.children import GATE

OPEN = JoinRequest.State.OPEN
WITHDRAWN = {"state": JoinRequest.State.WITHDRAWN, "answered_at": "now", "answered_by_id": "by"}
IN_FRONT = [Leadership.Part.LEADER, Leadership.Part.ACTING, Leadership.Part.DEPUTY]


def one_part(deed: Deed, met: Leadership, own: Leadership) -> None:
    """Nobody is two of those who lead a group: the part that is in front stays."""
    _stays, ends = sorted([met, own], key=lambda row: IN_FRONT.index(Leadership.Part(row.part)))
    deed.change(ends, ended_at=max(deed.now, ends.since), ended_by_id=deed.by.pk)


def lead_no_more(resident: Resident, deed: Deed) -> None:
    """Whoever is gone leads no group, is offered none and tries none; members hear of a leader."""
    for row in Leadership.objects.filter(resident=resident, ended_at=None).order_by("group"):
        with deed.watching([row]):
            leading.end_leadership(leadership=row, by=deed.by, now=deed.now)
    answered = {"answered_at": deed.now, "answered_by_id": deed.by.pk}
    for offer in HandOver.objects.filter(successor=resident, state=HandOver.State.OPEN):
        deed.change(offer, state=HandOver.State.WITHDRAWN, **answered)
    for asked in JoinRequest.objects.filter(resident=resident, state=OPEN):
        deed.change(asked, state=JoinRequest.State.WITHDRAWN, **answered)
    for trial in Trial.objects.filter(resident=resident, occasion__starts_at__gt=deed.now):
        deed.drop(trial)


def match_roles(residents: Collection[int], by: User, now: datetime) -> None:
    leading.match_roles(list(residents), by, now)


PARTS: tuple[Any, ...] = (
    Meeting("one_open_request_to_join", own_ends(**WITHDRAWN)),
    Meeting("tries_it_once_a_day", own_goes),
    Meeting("one_part_of_a_person_in_a_group", one_part),
    Meeting("happy_square.MemberEntry.attendance", own_goes),
    Meeting(
        GATE,
        words=_(
            "A child stands in a group with one of the two records, and what the group needs for "
            "that is not there any more. First take the child out of the group."
        ),
    ),
    Endings(departed=lead_no_more, rearranged=match_roles),
)
