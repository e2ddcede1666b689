"""Slots are removed while somebody takes one."""

from functools import partial

import pytest

from after_school.actions import staffing
from after_school.actions.staffing import change_needs
from diedie_edu.activities.models import Occasion
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.models import Duty
from tests.conftest import NOW
from tests.support.races import first_time

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def zone(session) -> Occasion:
    """Today's, with two free slots."""
    found = Occasion.objects.filter(zone_day__session=session).order_by("pk").first()
    for _slot in range(2):
        Duty.at(found, None, Duty.Work.CARER).save()
    return found


@pytest.fixture
def one_adult(zone, staff_user):
    """Fewer adults are needed: one of the two goes."""
    wanted = {"weekdays": [1], "adults": 1, "children_per_adult": 100}
    return partial(change_needs, zone=zone.zone_day.zone, by=staff_user, now=NOW, **wanted)


@pytest.fixture
def take(zone, make_volunteer):
    return partial(roster.take_slot, occasion=zone, by=None, now=NOW, volunteer=make_volunteer())


def test_who_takes_a_slot_while_some_are_removed_gets_one_that_stays(
    zone, take, one_adult, monkeypatch
):
    taking = first_time(monkeypatch, staffing, "_slots_of", take)
    assert one_adult().removed == 1
    assert taking[0].result() == zone.duties.get()
    assert zone.duties.get().volunteer is not None


def test_without_the_lock_a_slot_that_was_taken_is_removed(zone, take, one_adult, monkeypatch):
    """The control."""
    monkeypatch.setattr(staffing, "_lock_days", lambda *_args: [zone])
    taking = first_time(monkeypatch, staffing, "_slots_of", take)
    one_adult()
    assert not Duty.objects.filter(pk=taking[0].result().pk).exists()
