"""Closing a programme's year, and reopening it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.office.models import Document, Work, YearClosing
from diedie_edu.office.queries.balances import budgets
from diedie_edu.office.rules import spending as rules


@transaction.atomic
def close(*, programme: str, year: int, by: User, now: datetime) -> YearClosing:
    """No entry of that year any more. Raises `Refused` (`closed`, `open`)."""
    rows = Document.objects.filter(programme=programme, work=Work.BUDGET, first_day__year=year)
    locked = list(rows.order_by("pk").select_for_update())
    rules.check_may_close(one.money for one in budgets(locked))
    made = YearClosing(programme=programme, year=year, closed_by=by, closed_at=now)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Refused("closed", _("This year is closed already.")) from error
    return made


@transaction.atomic
def reopen(*, programme: str, year: int, reason: str, by: User, now: datetime) -> None:
    """It takes entries again. Raises `Refused` (`no_reason`, `open`)."""
    if not reason.strip():
        raise Refused("no_reason", _("Please give the reason; it stays with the year."), "reason")
    rows = YearClosing.objects.filter(programme=programme, year=year, reopened_at=None)
    given = {"reopened_by": by, "reopened_at": now, "reason": reason.strip()}
    if not rows.update(**given):
        raise Refused("open", _("This year is open."))
