"""Entering checks of adults. Duties that a clearance carried are released by their programme."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of
from diedie_edu.people.endings import Endings
from diedie_edu.people.models import Clearance, Volunteer


@transaction.atomic
def record_clearance(
    *,
    volunteer: Volunteer,
    result: str,
    checked_on: date,
    valid_until: date,
    by: User,
    now: datetime,
) -> Clearance:
    """Enter the result of a check; one that is not clear releases the volunteer's duties."""
    _lock(volunteer)
    clearance = Clearance.objects.create(
        volunteer=volunteer,
        result=result,
        checked_on=checked_on,
        valid_until=valid_until,
        checked_by=by,
    )
    _release(volunteer, by, now)
    return clearance


@transaction.atomic
def change_clearance(
    *, clearance: Clearance, result: str, valid_until: date, by: User, now: datetime
) -> None:
    """Put a check right, or let it end earlier; duties that it carried are released."""
    _lock(clearance.volunteer)
    Clearance.objects.filter(pk=clearance.pk).update(result=result, valid_until=valid_until)
    _release(clearance.volunteer, by, now)


def _lock(volunteer: Volunteer) -> None:
    for app in parts_of(Endings):
        app.clearance_ends(volunteer)
    Volunteer.objects.select_for_update(no_key=True, of=("self",)).get(pk=volunteer.pk)


def _release(volunteer: Volunteer, by: User, now: datetime) -> None:
    for app in parts_of(Endings):
        app.clearance_ended(volunteer, by, now)
