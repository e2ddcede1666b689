"""When students are asked, what their answers change, and what staff hear."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Organisation, Resident
from edu_base.actions.asking import Said, answer, ask_students
from edu_base.models import Application, Intake, State, StudyQuestion
from edu_base.queries import asking as queries
from edu_base.queries.asking_panels import problems
from edu_base.rules.asking import due_after, months_after, september
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_year
from tests.support.owners import give_account
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
SEPTEMBER = moment(date(NOW.year, 9, 1), time(10, 0))
FORTNIGHT, DAY = timedelta(days=14), timedelta(days=1)


@pytest.fixture
def student(staff_user: User) -> Application:
    return make_application(
        staff_user, make_intake(make_year(year=NOW.year - 1)), State.STUDYING, now=NOW - 400 * DAY
    )


@pytest.fixture
def question(student: Application) -> StudyQuestion:
    ask_students(SEPTEMBER)
    return StudyQuestion.objects.get()


def say(question: StudyQuestion, what: str, by: User | None = None, **more: object) -> None:
    own = question.application.person
    answer(question=question, said=Said(what, **more), by=by, own=own, now=NOW)


# --- When ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "asked"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), date(2026, 9, 1)),
        (date(2026, 11, 30), date(2026, 9, 1)),
        (date(2026, 12, 1), None),
    ],
)
def test_september_is_asked_late_rather_than_never(today: date, asked: date | None) -> None:
    assert september(today) == asked


def test_months_end_with_their_last_day() -> None:
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_after(date(2026, 6, 30), 12) == date(2027, 6, 30)
    assert months_after(date(2026, 12, 1), 6) == date(2027, 6, 1)


def test_graduates_are_asked_twice() -> None:
    graduated = date(2026, 6, 30)
    assert due_after(graduated, date(2026, 12, 29)) == []
    assert due_after(graduated, date(2026, 12, 30)) == [("half_year", date(2026, 12, 30))]
    assert due_after(graduated, date(2027, 7, 1)) == [("year", date(2027, 6, 30))]


def test_new_students_and_those_who_left_are_not_asked(
    intake: Intake, student: Application, staff_user: User
) -> None:
    make_application(staff_user, intake, State.REPORTED)
    make_application(staff_user, student.intake, State.LEFT)
    ask_students(SEPTEMBER)
    assert StudyQuestion.objects.get().application == student


def test_a_message_and_two_reminders_then_somebody_rings(
    question: StudyQuestion, student: Application, staff_user: User
) -> None:
    for number in range(6):
        for _twice in range(2):
            ask_students(SEPTEMBER + number * FORTNIGHT)
    messages = Notice.objects.filter(channel="sms", recipient=student.person)
    assert messages.count() == 3
    assert {row.data["person"] for row in messages} == {student.person.full_name}
    rings = SEPTEMBER + 3 * FORTNIGHT
    assert list(queries.to_ring(queries.asked_until(rings))) == [question]
    assert not queries.to_ring(queries.asked_until(rings - DAY))
    assert len(list(problems(staff_user, rings))) == 1
    say(question, "studying", staff_user)
    assert not queries.to_ring(queries.asked_until(rings))


def test_a_guardian_hears_while_the_student_is_under_eighteen(
    student: Application, make_resident: Callable[..., Resident]
) -> None:
    guardian = make_resident()
    Resident.objects.filter(pk=student.person_id).update(birth_date=date(NOW.year - 16, 1, 1))
    Application.objects.filter(pk=student.pk).update(guardian=guardian)
    ask_students(SEPTEMBER)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {guardian.pk}
    assert Notice.objects.first().data["person"] == student.person.full_name


def test_whoever_has_answered_is_not_reminded(question: StudyQuestion) -> None:
    say(question, "studying")
    ask_students(SEPTEMBER + FORTNIGHT)
    question.refresh_from_db()
    assert (question.times_asked, question.answered_by) == (1, None)
    assert set(Notice.objects.values_list("status", flat=True)) == {"cancelled"}


# --- What they say ---------------------------------------------------------------------


@pytest.mark.parametrize("what", ["paused", "left"])
def test_an_answer_moves_the_application_on(
    what: str, question: StudyQuestion, student: Application
) -> None:
    say(question, what)
    student.refresh_from_db()
    step = student.steps.last()
    assert (student.state, step.acting, step.by) == (what, "nobody", None)


def test_whoever_has_an_account_stands_in_the_history(
    question: StudyQuestion, student: Application, resident_user: User
) -> None:
    give_account(resident_user, pk=student.person_id)
    say(StudyQuestion.objects.get(), "paused")
    step = student.steps.last()
    assert (step.acting, step.by) == ("applicant", resident_user)


def test_what_staff_hear_is_noted_with_their_name(
    question: StudyQuestion, student: Application, staff_user: User
) -> None:
    say(question, "paused", staff_user)
    question.refresh_from_db()
    assert question.answered_by == staff_user
    assert student.steps.last().acting == "staff"


def test_a_slip_is_put_right(question: StudyQuestion, student: Application) -> None:
    say(question, "left")
    say(question, "studying")
    student.refresh_from_db()
    assert student.state == State.STUDYING


def test_an_older_link_answers_nothing(question: StudyQuestion, student: Application) -> None:
    StudyQuestion.objects.create(application=student, occasion="september", due_on=NOW.date())
    assert code_of(lambda: say(question, "left")) == "older"


def graduate(question: StudyQuestion, day: date = date(2026, 6, 30), **more: object) -> None:
    say(question, "graduated", graduated_on=day, **({"work": "not_yet"} | more))


def test_a_graduate_says_where_they_work_and_is_asked_again(
    question: StudyQuestion, student: Application
) -> None:
    firm = Organisation.objects.create(title="叠石家具厂", kind="enterprise")
    graduate(question, work="here", employer=firm)
    half_a_year = moment(date(2026, 12, 30), time(10, 0))
    ask_students(half_a_year - DAY)
    assert StudyQuestion.objects.count() == 1
    ask_students(half_a_year)
    assert StudyQuestion.objects.first().occasion == "half_year"
    assert not queries.to_ring(queries.asked_until(half_a_year))


def test_nobody_graduates_tomorrow(question: StudyQuestion) -> None:
    assert code_of(lambda: graduate(question, NOW.date() + DAY)) == "ahead"


def test_figures_say_how_many_of_how_many(
    question: StudyQuestion, student: Application, staff_user: User
) -> None:
    make_application(staff_user, student.intake, State.PAUSED)
    ask_students(SEPTEMBER)
    graduate(question, work="elsewhere")
    [row] = queries.AskedInYear(NOW.year).rows
    assert row.label == "一户一名大学生工程 · 每年九月"
    assert (row.asked, row.answered, row.graduated, row.work_elsewhere) == (2, 1, 1, 1)
    assert queries.years_asked() == [NOW.year]
