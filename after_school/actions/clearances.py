"""What becomes of a volunteer's slots when the check that carried them ends."""

from datetime import datetime, timedelta

from after_school import messages
from after_school.queries import clearances, sessions
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment, time_text
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.models import Duty


def release_uncleared(volunteer: Volunteer, by: User, now: datetime) -> None:
    """Free the slots that a volunteer may not fill any more, and look for stand-ins. Whoever is
    on duty at this moment is signed out; the database refuses the shorter clearance otherwise."""
    for duty in clearances.uncleared_duties(volunteer).order_by("occasion", "pk"):
        if duty.signed_in_at is None:
            roster.free_slot(duty=duty, by=by, now=now)
        else:
            roster.send_home(duty=duty, by=by, now=now)


def notify_staff_of_leaving(slot: Duty, gone: Volunteer, now: datetime) -> None:
    """Somebody on duty may not stay with the children."""
    session = slot.occasion.zone_day.session_id
    notify(
        kind=messages.MUST_LEAVE,
        recipients=sessions.staff_to_notify(),
        subject=messages.SESSION.of(session),
        revision=f"{slot.pk}.{now:%Y%m%d%H%M%S}",
        data={"session": session, "name": gone.resident.full_name, "time": time_text(now)},
        expires_at=moment(local_day(now) + timedelta(days=1)),
        now=now,
    )
