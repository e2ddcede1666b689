"""What a group was given is written down, put right, taken out again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.office.actions.spending import check_year_is_open
from diedie_edu.office.models import BudgetItem
from happy_square.models import Group, Support
from happy_square.rules import support as rules


@transaction.atomic
def give(
    *, group: Group, by: User, now: datetime, item: BudgetItem | None = None, **said: Any
) -> Support:
    """Write down what was given. Raises `Refused` (`ahead`, `no_amount`, `closed`)."""
    check_year_is_open(item.pk if item else None)
    rules.check_support(said["sort"], said["amount"], said["given_on"], local_day(now))
    return Support.objects.create(group=group, item=item, entered_by=by, entered_at=now, **said)


@transaction.atomic
def change(
    *, support: Support, by: User, now: datetime, item: BudgetItem | None = None, **said: Any
) -> None:
    """Put right what was written down; who did it last is kept. Raises `Refused` as `give`."""
    rules.check_support(said["sort"], said["amount"], said["given_on"], local_day(now))
    for number in {support.item_id, item.pk if item else None}:
        check_year_is_open(number)
    for name, value in {**said, "item": item, "entered_by": by, "entered_at": now}.items():
        setattr(support, name, value)
    support.save()


@transaction.atomic
def take_out(*, support: Support) -> None:
    """It was written down by mistake. Raises `Refused` (`closed`)."""
    check_year_is_open(support.item_id)
    Support.objects.filter(pk=support.pk).delete()
