"""What the database refuses of a group and of a kind of groups."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.activities.models import Activity
from diedie_edu.common.errors import constraint_of
from happy_square.models import Group, GroupKind
from tests.support.groups import make_group, make_kind

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object]) -> str | None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    return constraint_of(error.value)


def test_a_kind_of_groups_stands_once_and_has_a_name() -> None:
    make_kind("舞蹈")
    assert refused(lambda: GroupKind.objects.create(title_zh="舞蹈")) == "group_kind_once"
    assert refused(lambda: GroupKind.objects.create(title_zh="")) == "group_kind_has_a_name"


def test_ways_of_joining_are_known() -> None:
    rows = Group.objects.filter(pk=make_group().pk)
    assert refused(lambda: rows.update(joining="lottery")) == "way_of_joining_is_known"


def test_work_in_a_group_with_children_needs_checked_people() -> None:
    """The two columns are one: whichever is changed alone is refused, or carried."""
    group = make_group()
    rows = Group.objects.filter(pk=group.pk)
    name = refused(lambda: rows.update(takes_children=True))
    assert name == "group_with_children_needs_checked_people"
    Activity.objects.filter(pk=group.pk).update(needs_clearance=True)
    assert rows.get().takes_children
