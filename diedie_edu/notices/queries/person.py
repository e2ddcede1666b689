"""What was sent to one person, as staff see it."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.parts import Panel
from diedie_edu.notices.models import NOT_ARRIVED, Notice
from diedie_edu.notices.queries.inbox import opened
from diedie_edu.people.models import Resident

SHOWN = 8


def person_sections(user: User, resident: Resident, now: datetime) -> Iterator[Panel]:
    """Titles alone, with how far each got."""
    if not user.may(Permission.SEE_DELIVERY):
        return
    theirs = Q(recipient=resident)
    if resident.account_id:
        theirs |= Q(account=resident.account_id)
    rows = (
        Notice.objects.filter(theirs)
        .select_related("recipient")
        .order_by("-created_at", "-pk")[:SHOWN]
    )
    sent = [
        (opened(row).title, row, row.status in NOT_ARRIVED and not row.told_with_id) for row in rows
    ]
    yield Panel(60, "notices/person_messages.html", {"sent": sent})
