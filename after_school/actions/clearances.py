"""What becomes of a volunteer's slots when the check that carried them ends.

Lock order: occasion → duty → notice, the occasions by id.
"""

from datetime import datetime, timedelta

from django.db import transaction

from after_school import messages
from after_school.actions.roster import ask_stand_ins, give_back_slot, lock_slots
from after_school.queries import clearances, sessions
from after_school.rules.roster import minutes_served
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment, time_text
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


def release_uncleared(volunteer: Volunteer, by: User, now: datetime) -> None:
    """Free the slots that a volunteer may not fill any more, and look for stand-ins. Whoever is
    on duty at this moment is signed out; the database refuses the shorter clearance otherwise."""
    for duty in clearances.uncleared_duties(volunteer).order_by("occasion", "pk"):
        if duty.signed_in_at is None:
            give_back_slot(duty=duty, by=by, now=now)
        else:
            send_home(duty=duty, by=by, now=now)


@transaction.atomic
def send_home(*, duty: Duty, by: User, now: datetime) -> None:
    """Whoever is on duty leaves at once; staff are told. The minutes until now wait for approval,
    and while the afternoon runs, others are asked to stand in. Without a whole minute the
    sign-in is taken back. Twice is harmless."""
    lock_slots(duty.occasion_id)
    slot = Duty.objects.select_related("occasion__zone_day__zone", "occasion__venue").get(
        pk=duty.pk
    )
    gone = slot.volunteer
    if gone is None or slot.signed_in_at is None or slot.signed_out_at is not None:
        return
    _notify_staff(slot, gone, now)
    free = _sign_out(slot, now)
    if free is not None:
        ask_stand_ins(free, gone, now)


def _sign_out(slot: Duty, now: datetime) -> Duty | None:
    """The slot that is free for the rest of the afternoon, if there is a rest."""
    assert slot.signed_in_at is not None
    runs_on = now < slot.ends_at and not slot.is_off
    minutes = minutes_served(slot.signed_in_at, now)
    if minutes <= 0:
        slot.volunteer, slot.signed_in_at = None, None
        slot.save(update_fields=["volunteer", "signed_in_at"])
        return slot if runs_on else None
    slot.signed_out_at, slot.served_minutes = now, minutes
    slot.save(update_fields=["signed_out_at", "served_minutes"])
    if not runs_on:
        return None
    fresh = Duty.at(slot.occasion, None, slot.work)
    fresh.save()
    return fresh


def _notify_staff(slot: Duty, gone: Volunteer, now: datetime) -> None:
    session = slot.occasion.zone_day.session_id
    notify(
        kind=messages.MUST_LEAVE,
        recipients=sessions.staff_to_notify(),
        subject=messages.subject_of_session(session),
        revision=f"{slot.pk}.{now:%Y%m%d%H%M%S}",
        data={"session": session, "name": gone.resident.full_name, "time": time_text(now)},
        expires_at=moment(local_day(now) + timedelta(days=1)),
        now=now,
    )
