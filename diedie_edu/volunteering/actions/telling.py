"""What somebody else did with a volunteer's slot, the volunteer hears."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import occasion_data
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.models import Duty


def notify_assigned(slot: Duty, volunteer: Volunteer, by: User | None, now: datetime) -> None:
    """The slot is theirs now; nothing is said where they took it themselves."""
    _notify(messages.ASSIGNED, slot, volunteer, by, now)


def notify_freed(slot: Duty, volunteer: Volunteer, by: User | None, now: datetime) -> None:
    """It is not theirs any more; nothing is said where they gave it back themselves."""
    about, person = messages.DUTY.of(slot.pk), volunteer.resident_id
    cancel(subject=about, recipient=person, kinds=[messages.ASSIGNED], now=now)
    _notify(messages.FREED, slot, volunteer, by, now)


def _notify(kind: Kind, slot: Duty, volunteer: Volunteer, by: User | None, now: datetime) -> None:
    person = volunteer.resident
    if by is None or person.account_id == by.pk or slot.ends_at <= now:
        return
    notify(
        kind=kind,
        recipients=[person.pk],
        subject=messages.DUTY.of(slot.pk),
        revision=f"{volunteer.pk}.{now:%Y%m%d%H%M%S}",
        data=occasion_data(slot.occasion),
        expires_at=slot.ends_at,
        now=now,
    )
