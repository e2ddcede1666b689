"""What a group was given is written down, put right, taken out again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.office.actions.spending import check_year_is_open
from happy_square.models import Group, Support
from happy_square.rules import support as rules


@transaction.atomic
def give(*, group: Group, by: User, now: datetime, **said: Any) -> Support:
    """Write down what was given. Raises `Refused` (`ahead`, `no_amount`, `closed`)."""
    item = said.get("item")
    check_year_is_open(item and item.pk)
    rules.check_support(said["sort"], said["amount"], said["given_on"], local_day(now))
    return Support.objects.create(group=group, entered_by=by, entered_at=now, **said)


@transaction.atomic
def change(*, support: Support, by: User, now: datetime, **said: Any) -> None:
    """Put right what was written down; who did it last is kept. Raises `Refused` as `give`."""
    rules.check_support(said["sort"], said["amount"], said["given_on"], local_day(now))
    for item in {support.item_id, said["item"] and said["item"].pk}:
        check_year_is_open(item)
    for name, value in {**said, "entered_by": by, "entered_at": now}.items():
        setattr(support, name, value)
    support.save()


@transaction.atomic
def take_out(*, support: Support) -> None:
    """It was written down by mistake. Raises `Refused` (`closed`)."""
    check_year_is_open(support.item_id)
    Support.objects.filter(pk=support.pk).delete()
