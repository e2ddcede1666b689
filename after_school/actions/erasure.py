"""What becomes of the 4:30 school's part when a consent or a clearance ends."""

from datetime import datetime

from django.conf import settings

from after_school import guardian_messages, messages
from after_school.models import CollectorPass, GuardianRight, WalkHomePermission
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Resident


def kept_days() -> int:
    """House rule: so long a place is kept for a child whose consent has run out."""
    return settings.SCHOOL_SEAT_KEPT_DAYS


def release_child(child: Resident, by: User | None, now: datetime) -> None:
    """The child is locked: passes and permissions end, guardians are told. A child who is inside
    is handed over all the same."""
    later = {"child": child, "taken_back_at": None}
    today = local_day(now)
    CollectorPass.objects.filter(**later, used_at=None, day__gt=today).update(taken_back_at=now)
    WalkHomePermission.objects.filter(**later, valid_from__gt=today).update(taken_back_at=now)
    guardians = GuardianRight.objects.filter(child=child).values_list("guardian_id", flat=True)
    notify(
        kind=guardian_messages.CONSENT_ENDED,
        recipients=list(guardians),
        subject=messages.CHILD.of(child.pk),
        revision=int(now.timestamp()),
        data=messages.child_data(child, erase_on=child.erase_due_on),
        now=now,
    )
