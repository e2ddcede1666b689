"""Whom staff invite, and what they answer."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Skill, Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school.actions.invitations import (
    accept_invitation,
    decline_invitation,
    propose_other_date,
)
from residents_school.models import Invitation, Lecture
from residents_school.queries.invitations import who_can_be_invited
from tests.conftest import NOW
from tests.residents_school.invitations.conftest import (
    BEGINS,
    DAYS,
    MakeLecture,
    accept,
    messages_to,
)
from tests.support.duties import make_volunteer, on_duty
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db


# --- Inviting --------------------------------------------------------------------------


def test_the_invited_person_gets_one_message(
    invitation: Invitation, invite: Callable, cook: Volunteer
) -> None:
    assert invite(cook) == invitation
    assert messages_to(cook.resident) == ["invitation"]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "active", "code"),
    [
        ("expert", True, None),
        ("lecturer", True, None),
        ("community", True, "no_speaker"),
        ("expert", False, "no_speaker"),
    ],
)
def test_only_experts_and_lecturers_who_serve_are_invited(
    invite: Callable, kind: str, active: bool, code: str | None
) -> None:
    person = make_volunteer(kind=kind)
    person.is_active = active
    person.save()
    assert code_of(partial(invite, person)) == code


def test_nobody_is_invited_to_what_they_give_or_while_they_are_elsewhere(
    lecture: Lecture, invite: Callable, cook: Volunteer, make_lecture: MakeLecture
) -> None:
    on_duty(lecture.occasion, cook)
    assert code_of(partial(invite, cook)) == "speaks_already"
    assert code_of(partial(invite, cook, make_lecture())) == "booked"


def test_a_lecture_with_all_its_speakers_or_called_off_invites_nobody(
    lecture: Lecture, invite: Callable, cook: Volunteer, make_lecture: MakeLecture
) -> None:
    for _speaker in range(2):
        on_duty(lecture.occasion, make_volunteer())
    assert code_of(partial(invite, cook)) == "full"
    off = make_lecture()
    schedule.call_off(activity=off, reason="台风", by=None, now=NOW)
    assert code_of(partial(invite, cook, off)) == "called_off"


def test_whom_to_invite_begins_with_those_who_know_the_topic(
    lecture: Lecture, invite: Callable, make_lecture: MakeLecture
) -> None:
    free, asked, busy, knows = (make_volunteer(name) for name in ("安", "丙", "丁", "周"))
    Skill.objects.create(volunteer=knows, topic=lecture.topic)
    invite(asked)
    on_duty(make_lecture().occasion, busy)
    make_volunteer(kind="community")
    assert list(who_can_be_invited(lecture)) == [knows, free]


# --- Answering -------------------------------------------------------------------------


def test_accepting_books_the_person_and_tells_both(
    invitation: Invitation, cook: Volunteer, staff_user: User
) -> None:
    for _tap in range(2):
        assert accept(invitation).state == "accepted"
    assert Duty.objects.get().volunteer == cook
    assert messages_to(cook.resident) == ["appointed"]
    assert messages_to(staff_user, "inbox") == ["invitation_accepted"]


def test_declining_says_why_and_books_nobody(invitation: Invitation, staff_user: User) -> None:
    for _tap in range(2):
        decline_invitation(invitation=invitation, word="那天要复诊", now=NOW)
    assert messages_to(staff_user, "inbox") == ["invitation_declined"]
    said = Notice.objects.get(kind__endswith="declined", channel="inbox")
    assert said.data["word"] == "那天要复诊"
    assert not Duty.objects.exists()


def test_other_days_keep_the_invitation_open(invitation: Invitation, staff_user: User) -> None:
    for _tap in range(2):
        propose_other_date(invitation=invitation, days=DAYS[::-1], word="", now=NOW)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.proposed_days) == ("other_date", DAYS)
    assert messages_to(staff_user, "inbox") == ["invitation_other_date"]
    assert accept(invitation).proposed_days == []


@pytest.mark.parametrize(
    ("days", "code"), [([], "no_day"), ([date(2026, 11, 23)], "past"), ([date(2029, 1, 6)], "far")]
)
def test_days_must_be_of_use(invitation: Invitation, days: list[date], code: str) -> None:
    propose = partial(propose_other_date, invitation=invitation, days=days, word="", now=NOW)
    assert code_of(propose) == code


def test_what_was_declined_stays_and_can_be_asked_anew(
    invitation: Invitation, invite: Callable, cook: Volunteer
) -> None:
    decline_invitation(invitation=invitation, word="", now=NOW)
    assert code_of(partial(accept, invitation)) == "answered"
    assert accept(invite(cook)).state == "accepted"


def test_a_new_invitation_takes_the_place_of_one_with_other_days(
    invitation: Invitation, invite: Callable, cook: Volunteer
) -> None:
    propose_other_date(invitation=invitation, days=DAYS, word="", now=NOW)
    assert invite(cook) != invitation
    assert code_of(partial(accept, invitation)) == "answered"


def test_who_is_booked_meanwhile_cannot_accept(
    invitation: Invitation, cook: Volunteer, make_lecture: MakeLecture
) -> None:
    on_duty(make_lecture().occasion, cook)
    assert code_of(partial(accept, invitation)) == "booked"
    invitation.refresh_from_db()
    assert invitation.state == "invited"


def test_a_full_set_cannot_be_joined(invitation: Invitation, lecture: Lecture) -> None:
    for _speaker in range(2):
        on_duty(lecture.occasion, make_volunteer())
    assert code_of(partial(accept, invitation)) == "full"


def test_what_is_called_off_or_has_begun_needs_no_answer(
    invitation: Invitation, lecture: Lecture
) -> None:
    late = partial(accept_invitation, invitation=invitation, now=BEGINS)
    assert code_of(late) == "past"
    schedule.call_off(activity=lecture, reason="台风", by=None, now=NOW)
    assert code_of(partial(accept, invitation)) == "called_off"
