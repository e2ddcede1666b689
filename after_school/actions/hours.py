"""Signing in and out on duty; the hours that come of it, and their approval."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from after_school import queries, rules
from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Duty


@transaction.atomic
def sign_in_on_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """The volunteer is here; signing in twice keeps the first time.

    Raises `Refused` on another day, or where the day is off.
    """
    locked = _hold(duty)
    if locked.signed_in_at is not None:
        return locked
    rules.check_can_sign_in(locked, rules.opens_at(queries.session_of(locked)), now)
    locked.signed_in_at = now
    locked.save(update_fields=["signed_in_at"])
    return locked


@transaction.atomic
def sign_out_of_duty(*, duty: Duty, by: User, now: datetime) -> Duty:
    """The volunteer goes; the minutes wait for approval. Signing out twice is harmless.

    Within the first minute nothing is noted: it was a slip of the finger.
    """
    locked = _hold(duty)
    if locked.signed_in_at is None or locked.signed_out_at is not None:
        return locked
    minutes = rules.minutes_served(locked.signed_in_at, now)
    if minutes:
        locked.signed_out_at, locked.served_minutes = now, minutes
        locked.save(update_fields=["signed_out_at", "served_minutes"])
    return locked


@transaction.atomic
def approve_hours(*, duties: Iterable[Duty], by: User, now: datetime) -> int:
    """Approve the minutes of these duties; how many are new. Approving twice is harmless.

    Raises `Refused` where one of them is the approver's own, or not signed out.
    """
    ids = [duty.pk for duty in duties]
    locked = Duty.objects.filter(pk__in=ids, confirmed_at=None).select_for_update(of=("self",))
    rows = list(locked.select_related("volunteer__resident").order_by("pk"))
    for row in rows:
        rules.check_can_approve(row, by.pk, now)
    waiting = Duty.objects.filter(pk__in=[row.pk for row in rows])
    return waiting.update(confirmed_at=now, confirmed_by=by)


def _hold(duty: Duty) -> Duty:
    return Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
