"""Entering checks of adults. Duties that a clearance carried are released by their programme."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Clearance, Volunteer

# Called with the volunteer when a clearance has become shorter; an app that puts volunteers on
# duty with children registers its own, and the database refuses what is left of them.
Release = Callable[[Volunteer, User, datetime], None]
_releases: list[Release] = []


def register_release(release: Release) -> None:
    if release not in _releases:
        _releases.append(release)


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
    Volunteer.objects.select_for_update(no_key=True, of=("self",)).get(pk=volunteer.pk)


def _release(volunteer: Volunteer, by: User, now: datetime) -> None:
    for release in _releases:
        release(volunteer, by, now)
