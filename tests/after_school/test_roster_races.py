"""Two people want the last slot, or both say yes to standing in; a check ends meanwhile."""

from functools import partial

import pytest
from django.db import transaction

from after_school.actions import term_days
from diedie_edu.activities.models import Occasion
from diedie_edu.people.actions.clearances import record_clearance
from diedie_edu.people.models import Clearance
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.actions.roster import answer_stand_in, take_slot
from diedie_edu.volunteering.models import Duty, StandIn
from diedie_edu.volunteering.queries.clearances import is_cleared
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.races import all_look_first, meanwhile, together, trigger_off
from tests.support.refusals import code_of

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
        take = partial(take_slot, occasion=zone, by=None, now=NOW)
        answers = both(partial(take, volunteer=person) for person in people)
        assert sorted(answers, key=str) == [None, "taken"]


def test_of_two_who_say_yes_one_stands_in(zone, make_volunteer):
    people = [make_volunteer(), make_volunteer()]
    for _round in range(ROUNDS):
        duty = free_slot(zone)
        rows = [StandIn.objects.create(duty=duty, volunteer=row, asked_at=NOW) for row in people]
        yes = partial(answer_stand_in, takes_it=True, now=NOW)
        answers = both(partial(yes, stand_in=row) for row in rows)
        assert sorted(answers, key=str) == [None, "taken"]


def test_without_the_lock_both_are_told_that_the_slot_is_theirs(zone, make_volunteer, monkeypatch):
    """The control."""
    free_slot(zone)
    monkeypatch.setattr(roster, "lock_slots", lambda pk: Occasion.objects.get(pk=pk))
    all_look_first(monkeypatch, roster, "lock_volunteers", threads=2)
    take = partial(take_slot, occasion=zone, by=None, now=NOW)
    answers = both(partial(take, volunteer=row) for row in (make_volunteer(), make_volunteer()))
    assert answers == [None, None]


# --- A check ends while its slot is taken or called off -----------------------------------


@pytest.fixture
def person(make_volunteer):
    return make_volunteer()


@pytest.fixture
def take(zone, person):
    free_slot(zone)
    return partial(take_slot, occasion=zone, volunteer=person, by=None, now=NOW)


@pytest.fixture
def end_check(person, staff_user):
    day = {"checked_on": TODAY, "valid_until": TODAY}
    bad = {"volunteer": person, "result": Clearance.Result.NOT_CLEAR, **day}
    return partial(record_clearance, **bad, by=staff_user, now=NOW)


def end_check_behind_a_slot(take, end_check) -> None:
    with transaction.atomic():
        take()
        ending = meanwhile(end_check)
    ending.result()


def test_a_slot_taken_while_the_check_ends_is_free_again(zone, take, end_check):
    end_check_behind_a_slot(take, end_check)
    assert zone.duties.get().volunteer is None


def test_no_slot_is_taken_behind_a_check_that_ends(zone, take, end_check):
    with transaction.atomic():
        end_check()
        taking = meanwhile(lambda: code_of(take))
    assert taking.result() == "not_cleared"
    assert zone.duties.get().volunteer is None


def test_without_the_lock_an_unchecked_adult_is_on_duty(zone, person, take, end_check, monkeypatch):
    """The control."""
    monkeypatch.setattr(roster, "lock_volunteers", lambda _ids: None)
    with trigger_off(Duty, "duty_that_changes_needs_a_live_clearance"):
        end_check_behind_a_slot(take, end_check)
    assert zone.duties.get().volunteer == person
    assert not is_cleared(person.pk, TODAY)


def test_a_day_called_off_while_a_check_ends_blocks_neither(
    session, zone, take, end_check, staff_user
):
    take()
    off = {"session": session, "reason": "台风", "by": staff_user, "now": NOW}
    with transaction.atomic():
        term_days.call_off_session(**off)
        ending = meanwhile(end_check)
    ending.result()
    assert not Clearance.objects.filter(result="clear", valid_until=TODAY).exists()
    assert zone.duties.get().is_off


def test_a_check_that_ends_and_whoever_fills_a_slot_do_not_wait_for_each_other(
    zone, take, person, end_check
):
    take()
    with transaction.atomic():
        roster.lock_slots(zone.pk)
        ending = meanwhile(end_check)
        roster.lock_volunteers([person.pk])
    ending.result()
    assert zone.duties.get().volunteer is None
