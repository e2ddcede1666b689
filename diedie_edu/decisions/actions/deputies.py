"""Naming who stands in, and ending it."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions import trail
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.decisions import rules
from diedie_edu.decisions.models import Deputy

DEPUTY = "deputy"  # in the trail of security: a deputy has the power of another account


@transaction.atomic
def name_deputy(
    *, account: User, deputy: User, first_day: date, last_day: date, by: User, now: datetime
) -> Deputy:
    """Let `deputy` decide in the place of `account`, from a day to a day.

    Raises `Refused` (`not_yours`, `same`, `no_desk`, `ends_early`; `taken` where somebody stands
    in on one of the days).
    """
    rules.check_may_name_deputy(account, deputy, by)
    rules.check_days(first_day, last_day, local_day(now))
    days = {"first_day": first_day, "last_day": last_day}
    try:
        with transaction.atomic():
            row = Deputy.objects.create(
                account=account, deputy=deputy, named_by=by, named_at=now, **days
            )
    except IntegrityError as error:
        raise Refused(
            "taken", _("Somebody stands in on one of these days already."), "first_day"
        ) from error
    trail.note(trail.Kind.ROLE_GIVEN, by=by.pk, about=deputy.pk, what=DEPUTY, now=now)
    return row


@transaction.atomic
def end_deputy(*, row: Deputy, by: User, now: datetime) -> None:
    """From now on `deputy` decides for itself alone. Raises `Refused` (`not_yours`, `ended`)."""
    rules.check_may_end_deputy(row, by)
    if Deputy.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now):
        trail.note(trail.Kind.ROLE_TAKEN, by=by.pk, about=row.deputy_id, what=DEPUTY, now=now)
