"""Inviting speakers, their answers, and what the database refuses."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import call_off, close_day
from diedie_edu.activities.models import Activity, Duty
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Skill, Volunteer
from residents_school import queries
from residents_school.actions import (
    accept_invitation,
    change_lecture,
    close_invitations,
    decline_invitation,
    invite_speaker,
    plan_of,
    propose_other_date,
    withdraw_invitation,
)
from residents_school.models import Invitation, Lecture
from tests.conftest import NOW, SATURDAY
from tests.duties import make_volunteer, on_duty
from tests.refusals import code_of, refused_by

pytestmark = pytest.mark.django_db
MakeLecture = Callable[..., Lecture]
DAYS = [date(2026, 12, 5), date(2026, 12, 12)]
BEGINS = moment(SATURDAY, time(9, 30))


@pytest.fixture
def lecture(make_lecture: MakeLecture) -> Lecture:
    return make_lecture(title="家常菜")


@pytest.fixture
def cook() -> Volunteer:
    return make_volunteer("王大厨")


@pytest.fixture
def invite(lecture: Lecture, staff_user: User) -> Callable[..., Invitation]:
    def make(volunteer: Volunteer, to: Lecture | None = None) -> Invitation:
        return invite_speaker(
            lecture=to or lecture, volunteer=volunteer, note="盼您来！", by=staff_user, now=NOW
        )

    return make


@pytest.fixture
def invitation(invite: Callable[..., Invitation], cook: Volunteer) -> Invitation:
    return invite(cook)


def messages_to(person: object, channel: str = "sms") -> list[str]:
    rows = Notice.objects.filter(recipient=person, channel=channel).exclude(status="cancelled")
    return [row.kind.partition(".")[2] for row in rows.order_by("pk")]


def accept(invitation: Invitation) -> Invitation:
    return accept_invitation(invitation=invitation, now=NOW)


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
    call_off(activity=off, reason="台风", by=None, now=NOW)
    assert code_of(partial(invite, cook, off)) == "called_off"


def test_whom_to_invite_begins_with_those_who_know_the_topic(
    lecture: Lecture, invite: Callable, make_lecture: MakeLecture
) -> None:
    free, asked, busy, knows = (make_volunteer(name) for name in ("安", "丙", "丁", "周"))
    Skill.objects.create(volunteer=knows, topic=lecture.topic)
    invite(asked)
    on_duty(make_lecture().occasion, busy)
    make_volunteer(kind="community")
    assert list(queries.who_can_be_invited(lecture)) == [knows, free]


# --- Answering -------------------------------------------------------------------------


def test_accepting_books_the_person_and_tells_both(
    invitation: Invitation, cook: Volunteer, staff_user: User
) -> None:
    for _tap in range(2):
        assert accept(invitation).state == "accepted"
    assert Duty.objects.get().volunteer == cook
    assert messages_to(cook.resident) == ["appointed"]
    assert messages_to(staff_user.resident, "inbox") == ["invitation_accepted"]
    assert messages_to(staff_user.resident) == []


def test_declining_says_why_and_books_nobody(invitation: Invitation, staff_user: User) -> None:
    for _tap in range(2):
        decline_invitation(invitation=invitation, word="那天要复诊", now=NOW)
    assert messages_to(staff_user.resident, "inbox") == ["invitation_declined"]
    assert Notice.objects.get(kind__endswith="declined").data["word"] == "那天要复诊"
    assert not Duty.objects.exists()


def test_other_days_keep_the_invitation_open(invitation: Invitation, staff_user: User) -> None:
    for _tap in range(2):
        propose_other_date(invitation=invitation, days=DAYS[::-1], word="", now=NOW)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.proposed_days) == ("other_date", DAYS)
    assert messages_to(staff_user.resident, "inbox") == ["invitation_other_date"]
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
    call_off(activity=lecture, reason="台风", by=None, now=NOW)
    assert code_of(partial(accept, invitation)) == "called_off"


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
    fresh = queries.lectures().get(pk=lecture.pk)
    plan = plan_of(fresh)
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
    close_day(day=SATURDAY, reason="台风", by=None, now=NOW)
    assert (close_invitations(NOW), close_invitations(NOW)) == (1, 0)
    assert messages_to(cook.resident) == ["invitation_withdrawn"]


def test_what_nobody_answered_closes_when_the_lecture_begins(
    invitation: Invitation, cook: Volunteer
) -> None:
    close_invitations(BEGINS + timedelta(hours=3))
    invitation.refresh_from_db()
    assert (invitation.state, messages_to(cook.resident)) == ("withdrawn", [])


def test_the_desk_asks_after_three_days(invitation: Invitation) -> None:
    assert not queries.unanswered(NOW + timedelta(days=2)).exists()
    assert queries.unanswered(NOW + timedelta(days=3)).get() == invitation


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
