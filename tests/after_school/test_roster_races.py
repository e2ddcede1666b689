"""Two people want the last slot, or both say yes to standing in."""

from functools import partial

import pytest

from after_school import actions
from after_school.actions import roster
from after_school.models import StandIn
from diedie_edu.activities.models import Duty, Occasion
from tests.conftest import NOW
from tests.races import all_look_first, together
from tests.refusals import code_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def zone(session) -> Occasion:
    return Occasion.objects.filter(zone_day__session=session).first()


def free_slot(zone: Occasion) -> Duty:
    zone.duties.all().delete()
    duty = Duty.at(zone, None, Duty.Work.CARER)
    duty.save()
    return duty


def both(calls) -> list[str | None]:
    return together(*(partial(code_of, call) for call in calls))


def test_the_last_slot_goes_to_one_of_two(zone, make_volunteer):
    people = [make_volunteer(), make_volunteer()]
    for _round in range(ROUNDS):
        free_slot(zone)
        take = partial(actions.take_slot, occasion=zone, by=None, now=NOW)
        answers = both(partial(take, volunteer=person) for person in people)
        assert sorted(answers, key=str) == [None, "taken"]


def test_of_two_who_say_yes_one_stands_in(zone, make_volunteer):
    people = [make_volunteer(), make_volunteer()]
    for _round in range(ROUNDS):
        duty = free_slot(zone)
        rows = [StandIn.objects.create(duty=duty, volunteer=row, asked_at=NOW) for row in people]
        yes = partial(actions.answer_stand_in, takes_it=True, now=NOW)
        answers = both(partial(yes, stand_in=row) for row in rows)
        assert sorted(answers, key=str) == [None, "taken"]


def test_without_the_lock_both_are_told_that_the_slot_is_theirs(zone, make_volunteer, monkeypatch):
    """The control."""
    free_slot(zone)
    monkeypatch.setattr(roster, "_hold", lambda pk: Occasion.objects.get(pk=pk))
    all_look_first(monkeypatch, roster, "hold_volunteers", threads=2)
    take = partial(actions.take_slot, occasion=zone, by=None, now=NOW)
    answers = both(partial(take, volunteer=row) for row in (make_volunteer(), make_volunteer()))
    assert answers == [None, None]
