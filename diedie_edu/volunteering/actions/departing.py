"""Duties of volunteers who have moved away or died, and of those whose records were merged."""

from collections.abc import Collection
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.deeds import Deed
from diedie_edu.people.models import Resident, Volunteer
from diedie_edu.volunteering.actions.roster import free_slot
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries.clearances import uncleared_duties
from diedie_edu.volunteering.rules import check_is_cleared


def free_duties(resident: Resident, deed: Deed) -> None:
    """What lies ahead is free again; where there is a roster others are asked."""
    ahead = Duty.objects.filter(
        volunteer__resident=resident,
        starts_at__gt=deed.now,
        signed_in_at=None,
        served_minutes=None,
        is_off=False,
    )
    for duty in ahead.order_by("occasion", "pk"):
        with deed.watching([duty]):
            free_slot(duty=duty, by=deed.by, now=deed.now)


def check_checks(residents: Collection[int], by: User, now: datetime) -> None:
    """A check of either record that is not clear carries no duty of the other. Raises `Refused`."""
    for volunteer in Volunteer.objects.filter(resident__in=residents):
        check_is_cleared(not uncleared_duties(volunteer, local_day(now)).exists())
