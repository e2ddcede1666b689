"""Excusing seats that stayed empty."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import ExcusedAbsence, Occasion, SignUp
from diedie_edu.activities.queries.no_shows import are_all_put_behind
from diedie_edu.activities.queries.sign_ups import companions
from diedie_edu.people.models import Resident


@transaction.atomic
def excuse_absence(
    *, occasion: Occasion, resident: Resident, reason: str, by: User, now: datetime
) -> ExcusedAbsence:
    """An empty seat does not count against somebody; the first excuse stands.

    Where that ends it, they stand in the queues again by their time.
    """
    excuse, _is_new = ExcusedAbsence.objects.get_or_create(
        occasion=occasion,
        resident=resident,
        defaults={"reason": reason, "excused_at": now, "excused_by": by},
    )
    _put_back_in_line(resident, now)
    return excuse


def _put_back_in_line(resident: Resident, now: datetime) -> None:
    rows = SignUp.objects.filter(status=SignUp.Status.WAITING, is_deferred=True)
    for own in rows.filter(resident=resident):
        unit = companions(own)
        if not are_all_put_behind([row.resident_id for row in unit], now):
            rows.filter(pk__in=[row.pk for row in unit]).update(is_deferred=False)
