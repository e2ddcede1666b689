"""Happy Square in the registry of figures: the same as its own page of growth says."""

from datetime import date

import pytest

from diedie_edu.figures.kinds import NOTHING, Value
from diedie_edu.figures.queries.figures import figures_of
from diedie_edu.figures.spans import SpanKind, span_on
from happy_square.actions.growth import set_start
from happy_square.models.groups import PROGRAMME
from happy_square.queries.growth import Growth
from tests.conftest import NOW
from tests.happy_square.counting import count, held
from tests.support.groups import make_group, member
from tests.support.seats import make_residents

pytestmark = pytest.mark.django_db
SPAN = span_on(SpanKind.MONTH, NOW.date())
DAY = date(2026, 11, 10)


def values() -> dict[str, Value]:
    return {row.indicator.slug: row.value for row in figures_of(PROGRAMME, SPAN, NOW)}


def test_guests_are_visits_and_never_people() -> None:
    count(held(make_group(), DAY), make_residents(2), guests=7)
    found = values()
    assert (found["visits"], found["people"]) == (Value(9), Value(2))
    growth = Growth(SPAN.first_day, SPAN.last_day).whole
    assert (growth.visits, growth.people) == (9, 2)


def test_new_faces_are_those_of_its_growth(staff_user: object) -> None:
    set_start(day=date(2026, 10, 1), by=staff_user, now=NOW)
    group, (old, new) = make_group(), make_residents(2)
    member(group, old, since=date(2021, 5, 1))
    count(held(group, DAY), [old, new])
    assert values()["newfaces"] == Value(1)
    assert Growth(SPAN.first_day, SPAN.last_day).new == 1


def test_groups_count_once_however_often_they_met() -> None:
    group = make_group()
    for day in (DAY, date(2026, 11, 12)):
        held(group, day)
    held(make_group(title="太极队"), date(2026, 12, 20))
    found = values()
    assert (found["sessions"], found["groups"]) == (Value(2), Value(1))
    assert found["festivals"] == found["visits"] == NOTHING
