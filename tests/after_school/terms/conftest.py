"""A term of one week, with a child in it."""

from datetime import timedelta

import pytest

from after_school.models import Enrolment, Term
from diedie_edu.activities.models import SignUp
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW

TUESDAY = TODAY + timedelta(days=1)


@pytest.fixture
def week(make_term, make_session) -> Term:
    """Monday to Friday of this week, and no longer."""
    term = make_term(first_day=TODAY, last_day=TODAY + timedelta(days=4))
    for number in range(5):
        make_session(term, TODAY + timedelta(days=number))
    return term


@pytest.fixture
def enrol_in(child):
    """The child's place in a term, Mondays to Fridays."""

    def enrol(term: Term) -> Enrolment:
        told = {"signed_up_at": NOW, "seated_at": NOW}
        seat = SignUp.objects.create(activity=term, resident=child, status="seated", **told)
        where = {"school": "叠滘小学", "grade": "三年级", "zone": term.zones.first()}
        return Enrolment.objects.create(
            sign_up=seat, term=term, child=child, weekdays=[1, 2, 3, 4, 5], **where
        )

    return enrol


@pytest.fixture
def duty(week, make_volunteer) -> Duty:
    """On Tuesday."""
    slot = Duty.at(
        week.occasions.filter(zone_day__session__day=TUESDAY).first(),
        make_volunteer(),
        Duty.Work.TUTOR,
    )
    slot.save()
    return slot
