"""Two devices at the same moment: the second acts on what the first has left, or is refused.

In fixed order: the second begins while the first has written and not committed. Without the lock
that each of them takes, the second would decide on what it has read before.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.office.actions import commitments, contacts
from diedie_edu.office.models import FollowUp
from diedie_edu.people.models import Resident
from diedie_edu.publicity.actions import consents, posts
from diedie_edu.publicity.models import PostCorrection
from diedie_edu.volunteering.actions import hours
from diedie_edu.volunteering.models import Duty
from edu_base.actions import enterprise_offers, mobilising
from edu_base.models import EnterpriseOffer, SchemeYear, Visit
from happy_square.actions import complaints, festival_invitations, findings
from happy_square.models import Complaint, FestivalInvitation, Finding
from tests.conftest import NOW
from tests.happy_square.conftest import IN_A_WEEK
from tests.support import spending
from tests.support.campaign import make_event, make_offer
from tests.support.duties import make_volunteer, on_duty
from tests.support.education import make_intake, make_year
from tests.support.festivals import invited, make_festival
from tests.support.groups import make_group
from tests.support.liaison import make_contact, make_follow_up
from tests.support.mobilising import live_at
from tests.support.news import SLUG, agreed, make_draft, make_post
from tests.support.races import right_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
AFTER = NOW + timedelta(days=7)


@pytest.fixture
def lead(make_user: Callable[..., User]) -> User:
    return make_user(Role.PROGRAMME_LEAD, scope=SLUG)


# --- Publicity -------------------------------------------------------------------------


def test_a_permission_is_withdrawn_once(resident_user: User) -> None:
    consent = agreed(resident_user.resident)
    withdraw = partial(consents.withdraw, consent=consent, by=resident_user)
    later = partial(withdraw, now=NOW + timedelta(minutes=1))
    assert right_after(partial(withdraw, now=NOW), later) == "withdrawn"
    consent.refresh_from_db()
    assert consent.withdrawn_at == NOW


def test_a_draft_that_has_just_been_published_is_not_dropped(lead: User) -> None:
    draft = make_draft(lead)
    publish = partial(posts.publish, post=draft, by=lead, now=NOW)
    assert right_after(publish, partial(posts.drop, post=draft, now=NOW)) == "not_draft"


def test_what_is_corrected_keeps_the_words_before_it(lead: User) -> None:
    post = make_post()
    correct = partial(posts.correct, post=post, text="正文", note="更正", by=lead, now=NOW)
    first, second = (partial(correct, title=title) for title in ("第一稿", "第二稿"))
    assert right_after(first, second) is None
    kept = PostCorrection.objects.order_by("pk").values_list("title_before", flat=True)
    assert list(kept) == [post.title, "第一稿"]


# --- The programme office --------------------------------------------------------------


def test_the_first_tick_counts(lead: User, stranger: User) -> None:
    row = make_follow_up(make_contact(lead), lead)
    tick = partial(contacts.tick, follow_up=row, done=True, now=NOW)
    right_after(partial(tick, by=lead), partial(tick, by=stranger))
    assert FollowUp.objects.get().done_by == lead


def test_a_promise_is_freed_once(lead: User) -> None:
    item = spending.approved(lead, spending.branch_lead())
    promise = spending.promise(item, lead)
    free = partial(commitments.free, commitment=promise, by=lead, now=NOW)
    first, second = (partial(free, reason=reason) for reason in ("改期了。", "不办了。"))
    assert right_after(first, second) == "freed"


# --- Duties ----------------------------------------------------------------------------


@pytest.fixture
def duty(make_lecture: Callable) -> Duty:
    """Saturday 9:30–11:00."""
    return on_duty(make_lecture().occasion, make_volunteer())


def test_what_the_first_confirms_stays(duty: Duty, staff_user: User) -> None:
    confirm = partial(hours.confirm_hours, by=staff_user, now=AFTER, corrects=False)
    first, second = (partial(confirm, served={duty.pk: minutes}) for minutes in (75, 80))
    right_after(first, second)
    duty.refresh_from_db()
    assert duty.served_minutes == 75


def test_control_without_the_lock_the_second_writes_over_it(
    duty: Duty, staff_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    confirm = partial(hours.confirm_hours, by=staff_user, now=AFTER, corrects=False)
    first, second = (partial(confirm, served={duty.pk: minutes}) for minutes in (75, 80))
    right_after(first, second)
    duty.refresh_from_db()
    assert duty.served_minutes == 80


# --- Happy Square ----------------------------------------------------------------------


@pytest.fixture
def asked(staff_user: User) -> FestivalInvitation:
    return invited(make_festival(staff_user), make_group(), staff_user, yes=False)


def test_a_group_that_is_no_longer_asked_says_no_yes(
    asked: FestivalInvitation, staff_user: User
) -> None:
    given = {"invitation": asked, "by": staff_user, "now": NOW}
    withdraw = partial(festival_invitations.withdraw, **given)
    accept = partial(festival_invitations.answer, takes_part=True, word="", **given)
    assert right_after(withdraw, accept) is not None
    asked.refresh_from_db()
    assert asked.state == FestivalInvitation.State.WITHDRAWN


@pytest.fixture
def finding(staff_user: User) -> Finding:
    found = findings.Found("noise", "晚上音响太大", IN_A_WEEK)
    return findings.find(found=found, group=make_group(), by=staff_user, now=NOW)


def test_to_what_is_closed_nobody_answers(finding: Finding, staff_user: User) -> None:
    said = {"finding": finding, "words": "好了。", "by": staff_user, "now": NOW}
    close, answer = partial(findings.close, **said), partial(findings.answer, **said)
    assert right_after(close, answer) == "closed"


@pytest.fixture
def complaint() -> Complaint:
    told = complaints.Told(about="noise", words="太吵", group=make_group(), phone="13812345678")
    sent = {"sheet": uuid4(), "address": "10.0.0.1", "language": "zh-hans", "now": NOW}
    return complaints.complain(told=told, **sent)


def test_a_complaint_has_one_answer(complaint: Complaint, staff_user: User) -> None:
    result = Complaint.Result.PUT_RIGHT
    given = {"complaint": complaint, "result": result, "by": staff_user, "now": NOW}
    settle = partial(complaints.settle, **given)
    first, second = (partial(settle, answer=words) for words in ("已处理。", "没问题。"))
    assert right_after(first, second) == "settled"
    assert Notice.objects.filter(kind="happy_square.complaint_settled").count() == 1


def test_a_complaint_joins_nothing_that_has_just_been_closed(
    complaint: Complaint, finding: Finding, staff_user: User
) -> None:
    Complaint.objects.update(group=finding.group)
    close = partial(findings.close, finding=finding, words="好了。", by=staff_user, now=NOW)
    join = partial(complaints.join, complaint=complaint, finding=finding, by=staff_user)
    assert right_after(close, join) is not None


# --- The education base ----------------------------------------------------------------


@pytest.fixture
def offer(staff_user: User) -> EnterpriseOffer:
    return make_offer(make_event(staff_user), staff_user)


def test_an_offer_that_somebody_wants_is_not_taken_out(
    offer: EnterpriseOffer, resident_user: User
) -> None:
    who = {"resident": resident_user.resident, "by": resident_user, "now": NOW}
    want = partial(enterprise_offers.interest, offer=offer, **who)
    assert right_after(want, partial(enterprise_offers.take_out, offer=offer)) == "wanted"


@pytest.fixture
def year(db: None) -> SchemeYear:
    made = make_year()
    make_intake(made)
    return made


@pytest.fixture
def neighbour(db: None) -> Resident:
    return live_at()


def test_the_same_tap_sent_twice_is_noted_once(
    year: SchemeYear, neighbour: Resident, staff_user: User
) -> None:
    tap = {"year": year, "person": neighbour, "outcome": "interested", "seen": 0}
    note = partial(mobilising.note_visit, **tap, by=staff_user, now=NOW)
    right_after(note, note)
    assert Visit.objects.count() == 1


def test_two_who_visit_somebody_at_once_hear_of_each_other(
    year: SchemeYear, neighbour: Resident, staff_user: User, stranger: User
) -> None:
    tap = {"year": year, "person": neighbour, "outcome": "interested", "seen": 0}
    note = partial(mobilising.note_visit, **tap, now=NOW)
    assert right_after(partial(note, by=staff_user), partial(note, by=stranger)) == "noted"


def test_a_visit_is_taken_back_once(
    year: SchemeYear, neighbour: Resident, staff_user: User
) -> None:
    tap = {"year": year, "person": neighbour, "outcome": "interested", "seen": 0}
    made = mobilising.note_visit(**tap, by=staff_user, now=NOW)
    back = partial(mobilising.take_back, visit=made, by=staff_user, now=NOW)
    assert right_after(back, back) == "taken_back"
