"""What staff decide on an application until it is ranked, alone and together."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Guardianship, Household, Resident
from edu_base.actions import interviews, review
from edu_base.actions.review import Chosen
from edu_base.models import Application, Intake, Interview, State
from tests.conftest import NOW
from tests.support.education import make_application, make_person
from tests.support.refusals import code_of, refused_by

BEFORE_A_BIRTHDAY = date(NOW.year - 18, NOW.month, NOW.day) + timedelta(days=1)


def told(application: Application) -> list[tuple[str, int]]:
    rows = Notice.objects.filter(subject=f"application:{application.pk}", channel="inbox")
    return sorted(rows.values_list("kind", "recipient"))


@pytest.mark.parametrize(
    ("at", "to", "kind"),
    [
        (State.SUBMITTED, State.MORE_ASKED, "more_asked"),
        (State.SUBMITTED, State.ELIGIBLE, "eligible"),
        (State.ELIGIBLE, State.MORE_ASKED, "more_asked"),
        (State.RANKED, State.REFUSED, "refused"),
        (State.REFUSED, State.SUBMITTED, "taken_up"),
    ],
)
def test_the_applicant_hears_of_each_step(
    at: State, to: State, kind: str, intake: Intake, staff_user: User
) -> None:
    row = make_application(staff_user, intake, at)
    review.decide(application=row, to=to, by=staff_user, now=NOW, reason="请补学历证明。")
    row.refresh_from_db()
    assert (row.state, row.steps.last().reason) == (to, "请补学历证明。")
    assert told(row) == [(f"edu_base.{kind}", row.person_id)]


@pytest.mark.parametrize("to", [State.MORE_ASKED, State.REFUSED])
def test_a_no_gives_its_reason(to: State, intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.SUBMITTED)
    say = {"application": row, "to": to, "by": staff_user, "now": NOW}
    assert code_of(lambda: review.decide(**say)) == "no_reason"


def test_the_guardian_of_a_minor_hears_too(intake: Intake, staff_user: User) -> None:
    Intake.objects.filter(pk=intake.pk).update(min_age=15)
    person, guardian = make_person(born=BEFORE_A_BIRTHDAY, phone="13800138001"), make_person()
    facts = {"person": person, "guardian": guardian}
    row = make_application(staff_user, intake, State.SUBMITTED, **facts)
    review.decide(application=row, to=State.ELIGIBLE, by=staff_user, now=NOW)
    assert [who for _kind, who in told(row)] == sorted([person.pk, guardian.pk])
    review.decide(
        application=row, to=State.MORE_ASKED, by=staff_user, now=NOW + timedelta(days=1), reason="?"
    )
    asked = Notice.objects.filter(kind="edu_base.more_asked", channel="inbox")
    assert [row.recipient_id for row in asked] == [person.pk], "of age on the birthday itself"


def test_the_conditions_are_met_or_lifted_by_an_exception(intake: Intake, staff_user: User) -> None:
    """A worker of 38 in a class up to 25."""
    person = make_person(born=date(NOW.year - 38, 1, 1))
    row = make_application(staff_user, intake, State.SUBMITTED, person=person)
    say = {"application": row, "to": State.ELIGIBLE, "by": staff_user, "now": NOW}
    assert code_of(lambda: review.decide(**say)) == "age"
    Application.objects.filter(pk=row.pk).update(lifted=["age"], lifted_reason="见批复")
    review.decide(**say)


# --- Whom it concerns ------------------------------------------------------------------


def own(me: Resident, application: Application) -> None:
    application.person = me


def guarded(me: Resident, application: Application) -> None:
    application.guardian = me


def at_home(me: Resident, application: Application) -> None:
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(pk__in=[me.pk, application.person_id]).update(household=home)


def a_ward(me: Resident, application: Application) -> None:
    Guardianship.objects.create(guardian=me, child=application.person, relation="mother")


def the_guardian(me: Resident, application: Application) -> None:
    Guardianship.objects.create(guardian=application.person, child=me, relation="mother")


TIES = [own, guarded, at_home, a_ward, the_guardian]


@pytest.mark.parametrize("tie", TIES)
def test_nobody_decides_on_what_concerns_them(
    tie: Callable[[Resident, Application], None], intake: Intake, staff_user: User
) -> None:
    row = make_application(staff_user, intake, State.SUBMITTED)
    tie(staff_user.resident, row)
    row.save()
    say = {"application": row, "to": State.ELIGIBLE, "by": staff_user, "now": NOW}
    assert code_of(lambda: review.decide(**say)) == "concerned"


# --- The interview ---------------------------------------------------------------------


def test_whoever_is_interviewed_had_day_and_place_before(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.ELIGIBLE)
    say = {"application": row, "to": State.INTERVIEWED, "by": staff_user, "now": NOW}
    assert code_of(lambda: review.decide(**say)) == "no_interview"
    when = {"starts_at": NOW + timedelta(days=3), "place": "二楼会议室", "now": NOW}
    interviews.set_interview(application=row, by=staff_user, **when)
    review.decide(**say)
    row.refresh_from_db()
    assert row.state == State.INTERVIEWED
    assert code_of(lambda: interviews.set_interview(application=row, by=staff_user, **when)) == (
        "not_now"
    )


def test_a_changed_interview_is_told_anew_and_the_same_one_once(
    intake: Intake, staff_user: User
) -> None:
    row = make_application(staff_user, intake, State.ELIGIBLE)
    for minutes, days in ((0, 3), (1, 3), (2, 4)):
        interviews.set_interview(
            application=row,
            starts_at=NOW + timedelta(days=days),
            place="二楼会议室",
            by=staff_user,
            now=NOW + timedelta(minutes=minutes),
        )
    assert [kind for kind, _who in told(row)] == ["edu_base.interview"] * 2


def test_an_interview_is_somewhere(intake: Intake, staff_user: User) -> None:
    row = make_application(staff_user, intake, State.ELIGIBLE)
    facts = {"starts_at": NOW, "place": "", "by": staff_user, "at": NOW}
    with refused_by("interview_is_somewhere"):
        Interview.objects.create(application=row, **facts)


# --- Several together ------------------------------------------------------------------


@pytest.fixture
def three(intake: Intake, staff_user: User) -> list[Application]:
    states = (State.SUBMITTED, State.SUBMITTED, State.RANKED)
    return [make_application(staff_user, intake, state) for state in states]


def chosen(rows: list[Application]) -> list[Chosen]:
    return [Chosen(row.pk, row.last_step) for row in rows]


def codes(outcomes: list[review.Outcome]) -> list[str | None]:
    return [row.refusal and row.refusal.code for row in outcomes]


def test_a_preview_says_what_comes_and_changes_nothing(
    three: list[Application], staff_user: User
) -> None:
    say = {"chosen": chosen(three), "to": State.ELIGIBLE, "by": staff_user, "now": NOW}
    before = review.decide_together(**say, is_preview=True)
    assert codes(before) == [None, None, "moved_on"]
    assert {row.steps.count() for row in three[:2]} == {1}
    assert not Notice.objects.exists()
    assert codes(review.decide_together(**say)) == codes(before)
    assert {row.steps.count() for row in three[:2]} == {2}


def test_what_went_on_since_it_was_seen_stays_out(
    three: list[Application], staff_user: User
) -> None:
    say = {"chosen": chosen(three[:2]), "to": State.REFUSED, "by": staff_user, "now": NOW}
    review.decide(
        application=three[0], to=State.MORE_ASKED, by=staff_user, now=NOW, reason="还缺一份"
    )
    assert codes(review.decide_together(**say, reason="不符合")) == ["changed", None]
