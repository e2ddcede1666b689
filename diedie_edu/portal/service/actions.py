"""Proofs of hours as a volunteer."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.portal.certificates.actions import Says, issue
from diedie_edu.portal.certificates.rules import check_period
from diedie_edu.portal.service import rules
from diedie_edu.portal.service.queries import served_between, work_of
from diedie_edu.volunteering.models import Certificate


@transaction.atomic
def issue_proof(
    *, resident: Resident, first_day: date, last_day: date, by: User, now: datetime
) -> Certificate:
    """What somebody served on these days and somebody else confirmed, on a numbered paper; it is
    on the public list first.

    Raises `Refused` for days ahead and where nothing is confirmed.
    """
    check_period(first_day, last_day, local_day(now))
    served = served_between(resident, first_day, last_day)
    rules.check_served(len(served))
    says = Says(
        kind=Certificate.Kind.SERVICE,
        first_day=first_day,
        last_day=last_day,
        minutes=sum(one.served_minutes or 0 for one in served),
        occasions=len(served),
        topics=work_of(served),
    )
    return issue(resident=resident, says=says, by=by, now=now)
