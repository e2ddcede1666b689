"""Issuing numbered papers, and revoking them."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.portal.certificates import queries, rules
from diedie_edu.volunteering.models import Certificate

SERIALS = 20_260_002  # the key of the lock under which numbers run on, nothing more
# Without letters and digits that look alike; 30 bits, beyond trying out.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CHECK_LENGTH = 6
MISSES = Throttle("certificate", "CERTIFICATE_MISSES")


@dataclass(frozen=True)
class Says:
    """What a paper says of its person."""

    kind: str
    first_day: date
    last_day: date
    minutes: int
    occasions: int
    topics: list[str]


@transaction.atomic
def issue(*, resident: Resident, says: Says, by: User, now: datetime) -> Certificate:
    """Write it down under a number of its own; asking again for the same gives the same paper."""
    fixed = vars(says) | {"full_name": resident.full_name}
    today = local_day(now)
    _lock_numbers()
    same = Certificate.objects.filter(resident=resident, revoked_at=None, **fixed).first()
    return same or Certificate.objects.create(
        resident=resident,
        issued_at=now,
        issued_by=by,
        public_until=rules.public_until(says.kind, today),
        **fixed,
        **_next_number(says.kind, today.year),
    )


def _lock_numbers() -> None:
    """One paper is numbered at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SERIALS])


def _next_number(kind: str, year: int) -> dict[str, object]:
    """Both kinds are numbered in one row, year by year."""
    last = Certificate.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    check = "".join(secrets.choice(SIGNS) for _sign in range(CHECK_LENGTH))
    serial, prefix = last + 1, Certificate.PREFIX[Certificate.Kind(kind)]
    return {"year": year, "serial": serial, "number": f"{prefix}-{year}-{serial:06d}-{check}"}


def look_up(*, number: str, place: str, now: datetime) -> Certificate | None:
    """The paper with this number, None where there is none; those are counted by `place`, the
    network address that asks. Raises `Refused` after too many of them (`too_many`)."""
    rules.check_not_tried_out(MISSES.is_used_up(place, now))
    found = queries.certificate_numbered(number)
    if found is None:
        MISSES.count(place, now)
    return found


def revoke_certificate(*, certificate: Certificate, reason: str, by: User, now: datetime) -> bool:
    """Make a certificate invalid, for a reason; the first time counts. Returns whether it did."""
    valid = Certificate.objects.filter(pk=certificate.pk, revoked_at=None)
    return bool(valid.update(revoked_at=now, revoked_by=by, revoke_reason=reason))
