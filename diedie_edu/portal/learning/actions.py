"""Issuing certificates of learning, and revoking them."""

import secrets
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Certificate
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.portal.learning import rules
from diedie_edu.portal.learning.queries import Record, topics_of

SERIALS = 20_260_002  # the key of the lock under which numbers run on, nothing more
# Without letters and digits that look alike; 30 bits, beyond trying out.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CHECK_LENGTH = 6


@transaction.atomic
def issue_certificate(
    *, resident: Resident, first_day: date, last_day: date, by: User, now: datetime
) -> Certificate:
    """Write down what somebody attended on these days, under a number of its own.

    Asking again for what is the same gives the same paper. Raises `Refused` for days ahead and
    where nothing was attended.
    """
    rules.check_period(first_day, last_day, local_day(now))
    lessons = Record(resident, now).between(first_day, last_day)
    rules.check_learned(len(lessons))
    says = {
        "full_name": resident.full_name,
        "first_day": first_day,
        "last_day": last_day,
        "minutes": sum(lesson.minutes for lesson in lessons),
        "occasions": len(lessons),
        "topics": topics_of(lessons),
    }
    _hold_numbers()
    same = Certificate.objects.filter(resident=resident, revoked_at=None, **says).first()
    return same or Certificate.objects.create(
        resident=resident, issued_at=now, issued_by=by, **says, **_next_number(local_day(now).year)
    )


def _hold_numbers() -> None:
    """One certificate is numbered at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SERIALS])


def _next_number(year: int) -> dict[str, object]:
    last = Certificate.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    check = "".join(secrets.choice(SIGNS) for _sign in range(CHECK_LENGTH))
    serial = last + 1
    return {"year": year, "serial": serial, "number": f"DDX-{year}-{serial:06d}-{check}"}


def revoke_certificate(*, certificate: Certificate, reason: str, by: User, now: datetime) -> bool:
    """Make a certificate invalid, for a reason; the first time counts. Returns whether it did."""
    valid = Certificate.objects.filter(pk=certificate.pk, revoked_at=None)
    return bool(valid.update(revoked_at=now, revoked_by=by, revoke_reason=reason))
