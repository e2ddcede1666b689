"""Nobody under 14 stands in a group of grown-ups of Happy Square, or leads one."""

from typing import Any

from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.people.models import Resident
from happy_square.models import Group, Leadership, Trial
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.row_locks import Line
from tests.support.row_locks_people import person

LOOKED_AFTER = "child_of_a_group_is_looked_after"


def turn_out_to_be_nine() -> None:
    Resident.objects.filter(pk=person("单留下").pk).update(birth_date=NINE)
    consented(person("单留下"))


def group() -> Group:
    return Group.objects.earliest("pk")


def meeting() -> Any:
    return group().occasions.latest("pk")


LINES: list[Line] = [
    (
        "activities_signup.child_joins_where_children_may",
        turn_out_to_be_nine,
        lambda: SignUp.objects.create(
            activity=group(), resident=person("单留下"), status="waiting", signed_up_at=NOW
        ),
        LOOKED_AFTER,
    ),
    (
        "happy_square_trial.child_tries_where_children_may",
        turn_out_to_be_nine,
        lambda: Trial.objects.create(occasion=meeting(), resident=person("单留下"), asked_at=NOW),
        LOOKED_AFTER,
    ),
    (
        "activities_attendance.child_attends_where_children_may",
        turn_out_to_be_nine,
        lambda: Attendance.objects.create(
            occasion=meeting(), resident=person("单留下"), arrived_at=NOW
        ),
        LOOKED_AFTER,
    ),
    (
        "happy_square_leadership.nobody_under_14_leads_a_group",
        turn_out_to_be_nine,
        lambda: Leadership.objects.create(
            group=group(), resident=person("单留下"), part="deputy", since=NOW
        ),
        "nobody_under_14_leads_a_group",
    ),
]
