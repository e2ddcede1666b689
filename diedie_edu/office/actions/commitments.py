"""Promising money on a line, and freeing what is not needed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.office.actions.drafts import note_author
from diedie_edu.office.actions.spending import open_budget
from diedie_edu.office.models import BudgetItem, Commitment
from diedie_edu.office.queries.balances import budget
from diedie_edu.office.rules import spending as rules


@dataclass(frozen=True)
class Promised:
    """What staff say of a promise; the event or group it is for, or one date of it."""

    to_whom: str
    what_for: str
    amount: Decimal
    expected_on: date
    activity: Activity | None = None
    occasion: Occasion | None = None


@transaction.atomic
def promise(*, item: BudgetItem, promised: Promised, by: User, now: datetime) -> Commitment:
    """Raises `Refused` (`closed`, `no_amount`, `rest`)."""
    document = open_budget(item)
    rules.check_promise(budget(document).line(item.pk).money, promised.amount)
    made = Commitment.objects.create(item=item, **vars(promised), entered_by=by, entered_at=now)
    note_author(document=document, by=by, now=now)
    return made


@transaction.atomic
def free(*, commitment: Commitment, reason: str, by: User, now: datetime) -> None:
    """What is not paid of it binds nothing any more. Raises `Refused` (`freed`, `no_reason`)."""
    document = open_budget(commitment.item)
    locked = Commitment.objects.select_for_update().get(pk=commitment.pk)
    rules.check_may_free(locked, reason)
    locked.freed_by, locked.freed_at, locked.freed_reason = by, now, reason.strip()
    locked.save(update_fields=["freed_by", "freed_at", "freed_reason"])
    note_author(document=document, by=by, now=now)
