"""What becomes of a volunteer's duties when the check that carried them ends."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.actions.duties import lock_places
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import uncleared_duties


def hold_places(volunteer: Volunteer) -> None:
    """Where the volunteer is on duty, before the volunteer, as whoever fills a slot does."""
    duties = Duty.objects.filter(volunteer=volunteer, served_minutes=None)
    lock_places(duties.values_list("occasion", flat=True))


def release_uncleared(volunteer: Volunteer, by: User, now: datetime) -> None:
    """Free the duties that a volunteer may not do any more, and look for stand-ins. Whoever is
    on duty at this moment is signed out; the database refuses the shorter clearance otherwise."""
    for duty in uncleared_duties(volunteer, local_day(now)):
        if duty.signed_in_at is None:
            roster.free_slot(duty=duty, by=by, now=now)
        else:
            roster.send_home(duty=duty, by=by, now=now)
