"""试一次: coming to one date of a group without joining it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import ACTIVITY, occasion_data
from diedie_edu.activities.models import Occasion
from diedie_edu.activities.queries.sign_ups import live_sign_up
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.people.models import Resident
from happy_square import member_messages as messages
from happy_square.actions.dates import lock_groups
from happy_square.actions.members import gate_in_words
from happy_square.models import MeetUp, Trial
from happy_square.queries.leaders import leader_ids
from happy_square.rules.members import check_can_try


@transaction.atomic
def come(
    *, meet_up: MeetUp, resident: Resident, wants_reminders: bool, by: User, now: datetime
) -> Trial:
    """Say that somebody comes to try it; those who lead the group read it. Twice is harmless.

    Raises `Refused` as `check_can_try`.
    """
    lock_groups([meet_up.group_id])
    row = Trial.objects.filter(occasion=meet_up.pk, resident=resident).first()
    if row:
        return row
    occasion = Occasion.objects.select_related("activity", "venue").get(pk=meet_up.pk)
    is_member = live_sign_up(meet_up.group_id, resident.pk) is not None
    check_can_try(meet_up.group, occasion, is_member, _has_tried(meet_up, resident), now)
    with gate_in_words():
        row = Trial.objects.create(
            occasion=occasion,
            resident=resident,
            wants_reminders=wants_reminders,
            asked_at=now,
            asked_by=by,
        )
    _tell(row, occasion, now)
    return row


def _has_tried(meet_up: MeetUp, resident: Resident) -> bool:
    """Dates that were called off do not count."""
    return Trial.objects.filter(
        occasion__activity=meet_up.group_id, resident=resident, occasion__is_called_off=False
    ).exists()


def _tell(row: Trial, occasion: Occasion, now: datetime) -> None:
    about: dict[str, Any] = {
        "subject": ACTIVITY.of(occasion.activity_id),
        "revision": f"try.{row.pk}",
        "now": now,
        "expires_at": occasion.ends_at,
    }
    facts = occasion_data(occasion)
    notify(kind=messages.TRIES, recipients=[row.resident_id], data=facts, **about)
    person = {"person": row.resident.full_name}
    leaders = leader_ids(occasion.activity_id)
    notify(kind=messages.TRIED_BY, recipients=leaders, data=facts | person, **about)


@transaction.atomic
def stay_away(*, meet_up: MeetUp, resident: Resident, now: datetime) -> None:
    """Not come after all. Twice is harmless."""
    Trial.objects.filter(occasion=meet_up.pk, resident=resident).delete()
    cancel(
        subject=ACTIVITY.of(meet_up.group_id),
        recipient=resident.pk,
        kinds=[messages.TRIES],
        now=now,
    )
