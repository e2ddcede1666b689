"""Signing in and out on duty. The minutes wait to be confirmed, as those of every programme."""

from datetime import datetime

from django.db import transaction

from after_school.queries.roster import session_of
from after_school.rules import sessions
from after_school.rules.roster import check_can_sign_in, minutes_served, went_home_at
from diedie_edu.accounts.models import User
from diedie_edu.volunteering.models import Duty


@transaction.atomic
def sign_in_on_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """The volunteer is here; signing in twice keeps the first time.

    Raises `Refused` on another day, or where the day is off.
    """
    locked = _lock(duty)
    if locked.signed_in_at is not None:
        return locked
    check_can_sign_in(locked, sessions.opens_at(session_of(locked)), now)
    locked.signed_in_at = now
    locked.save(update_fields=["signed_in_at"])
    return locked


@transaction.atomic
def sign_out_of_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """The volunteer goes; the minutes wait to be confirmed. Signing out twice is harmless.

    On another day it counts until the end of the duty. Within the first minute nothing is
    noted: it was a slip of the finger. What a lead has confirmed meanwhile stays as it is.
    """
    locked = _lock(duty)
    if locked.signed_in_at is None or locked.signed_out_at is not None or locked.confirmed_at:
        return locked
    went = went_home_at(locked, now)
    minutes = minutes_served(locked.signed_in_at, went)
    if minutes:
        locked.signed_out_at, locked.served_minutes = went, minutes
        locked.save(update_fields=["signed_out_at", "served_minutes"])
    return locked


def _lock(duty: Duty) -> Duty:
    return Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
