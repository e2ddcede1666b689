"""Telling the staff that somebody on duty may not stay."""

from datetime import datetime, timedelta

from after_school import messages
from after_school.queries import sessions
from diedie_edu.common.days import local_day, moment, time_text
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


def notify_staff_of_leaving(slot: Duty, gone: Volunteer, now: datetime) -> None:
    """Somebody on duty may not stay with the children."""
    session = slot.occasion.zone_day.session_id
    notify(
        kind=messages.MUST_LEAVE,
        accounts=sessions.staff_to_notify(),
        subject=messages.SESSION.of(session),
        revision=f"{slot.pk}.{now:%Y%m%d%H%M%S}",
        data={"session": session, "name": gone.resident.full_name, "time": time_text(now)},
        expires_at=moment(local_day(now) + timedelta(days=1)),
        now=now,
    )
