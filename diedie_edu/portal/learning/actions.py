"""Certificates of learning."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.portal.certificates.actions import Says, issue
from diedie_edu.portal.certificates.rules import check_period
from diedie_edu.portal.learning import rules
from diedie_edu.portal.learning.queries import Record, topics_of
from diedie_edu.volunteering.models import Certificate


@transaction.atomic
def issue_certificate(
    *, resident: Resident, first_day: date, last_day: date, by: User, now: datetime
) -> Certificate:
    """What somebody attended on these days, on a numbered paper.

    Raises `Refused` for days ahead and where nothing was attended.
    """
    check_period(first_day, last_day, local_day(now))
    lessons = Record(resident, now).between(first_day, last_day)
    rules.check_learned(len(lessons))
    says = Says(
        kind=Certificate.Kind.LEARNING,
        first_day=first_day,
        last_day=last_day,
        minutes=sum(lesson.minutes for lesson in lessons),
        occasions=len(lessons),
        topics=topics_of(lessons),
    )
    return issue(resident=resident, says=says, by=by, now=now)
