"""A day is called off in the moment in which a child comes or goes: nobody is left untold."""

import contextlib
from datetime import time, timedelta
from functools import partial

import pytest
from django.db import transaction

from after_school.actions import presence as presences
from after_school.actions.presence import let_in
from after_school.actions.sessions import close_session
from after_school.actions.term_days import call_off_session, hold_session_again
from after_school.models import Presence, Session
from diedie_edu.activities.models import Occasion
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.support.races import meanwhile, together

pytestmark = pytest.mark.django_db(transaction=True)
AT_FIVE = moment(TODAY, time(17))


@pytest.fixture
def off(session, staff_user):
    return partial(call_off_session, session=session, reason="停电", by=staff_user, now=AT_FIVE)


@pytest.fixture
def enter(session, enrolment, homework, staff_user):
    by = {"by": staff_user, "now": AT_FIVE}
    return partial(let_in, session=session, enrolment=enrolment, zone=homework, **by)


def told() -> set[str]:
    kinds = Notice.objects.filter(channel="inbox").values_list("kind", flat=True)
    return set(kinds) & {"after_school.come_now", "after_school.not_today"}


def test_a_child_that_is_just_let_in_is_one_of_those_inside(off, enter):
    with transaction.atomic():
        enter()
        later = meanwhile(off)
    later.result()
    assert told() == {"after_school.come_now"}


def test_a_child_that_is_let_in_just_after_is_told_of_too(off, enter):
    with transaction.atomic():
        off()
        later = meanwhile(enter)
    later.result()
    assert Presence.objects.get().is_inside
    assert told() == {"after_school.come_now", "after_school.not_today"}


def test_without_the_look_after_letting_in_nobody_would_hear(off, enter, monkeypatch):
    """What the test above would say if letting in did not look."""
    monkeypatch.setattr(presences, "notify_if_called_off", lambda *_given: None)
    off()
    enter()
    assert told() == {"after_school.not_today"}


def test_calling_off_taking_back_and_closing_at_once_ends_in_one_state(
    off, session, enrolment, staff_user
):
    def refused(call) -> None:
        with contextlib.suppress(Refused):
            call()

    off()
    by = {"session": session, "by": staff_user, "now": AT_FIVE + timedelta(minutes=1)}
    calls = (
        partial(hold_session_again, **by),
        partial(hold_session_again, **by),
        partial(close_session, reason="停电", **by),
    )
    together(*(partial(refused, call) for call in calls))
    stand = set(Occasion.objects.values_list("is_called_off", flat=True))
    assert stand == {False}
    assert Session.objects.get().state == "closed"
    again = Notice.objects.filter(kind="after_school.held_after_all", channel="inbox")
    assert again.count() == 1
