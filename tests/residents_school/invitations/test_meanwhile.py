"""What staff do while an answer is awaited, and what the database refuses."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from diedie_edu.activities.actions import days
from diedie_edu.activities.models import Activity
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty
from residents_school.actions import seasons
from residents_school.actions.invitations import (
    close_invitations,
    decline_invitation,
    withdraw_invitation,
)
from residents_school.actions.lectures import change_lecture
from residents_school.models import Invitation, Lecture
from residents_school.queries.invitations import unanswered, waited
from residents_school.queries.lectures import lectures
from tests.conftest import NOW, SATURDAY
from tests.residents_school.invitations.conftest import BEGINS, DAYS, accept, messages_to
from tests.support.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db


# --- What staff do meanwhile -----------------------------------------------------------


def test_withdrawing_tells_the_person_once(invitation: Invitation, cook: Volunteer) -> None:
    for _tap in range(2):
        withdraw_invitation(invitation=invitation, by=None, now=NOW)
    assert messages_to(cook.resident) == ["invitation_withdrawn"]
    assert code_of(partial(accept, invitation)) == "answered"


def test_an_answer_given_cannot_be_withdrawn(invitation: Invitation) -> None:
    accept(invitation)
    withdraw_invitation(invitation=invitation, by=None, now=NOW)
    assert Duty.objects.count() == Invitation.objects.filter(state="accepted").count() == 1


def change(lecture: Lecture, **changes: object) -> None:
    fresh = lectures().get(pk=lecture.pk)
    plan = seasons.plan_of(fresh)
    plan = type(plan)(**(vars(plan) | changes))
    change_lecture(lecture=fresh, plan=plan, by=None, now=NOW)


def test_who_said_yes_on_the_phone_has_answered_and_is_told(
    invitation: Invitation, lecture: Lecture, cook: Volunteer
) -> None:
    change(lecture, speakers=[cook])
    change(lecture, title="新题目")
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert messages_to(cook.resident) == ["appointed"]


def test_who_is_released_is_told_and_hears_of_a_new_appointment(
    lecture: Lecture, cook: Volunteer
) -> None:
    for speakers in ([cook], [], [cook]):
        change(lecture, speakers=speakers)
    assert messages_to(cook.resident) == ["released", "appointed"]


@pytest.mark.parametrize(
    ("state", "heard"),
    [("draft", ["appointed", "appointed"]), ("published", ["appointed", "moved"])],
)
def test_a_speaker_hears_of_a_new_time_once(
    lecture: Lecture, cook: Volunteer, state: str, heard: list[str]
) -> None:
    Activity.objects.update(state=state)
    change(lecture, speakers=[cook])
    change(lecture, starts_at=BEGINS + timedelta(hours=1), ends_at=BEGINS + timedelta(hours=2))
    assert messages_to(cook.resident) == heard


def test_whoever_has_not_answered_is_asked_for_the_new_time(
    invitation: Invitation, lecture: Lecture, cook: Volunteer
) -> None:
    later = BEGINS + timedelta(hours=1)
    change(lecture, starts_at=later, ends_at=later + timedelta(hours=1))
    assert messages_to(cook.resident) == ["invitation"]
    waiting = Notice.objects.exclude(status="cancelled").filter(recipient=cook.resident)
    assert {datetime.fromisoformat(row.data["starts_at"]) for row in waiting} == {later}


def test_a_closed_day_takes_invitations_back_at_the_next_tick(
    invitation: Invitation, cook: Volunteer
) -> None:
    assert close_invitations(NOW) == 0
    days.close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    assert (close_invitations(NOW), close_invitations(NOW)) == (1, 0)
    assert messages_to(cook.resident) == ["invitation_withdrawn"]


def test_what_nobody_answered_closes_when_the_lecture_begins(
    invitation: Invitation, cook: Volunteer
) -> None:
    close_invitations(BEGINS + timedelta(hours=3))
    invitation.refresh_from_db()
    assert (invitation.state, messages_to(cook.resident)) == ("withdrawn", [])


def test_the_desk_asks_after_three_days(invitation: Invitation) -> None:
    assert not unanswered(NOW, waited(NOW + timedelta(days=2))).exists()
    assert unanswered(NOW, waited(NOW + timedelta(days=3))).get() == invitation


# --- The database ----------------------------------------------------------------------


def test_one_invitation_is_open_at_a_time(invitation: Invitation) -> None:
    row = {"lecture": invitation.lecture, "volunteer": invitation.volunteer, "invited_at": NOW}
    with refused_by("one_open_invitation"):
        Invitation.objects.create(**row)
    decline_invitation(invitation=invitation, word="", now=NOW)
    assert Invitation.objects.create(**row).pk


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("invitation_answer_fits_its_state", {"answered_at": NOW}),
        ("invitation_answer_fits_its_state", {"state": "accepted"}),
        ("invitation_answer_fits_its_state", {"state": "asleep", "answered_at": NOW}),
        ("another_date_names_days", {"state": "other_date", "answered_at": NOW}),
        ("another_date_names_days", {"proposed_days": DAYS}),
    ],
)
def test_an_answer_fits_its_state(invitation: Invitation, constraint: str, change: dict) -> None:
    with refused_by(constraint):
        Invitation.objects.update(**change)
