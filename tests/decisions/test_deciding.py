"""Who decides what, on which content, and what follows."""

from datetime import timedelta

import pytest

from diedie_edu.decisions.actions import deciding, deputies, requests
from diedie_edu.decisions.kinds import shown_now
from diedie_edu.decisions.models import Request, State
from diedie_edu.decisions.rules import Decision
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import Venue
from tests.conftest import NOW
from tests.decisions.conftest import SLUG, decide
from tests.support.refusals import check_at_once, code_of

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def test_what_is_approved_is_carried_out_and_told(request_, lead, hall, asker):
    decide(request_, State.APPROVED, lead)
    check_at_once()
    request_.refresh_from_db()
    hall.refresh_from_db()
    assert (request_.state, request_.decided_by, request_.decided_for) == ("approved", lead, None)
    assert hall.title_en == "green 3"
    told = Notice.objects.filter(kind="decisions.approved")
    assert {row.account for row in told} == {asker}
    assert not Notice.objects.filter(kind="decisions.waits", status="queued").exists()


def test_what_is_refused_says_why(request_, lead, hall):
    assert code_of(lambda: decide(request_, State.REFUSED, lead, reason=" ")) == "no_reason"
    decide(request_, State.REFUSED, lead, reason=" No green here ")
    hall.refresh_from_db()
    assert hall.title_en == "left as it is"
    assert request_.steps.last().reason == "No green here"


def test_what_is_returned_changes_nothing(request_, lead, hall):
    assert code_of(lambda: decide(request_, State.RETURNED, lead, reason="")) == "no_reason"
    decide(request_, State.RETURNED, lead)
    hall.refresh_from_db()
    assert hall.title_en == ""
    assert code_of(lambda: decide(request_, State.APPROVED, lead)) == "not_waiting"


def test_it_is_decided_once(request_, lead, staff_user):
    decide(request_, State.APPROVED, lead)
    assert code_of(lambda: decide(request_, State.REFUSED, staff_user)) == "not_waiting"


def test_what_cannot_be_carried_out_is_not_decided(ask, hall, lead):
    Venue.objects.filter(pk=hall.pk).update(title_zh="pink")
    row = ask()
    assert code_of(lambda: decide(row, State.APPROVED, lead)) == "sold_out"
    row.refresh_from_db()
    assert row.is_waiting
    assert row.steps.count() == 2
    assert not Notice.objects.filter(kind="decisions.approved").exists()


def test_what_was_changed_under_the_reader_is_not_decided(request_, hall, lead):
    seen = shown_now(request_)
    Venue.objects.filter(pk=hall.pk).update(places=30)
    assert code_of(lambda: decide(request_, State.APPROVED, lead, seen=seen)) == "changed"
    decide(request_, State.APPROVED, lead)
    hall.refresh_from_db()
    assert hall.title_en == "green 30"


def test_the_right_must_hold_in_the_programme(request_, make_user, resident_user):
    other = make_user("programme_lead", scope="after-school")
    for user in (other, make_user("resident"), make_user("volunteer")):
        assert code_of(lambda user=user: decide(request_, State.APPROVED, user)) == "not_yours"


def test_nobody_decides_their_own(ask, staff_user, lead):
    row = ask(by=staff_user)
    assert code_of(lambda: decide(row, State.APPROVED, staff_user)) == "own"
    decide(row, State.APPROVED, lead)


# --- Deputies --------------------------------------------------------------------------


@pytest.fixture
def branch(make_user):
    return make_user("branch_lead")


@pytest.fixture
def stand_in(lead, make_user):
    """Somebody of the desk without the right, who stands in for the lead this week."""
    deputy = make_user("programme_lead", scope="happy-square")
    days = {"first_day": TODAY, "last_day": TODAY + timedelta(days=4)}
    deputies.name_deputy(account=lead, deputy=deputy, **days, by=lead, now=NOW)
    return deputy


def test_a_deputy_decides_and_the_history_names_both(request_, lead, stand_in):
    decide(request_, State.APPROVED, stand_in)
    check_at_once()
    row = Request.objects.get()
    assert (row.decided_by, row.decided_for) == (stand_in, lead)
    assert row.steps.last().acting_for == lead


def test_a_deputy_is_told_as_well(stand_in, ask):
    ask()
    told = set(Notice.objects.values_list("account", flat=True))
    assert stand_in.pk in told


def test_a_deputy_does_not_decide_what_whoever_is_away_asked_for(ask, lead, stand_in):
    row = ask(by=lead)
    assert code_of(lambda: decide(row, State.APPROVED, stand_in)) == "not_yours"


def test_a_deputy_does_not_decide_the_own(ask, stand_in):
    row = ask(by=stand_in)
    assert code_of(lambda: decide(row, State.APPROVED, stand_in)) == "own"


def test_a_deputy_has_no_right_before_and_after(request_, stand_in):
    approve = Decision(State.APPROVED, shown_now(request_))
    late = lambda: deciding.decide(  # noqa: E731
        request=request_, decision=approve, by=stand_in, now=NOW + timedelta(days=5)
    )
    assert code_of(late) == "not_yours"


def test_the_right_ends_with_that_of_whoever_is_away(request_, lead, stand_in):
    lead.role_grants.all().delete()
    assert code_of(lambda: decide(request_, State.APPROVED, stand_in)) == "not_yours"


def test_a_deputys_deputy_decides_nothing(request_, stand_in, make_user):
    third = make_user("programme_lead", scope="happy-square")
    days = {"first_day": TODAY, "last_day": TODAY}
    deputies.name_deputy(account=stand_in, deputy=third, **days, by=stand_in, now=NOW)
    assert code_of(lambda: decide(request_, State.APPROVED, third)) == "not_yours"


def test_the_own_right_comes_before_anothers(request_, lead, staff_user):
    days = {"first_day": TODAY, "last_day": TODAY}
    deputies.name_deputy(account=lead, deputy=staff_user, **days, by=lead, now=NOW)
    decide(request_, State.APPROVED, staff_user)
    assert Request.objects.get().decided_for is None


def test_who_may_be_named(lead, staff_user, branch, resident_user):
    def name(account, deputy, by, first=TODAY, last=TODAY):
        days = {"first_day": first, "last_day": last}
        return deputies.name_deputy(account=account, deputy=deputy, **days, by=by, now=NOW)

    before = TODAY - timedelta(days=1)
    assert code_of(lambda: name(lead, staff_user, by=staff_user)) == "not_yours"
    assert code_of(lambda: name(lead, lead, by=lead)) == "same"
    assert code_of(lambda: name(lead, resident_user, by=lead)) == "no_desk"
    assert code_of(lambda: name(lead, staff_user, by=lead, last=before)) == "ends_early"
    row = name(lead, staff_user, by=branch)
    assert code_of(lambda: name(lead, branch, by=lead)) == "taken"
    assert code_of(lambda: deputies.end_deputy(row=row, by=staff_user, now=NOW)) == "not_yours"
    deputies.end_deputy(row=row, by=lead, now=NOW)
    row.refresh_from_db()
    assert code_of(lambda: deputies.end_deputy(row=row, by=lead, now=NOW)) == "ended"
    name(lead, branch, by=lead)


# --- Several together ------------------------------------------------------------------


def test_of_several_those_stay_out_that_changed(ask, hall, make_venue, lead):
    rows = [ask(), ask(make_venue(title_zh="blue")), ask(make_venue(title_zh="red"))]
    seen = [Decision(State.APPROVED, shown_now(row)) for row in rows]
    Venue.objects.filter(pk=rows[1].subject).update(places=1)
    requests.withdraw(request=rows[2], by=rows[2].asked_by, now=NOW)
    pairs = list(zip(rows, seen, strict=True))
    left = deciding.decide_together(decisions=pairs, by=lead, now=NOW)
    assert [(row, refusal.code) for row, refusal in left] == [
        (rows[1], "changed"),
        (rows[2], "not_waiting"),
    ]
    assert Request.objects.filter(state=State.APPROVED, programme=SLUG).get() == rows[0]
