"""Confirming how long volunteers served, in every programme. Lock order: duties, by id."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.volunteering.models import Duty
from diedie_edu.volunteering.rules import check_hours


@transaction.atomic
def confirm_hours(
    *, served: Mapping[int, int], by: User | None, now: datetime, corrects: bool = True
) -> int:
    """Record how many minutes volunteers served, by duty (id); how many rows were written.

    Confirming anew corrects it, with who did so and when; the same number again is harmless.
    With `corrects=False` what is confirmed already stays, so that a page which shows what waits
    undoes nothing newer.

    All of them or none. Raises `Refused` where it is not over, called off, nobody's, the
    confirmer's own, or no number of minutes that a day has.
    """
    written = 0
    for duty in _lock(served):
        minutes = served[duty.pk]
        check_hours(duty, minutes, by, now)
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
