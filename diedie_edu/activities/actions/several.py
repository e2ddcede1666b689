"""One sign-up for all dates of a series: seats by the same mechanism as for each alone.

Activities are taken in the order of their ids, as everywhere, so that two people who sign up for
the same dates cannot wait for each other.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.activities import messages
from diedie_edu.activities.actions import parties, taking
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.days import day_text, local_day
from diedie_edu.common.errors import Refused
from diedie_edu.notices.actions import notify
from diedie_edu.people.models import Resident


@transaction.atomic
def sign_up_for_all(
    *,
    activities: Sequence[Activity],
    residents: Sequence[Resident],
    is_all: bool,
    by: User | None,
    now: datetime,
) -> list[SignUp]:
    """Seats for all these people on every date, or, not `is_all`, on each that has them free.

    Whoever has a place on a date keeps it; nobody joins a queue. What is new, in the order of the
    dates; each may be given back alone. Told once for all dates. Raises `Refused`, with the day,
    where `is_all` and a date has no seat for them or a rule says no: then nothing is taken.
    """
    entered: list[SignUp] = []
    for activity in sorted(activities, key=lambda row: row.pk):
        try:
            entered += _take(activity, residents, by, now)
        except Refused as refusal:
            if is_all:
                raise _on_its_day(refusal, activity) from refusal
    entered.sort(key=lambda row: (row.activity.first_starts_at, row.pk))
    for resident in residents:
        _tell(resident, [row for row in entered if row.resident_id == resident.pk], now)
    return entered


def _take(
    activity: Activity, residents: Sequence[Resident], by: User | None, now: datetime
) -> list[SignUp]:
    """Seats on one date for those who are not in yet. Raises `Refused`."""
    coming = parties.not_in_yet(activity, residents)
    if not coming:
        return []
    parties.check_all(activity, coming, now)
    try:
        with transaction.atomic():
            taken = taking.take_seats(activity, coming, by, now)
    except taking.AlreadyIn:
        # One of them came in by another form meanwhile.
        return _take(activity, residents, by, now)
    if not taken:
        raise Refused("full", _("There is no free seat left for you."))
    return taken


def _on_its_day(refusal: Refused, activity: Activity) -> Refused:
    words = {"day": day_text(local_day(activity.first_starts_at)), "reason": refusal.message}
    text = _("%(day)s: %(reason)s Nothing is taken; choose “the dates with free seats”.")
    return Refused(refusal.code, text % words)


def _tell(resident: Resident, taken: Sequence[SignUp], now: datetime) -> None:
    if not taken:
        return
    first, last = taken[0].activity, taken[-1].activity
    notify(
        kind=messages.SEATED_IN_SERIES if len(taken) > 1 else messages.SEATED,
        recipients=[resident.pk],
        subject=messages.ACTIVITY.of(first.pk),
        revision=taken[0].pk,
        data=messages.occasion_data(first.occasions.earliest("starts_at"), dates=str(len(taken))),
        now=now,
        expires_at=last.last_starts_at,
    )
