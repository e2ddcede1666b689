"""Asking, changing, taking back, and what is forgotten."""

from datetime import date, timedelta

import pytest

from diedie_edu.decisions.actions import erasing, requests
from diedie_edu.decisions.kinds import canonical, version_of
from diedie_edu.decisions.models import ERASED, Request, State, Step
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import SpecialDay, Venue
from tests.conftest import NOW
from tests.decisions.conftest import SLUG, decide
from tests.decisions.paint.room import FORGOTTEN, PAINTING
from tests.support.refusals import check_at_once, code_of

pytestmark = pytest.mark.django_db
GREEN = canonical({"colour": "green", "buckets": 3})


def test_a_request_waits_with_its_content_and_a_day(request_, asker):
    check_at_once()
    assert (request_.state, request_.asked_by) == (State.SUBMITTED, asker)
    assert request_.due_on == request_.remind_on == date(2026, 11, 26)
    steps = list(Step.objects.order_by("number"))
    assert [step.what for step in steps] == [State.DRAFT, State.SUBMITTED]
    assert steps[1].shown == GREEN == '{"buckets":3,"colour":"green"}'
    assert steps[1].version == request_.version == version_of(GREEN)


def test_the_days_are_those_that_the_community_works(ask):
    SpecialDay.objects.create(day=date(2026, 11, 25), kind="off")
    SpecialDay.objects.create(day=date(2026, 11, 28), kind="working")
    assert ask(now=NOW + timedelta(days=1)).due_on == date(2026, 11, 28)


def test_those_who_decide_are_told_and_nobody_else(ask, staff_user, lead, make_user):
    other = make_user("programme_lead", scope="after-school")
    ask()
    told = set(Notice.objects.values_list("account", flat=True))
    assert {staff_user.pk, lead.pk} <= told
    assert other.pk not in told


def test_asking_twice_is_harmless(ask, request_):
    assert ask() == request_
    assert Step.objects.count() == 2


def test_what_is_changed_while_it_waits_is_another_version(ask, request_, hall):
    Venue.objects.filter(pk=hall.pk).update(title_zh="blue")
    again = ask(now=NOW + timedelta(days=1))
    assert again == request_
    assert again.data == {"colour": "blue"}
    assert again.due_on == date(2026, 11, 27)
    assert again.version != request_.version
    assert [step.what for step in again.steps.order_by("number")][1:] == [State.SUBMITTED] * 2


def test_a_draft_waits_for_nobody(hall, asker, ask):
    about = {"kind": PAINTING, "subject": hall.pk, "programme": SLUG, "data": {"colour": "?"}}
    draft = requests.draft(**about, by=asker, now=NOW)
    assert draft.state == State.DRAFT
    assert not Notice.objects.exists()
    assert ask() == draft


def test_nobody_slips_something_into_another_persons_request(ask, request_, hall, stranger):
    Venue.objects.filter(pk=hall.pk).update(title_zh="blue")
    assert code_of(lambda: ask(by=stranger)) == "not_yours"
    request_.refresh_from_db()
    assert request_.steps.count() == 2


def test_whoever_asked_takes_it_back_until_it_is_decided(request_, asker, stranger, ask, lead):
    take_back = lambda by, row: requests.withdraw(request=row, by=by, now=NOW)  # noqa: E731
    assert code_of(lambda: take_back(stranger, request_)) == "not_yours"
    take_back(asker, request_)
    check_at_once()
    request_.refresh_from_db()
    assert (request_.state, request_.remind_on) == (State.WITHDRAWN, None)
    assert not Notice.objects.filter(kind="decisions.waits", status="queued").exists()
    assert code_of(lambda: take_back(asker, request_)) == "decided"
    assert ask() != request_


def test_what_was_returned_is_taken_back_too(request_, asker, lead):
    decide(request_, State.RETURNED, lead)
    requests.withdraw(request=request_, by=asker, now=NOW)
    check_at_once()
    request_.refresh_from_db()
    assert (request_.state, request_.decided_by) == (State.WITHDRAWN, None)


def test_what_was_returned_is_sent_again(ask, request_, hall, lead):
    decide(request_, State.RETURNED, lead)
    Venue.objects.filter(pk=hall.pk).update(places=5)
    again = ask()
    check_at_once()
    assert again == request_
    assert (again.state, again.decided_by, again.decided_at) == (State.SUBMITTED, None, None)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.REFUSED])
def test_what_is_erased_leaves_who_and_when_and_no_word(request_, lead, state):
    if state != State.SUBMITTED:
        decide(request_, state, lead, reason="No green here")
    erasing.erase(kind=PAINTING, subjects=[request_.subject], by=None, now=NOW)
    check_at_once()
    row = Request.objects.get()
    assert row.data == {}
    assert row.erased_at == NOW
    assert row.state == (state if state == State.REFUSED else State.WITHDRAWN)
    assert {step.shown for step in row.steps.all()} == {"", ERASED}
    assert {step.reason for step in row.steps.all()} <= {"", ERASED}
    assert row.steps.filter(by__isnull=False).count() == (2 if state == State.SUBMITTED else 3)


def test_words_are_forgotten_some_time_after_the_end(request_, lead, ask, make_venue):
    waiting = ask(make_venue(title_zh="blue"))
    decide(request_, State.APPROVED, lead)
    late = NOW + timedelta(days=PAINTING.keep_days)
    assert [erasing.erase_old(now=late + timedelta(hours=hour)) for hour in (-1, 1, 2)] == [0, 1, 0]
    check_at_once()
    request_.refresh_from_db()
    waiting.refresh_from_db()
    assert request_.erased_at
    assert [request_.subject] == FORGOTTEN
    assert waiting.is_waiting


def test_a_subject_that_is_asked_for_again_is_not_forgotten_with_the_old_request(
    request_, lead, ask
):
    decide(request_, State.REFUSED, lead)
    late = NOW + timedelta(days=PAINTING.keep_days, hours=1)
    again = ask(now=late)
    assert erasing.erase_old(now=late) == 1
    assert FORGOTTEN == []
    again.refresh_from_db()
    assert again.is_waiting
