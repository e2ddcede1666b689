"""Signing in and out on duty, and confirming how long it took, in every programme.

Lock order: duties, by id.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.volunteering import rules
from diedie_edu.volunteering.models import Duty


@transaction.atomic
def confirm_hours(
    *, served: Mapping[int, int], by: User | None, now: datetime, corrects: bool = True
) -> int:
    """Record how many minutes volunteers served, by duty (id); how many rows were written.

    Confirming anew corrects it, with who did so and when; the same number again is harmless.
    With `corrects=False` what is confirmed already stays, so that a page which shows what waits
    undoes nothing newer.

    All of them or none. Raises `Refused` where it is not over, called off, without a volunteer, the
    confirmer's own, or no number of minutes that a day has.
    """
    written = 0
    for duty in _lock(served):
        minutes = served[duty.pk]
        rules.check_hours(duty, minutes, by, now)
        if _is_settled(duty, minutes, corrects):
            continue
        duty.served_minutes, duty.confirmed_by, duty.confirmed_at = minutes, by, now
        duty.save(update_fields=["served_minutes", "confirmed_by", "confirmed_at"])
        written += 1
    return written


def _lock(duties: Iterable[int]) -> list[Duty]:
    found = Duty.objects.filter(pk__in=list(duties)).select_for_update(of=("self",))
    return list(found.select_related("volunteer__resident").order_by("pk"))


def _is_settled(duty: Duty, minutes: int, corrects: bool) -> bool:
    if duty.confirmed_at is None:
        return False
    return not corrects or duty.served_minutes == minutes


# --- Signing in and out ----------------------------------------------------------------


@transaction.atomic
def sign_in(
    *, duty: Duty, opens_at: datetime, by: User, now: datetime, goes_on: bool = False
) -> Duty:
    """The volunteer is here; signing in twice keeps the first time. `opens_at` is from when the
    programme lets people sign in; `goes_on`: somebody is needed though it is called off.

    Raises `Refused` on another day, or where the day is off.
    """
    locked = _lock([duty.pk])[0]
    if locked.signed_in_at is not None:
        return locked
    rules.check_can_sign_in(locked, opens_at, now, goes_on=goes_on)
    locked.signed_in_at = now
    locked.save(update_fields=["signed_in_at"])
    return locked


@transaction.atomic
def sign_out(*, duty: Duty, by: User, now: datetime) -> Duty:
    """The volunteer goes; the minutes wait to be confirmed. Signing out twice is harmless.

    On another day it counts until the end of the duty. Within the first minute nothing is
    noted: it was a slip of the finger. What a lead has confirmed meanwhile stays as it is.
    """
    locked = _lock([duty.pk])[0]
    if locked.signed_in_at is None or locked.signed_out_at is not None or locked.confirmed_at:
        return locked
    went = rules.went_home_at(locked, now)
    minutes = rules.minutes_served(locked.signed_in_at, went)
    if minutes:
        locked.signed_out_at, locked.served_minutes = went, minutes
        locked.save(update_fields=["signed_out_at", "served_minutes"])
    return locked
