"""Putting volunteers on duty and releasing them. Nobody is booked twice at a time.

Lock order: activity → occasion → venues → volunteers (by id). Whoever assigns several people in
one transaction locks them all first (`lock_volunteers`), or goes in the order of their ids.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages as activity_messages
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import constraint_of
from diedie_edu.notices.actions import cancel
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering import messages
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.queries import duties
from diedie_edu.volunteering.queries.clearances import is_cleared
from diedie_edu.volunteering.rules import (
    booked,
    check_can_be_released,
    check_is_cleared,
    check_takes_place,
)

DUTY_CONSTRAINT = "volunteer_at_one_place_at_a_time"


def lock_places(occasions: Iterable[int]) -> None:
    """Let nobody else fill or free a slot of these occasions (ids); before anybody's own row is
    held, as whoever fills one does."""
    places = Occasion.objects.filter(pk__in=set(occasions)).order_by("pk")
    list(places.select_for_update(of=("self",), no_key=True))


def lock_volunteers(volunteers: Iterable[int]) -> None:
    """Let nobody else book these people (ids) until this transaction ends.

    Two writers of one person would otherwise stand before the constraint waiting for each
    other, and one of them would get an error page instead of a refusal.
    """
    people = Volunteer.objects.filter(pk__in=list(volunteers)).order_by("pk")
    list(people.select_for_update(of=("self",), no_key=True))


@transaction.atomic
def assign_duty(
    *, occasion: Occasion, volunteer: Volunteer | None, work: str, by: User | None, now: datetime
) -> Duty:
    """Book a volunteer for an occasion, or open a free slot at it (None). `by` is None where
    somebody without an account says yes by a signed link.

    Whoever is on duty there already gets the new work; repeating it is harmless. Raises
    `Refused` where the occasion is called off, or the person booked at its time (`booked`).
    """
    locked = Occasion.objects.select_for_update(of=("self",), no_key=True).get(pk=occasion.pk)
    check_takes_place(locked)
    duty = Duty.at(locked, volunteer, work)
    if volunteer is None:
        duty.save()
        return duty
    lock_volunteers([volunteer.pk])
    check_clearance(locked, volunteer)
    own = Duty.objects.filter(occasion=locked, volunteer=volunteer)
    if own.update(work=work):
        return own.get()
    return _book(duty, volunteer, by)


def check_clearance(occasion: Occasion, volunteer: Volunteer) -> None:
    """Where the work needs a checked person, this one is, on that day; the volunteer's row is
    locked, so that no check ends meanwhile. Raises `Refused` (`not_cleared`)."""
    if occasion.needs_clearance:
        check_is_cleared(is_cleared(volunteer.pk, local_day(occasion.starts_at)))


def _book(duty: Duty, volunteer: Volunteer, by: User | None) -> Duty:
    try:
        with transaction.atomic():
            duty.save()
    except IntegrityError as error:
        if constraint_of(error) != DUTY_CONSTRAINT:
            raise
        raise booked(duties.clashes([volunteer.pk], duty.occasion), by) from error
    return duty


@transaction.atomic
def release_duty(*, duty: Duty, by: User | None, now: datetime) -> None:
    """Free a volunteer of a duty, and stop its reminders. Releasing twice is harmless.

    Raises `Refused` where it is served already: the row is the proof of it.
    """
    Activity.objects.select_for_update(of=("self",)).get(occasions=duty.occasion_id)
    found = Duty.objects.filter(pk=duty.pk).select_for_update(of=("self",))
    locked = found.select_related("occasion", "volunteer").first()
    if locked is None:
        return
    check_can_be_released(locked)
    locked.delete()
    if locked.volunteer:
        stop_reminders(locked, locked.volunteer, now)


def stop_reminders(duty: Duty, volunteer: Volunteer, now: datetime) -> None:
    """Somebody who does not come any more is not reminded of it."""
    cancel(
        subject=activity_messages.ACTIVITY.of(duty.occasion.activity_id),
        kinds=[messages.DUTY_REMINDER],
        recipient=volunteer.resident_id,
        data={"starts_at": [duty.starts_at.isoformat()]},
        now=now,
    )
