"""What a group says of itself, and its filing."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.offers import offer_places
from diedie_edu.activities.rules.sign_up import check_capacity
from diedie_edu.common.days import local_day
from happy_square.actions.dates import follow_times
from happy_square.models import Group
from happy_square.queries.children import seats_of_children
from happy_square.queries.leaders import is_checked, live_leaderships
from happy_square.rules.children import check_no_child_belongs
from happy_square.rules.leading import check_is_checked


@transaction.atomic
def change(*, group: Group, by: User, now: datetime) -> None:
    """Save what its form has changed; the form holds its row. More places go to the queue, and
    its dates follow where it meets on public holidays now, or no more.

    Raises `Refused` (`below_taken`, `not_checked`, `children`).
    """
    before = Group.objects.get(pk=group.pk)
    check_capacity(before, group.capacity)
    if group.takes_children != before.takes_children:
        _check_children(group, now)
    group.needs_clearance = group.takes_children
    group.save()
    offer_places(group.pk, now)
    if group.on_holidays != before.on_holidays:
        follow_times(group, now)


def _check_children(group: Group, now: datetime) -> None:
    today = local_day(now)
    there = seats_of_children(today).filter(activity=group.pk)
    check_no_child_belongs(group, there.exists())
    for row in live_leaderships(group.pk):
        check_is_checked(group, is_checked(row.resident, today))
