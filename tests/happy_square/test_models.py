"""What the database itself refuses of groups and their kinds."""

import pytest

from happy_square.models import Group, GroupKind
from tests.support.groups import make_group, make_kind
from tests.support.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_kinds_have_a_name_each_their_own() -> None:
    make_kind("舞蹈")
    with refused_by("group_kind_once"):
        GroupKind.objects.create(title_zh="舞蹈")
    with refused_by("group_kind_has_a_name"):
        GroupKind.objects.create(title_zh="")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"standing": "resting"}, "who_does_not_meet_has_a_reason"),
        ({"standing": "suspended", "standing_reason": "x"}, "who_does_not_meet_has_a_reason"),
        ({"filing": "filed"}, "what_is_filed_has_a_number_and_a_date"),
        ({"joining": "by force"}, "way_of_joining_is_known"),
    ],
)
def test_a_group_says_why_and_how(fields: dict[str, object], constraint: str) -> None:
    with refused_by(constraint):
        make_group(**fields)


def test_a_group_with_children_needs_checked_people() -> None:
    group = make_group()
    with refused_by("group_with_children_needs_checked_people"):
        Group.objects.filter(pk=group.pk).update(takes_children=True)


def test_a_group_goes_on_from_week_to_week() -> None:
    group = make_group()
    group.refresh_from_db()
    assert group.is_ongoing, "a_group_goes_on_from_week_to_week"
