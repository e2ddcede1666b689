"""Two of staff change one day, and somebody plans on it, at the same moment."""

from collections.abc import Callable

import pytest
from django.db import transaction

from diedie_edu.activities.actions.changed_days import DayPlan, change_day
from diedie_edu.activities.queries.changed_days import keys_of, planned_on
from diedie_edu.common.errors import Refused
from residents_school.models import Lecture
from tests.conftest import NOW, SATURDAY
from tests.support.races import meanwhile, together
from tests.support.seats import fill, told

pytestmark = pytest.mark.django_db(transaction=True)


def closing() -> Callable[[], int | str]:
    """As the page shows it now; how many people are told, or the code of what was refused."""
    shown = keys_of(planned_on(SATURDAY, "closed", NOW), SATURDAY)
    plan = DayPlan(SATURDAY, "closed", "台风", shown, {}, {})

    def change() -> int | str:
        try:
            return change_day(plan=plan, by=None, now=NOW).told
        except Refused as refusal:
            return refusal.code

    return change


def test_of_two_who_change_a_day_one_looks_again_and_everybody_hears_once(
    make_lecture: Callable[..., Lecture],
) -> None:
    lecture = make_lecture()
    people = fill(lecture, 3)
    assert sorted(map(str, together(closing(), closing()))) == ["3", "changed"]
    off = [who for kind, who in told(lecture) if kind == "called_off"]
    assert sorted(off) == sorted(row.resident_id for row in people)


def test_who_signs_up_meanwhile_hears_too(make_lecture: Callable[..., Lecture]) -> None:
    lecture = make_lecture()
    change = closing()
    with transaction.atomic():
        people = fill(lecture, 2)
        later = meanwhile(change)
    assert later.result() == 2
    off = [who for kind, who in told(lecture) if kind == "called_off"]
    assert sorted(off) == sorted(row.resident_id for row in people)
