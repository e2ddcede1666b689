"""What is kept of a group: its words, how one joins it, its filing and charter."""

from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import seats
from diedie_edu.activities.models import Activity
from diedie_edu.common.errors import Refused
from diedie_edu.common.typed import check_says_something
from diedie_edu.programmes.models import Programme
from happy_square.actions.dates import lock_groups
from happy_square.models import Group
from happy_square.models.groups import PROGRAMME
from happy_square.rules.standing import ALWAYS_OPEN


@transaction.atomic
def make_group(*, facts: dict[str, Any], by: User, now: datetime) -> Group:
    """A group that is listed from now on; `takes_children` is for ever. Raises `Refused`."""
    group = Group(
        programme=Programme.objects.get(slug=PROGRAMME),
        state=Activity.State.PUBLISHED,
        sign_up_opens_at=now,
        sign_up_closes_at=ALWAYS_OPEN,
        needs_clearance=facts.get("takes_children", False),
        created_by=by,
        **facts,
    )
    _keep(group)
    return group


@transaction.atomic
def change_facts(*, group: Group, facts: dict[str, Any], by: User, now: datetime) -> None:
    """Some columns of it, by name. Raises `Refused` where the seats would fall below the members,
    and where the columns do not fit together."""
    lock_groups([group.pk])
    if "capacity" in facts:
        shared = Activity.objects.get(pk=group.pk)
        seats.change_capacity(activity=shared, capacity=facts["capacity"], by=by, now=now)
    row = Group.objects.get(pk=group.pk)
    for name, value in facts.items():
        setattr(row, name, value)
    _keep(row)


def _keep(group: Group) -> None:
    check_says_something(group.title, "title")
    try:
        group.full_clean()
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        about = None if field == NON_FIELD_ERRORS else field
        raise Refused("invalid", words[0], about) from error
    group.save()
