"""A term ends: guardians are thanked once, and told what comes next."""

from datetime import time, timedelta

import pytest

from after_school.actions import reminders
from after_school.models import GuardianRight, Session
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.days import moment
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import consents
from diedie_edu.people.models import Consent, Guardianship
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import seen
from tests.support.occasions import rebook
from tests.support.refusals import check_at_once

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = TODAY + 18 * DAY  # a Friday
TEN = time(10, 0)


@pytest.fixture
def ending(term, make_session, enrolment) -> list[Session]:
    """The last three days of the term."""
    return [make_session(term, LAST - number * DAY) for number in range(3)]


def on(day, clock=TEN) -> int:
    return reminders.plan_end_of_term(moment(day, clock))


def told(language: str = "en") -> str:
    return render(Notice.objects.filter(channel="inbox").get(), language).body


def test_each_guardian_hears_once_for_each_child(ending, child, make_resident):
    other = make_resident()
    Guardianship.objects.create(guardian=other, child=child, relation="father")
    GuardianRight.objects.create(child=child, guardian=other, place=2, **seen())
    assert on(LAST - 8 * DAY) == 0
    assert on(LAST - 7 * DAY) == 4  # two guardians, inbox and text message
    assert on(LAST - 6 * DAY) == 0


def test_a_tick_that_was_missed_is_made_up_until_the_last_afternoon_ends(ending):
    assert on(LAST + DAY) == 0
    assert on(LAST, time(19, 0)) == 0
    assert on(LAST, time(18, 59)) == 2


def test_the_last_day_is_the_last_that_stands_and_moving_it_is_not_told_twice(ending):
    rebook(Occasion.objects.filter(zone_day__session=ending[0]), is_off=True)
    assert on(LAST - 8 * DAY) == 2
    assert "10 December" in told()
    rebook(is_off=False)
    assert on(LAST - 7 * DAY) == 0


def test_of_a_term_that_is_called_off_or_still_a_draft_nothing_is_said(ending, term):
    rebook(is_off=True)
    assert on(LAST) == 0
    rebook(is_off=False)
    Activity.objects.filter(pk=term.pk).update(state=Activity.State.DRAFT)
    assert on(LAST) == 0


def test_nothing_is_said_of_a_child_who_has_left_or_is_locked(ending, child, mother):
    check_at_once()
    consents.end_consent(consent=Consent.objects.get(), ending="online", by=mother, now=NOW)
    assert on(LAST) == 0


def test_the_next_term_is_named_where_it_is_open(ending, make_term):
    make_term(title="2027 年春季学期", first_day=LAST + 80 * DAY, last_day=LAST + 200 * DAY)
    on(LAST)
    assert "2027 年春季学期" in told()


def test_without_a_next_term_it_says_where_to_look(ending):
    on(LAST)
    assert "2027" not in told()
    assert "says when the next term is open" in told()
