"""A day that does not take place: everybody hears of it once, whoever calls it off."""

from datetime import timedelta
from functools import partial

import pytest

from after_school.actions import term_days
from diedie_edu.activities.actions import days
from diedie_edu.activities.models import Activity, Occasion
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.races import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(
    term, make_session, enrolment, enrol_child, make_child, make_volunteer, mother
) -> set[int]:
    """Who hears: the mother of the two children of today, and a volunteer in each zone."""
    today = make_session(term)
    make_session(term, TODAY + timedelta(days=1))
    volunteers = [make_volunteer(), make_volunteer()]
    for occasion, person in zip(
        Occasion.objects.filter(zone_day__session=today), volunteers, strict=True
    ):
        Duty.at(occasion, person, Duty.Work.CARER).save()
    enrol_child(make_child())
    return {mother.resident.pk} | {person.resident_id for person in volunteers}


def told() -> list[int]:
    kinds = ["activities.called_off", "after_school.not_today"]
    rows = Notice.objects.filter(kind__in=kinds, channel="inbox")
    return sorted(rows.values_list("recipient", flat=True))


def with_a_refusal(call) -> int:
    try:
        return call()
    except Refused:
        return 0


def test_two_of_staff_who_call_a_day_off_tell_everybody_once(term, people, staff_user, make_user):
    session = term.sessions.get(day=TODAY)
    off = partial(term_days.call_off_session, session=session, reason="台风", now=NOW)
    calls = [partial(with_a_refusal, partial(off, by=by)) for by in (staff_user, make_user())]
    assert sorted(together(*calls)) == [0, 4]
    assert told() == sorted(people)


def test_two_of_staff_who_close_the_day_tell_everybody_once(term, people, staff_user, make_user):
    close = partial(days.close_day, day=TODAY, reason="台风", now=NOW)
    done = together(*(partial(close, by=by) for by in (staff_user, make_user())))
    assert sorted(row.told for row in done) == [0, 4]
    assert told() == sorted(people)
    assert Activity.objects.get(pk=term.pk).state == Activity.State.PUBLISHED


def test_a_day_called_off_and_closed_at_once_is_told_once(term, people, staff_user, make_user):
    off = partial(
        term_days.call_off_session, session=term.sessions.get(day=TODAY), reason="台风", now=NOW
    )
    close = partial(days.close_day, day=TODAY, reason="台风", by=make_user(), now=NOW)
    together(partial(with_a_refusal, partial(off, by=staff_user)), close)
    assert told() == sorted(people)
