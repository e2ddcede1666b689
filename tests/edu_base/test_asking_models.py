"""What the database itself refuses of contact lists, visits, phones left and questions."""

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.people.models import Organisation
from edu_base.models import Application, Intake, PhoneLeft, State, StudyQuestion, Visit
from tests.conftest import NOW
from tests.support.education import make_application
from tests.support.mobilising import give, live_at, visit
from tests.support.refusals import guard_that_stops, refused_by

pytestmark = pytest.mark.django_db
SHA = "a" * 64
LEFT = {"scheme": "dream", "phone": "13812345678", "phone_key": SHA, "left_at": NOW}


def test_a_building_is_given_to_one(intake: Intake, staff_user: User, stranger: User) -> None:
    give(intake.scheme_year, "3", staff_user)
    with refused_by("one_contact_list_of_a_building"):
        give(intake.scheme_year, "3", stranger)


@pytest.mark.parametrize("outcome", ["taken_back", "lost"])
def test_a_visit_ends_in_one_tap(outcome: str, intake: Intake, staff_user: User) -> None:
    who = {"scheme_year": intake.scheme_year, "person": live_at(), "by": staff_user, "at": NOW}
    with refused_by("visit_ends_in_one_tap"):
        Visit.objects.create(outcome=outcome, **who)


def test_visits_stay(intake: Intake, staff_user: User) -> None:
    rows = Visit.objects.filter(pk=visit(intake.scheme_year, live_at(), "not_met", staff_user).pk)
    assert guard_that_stops(lambda: rows.update(outcome="met")) == "visits_stay_as_they_were"
    assert guard_that_stops(lambda: rows.delete()) == "visits_are_never_deleted"


def test_a_phone_is_left_once_for_a_scheme() -> None:
    PhoneLeft.objects.create(**LEFT)
    with refused_by("phone_left_once"):
        PhoneLeft.objects.create(**LEFT)
    with refused_by("phone_left_is_a_number"):
        PhoneLeft.objects.create(**LEFT | {"phone": "", "scheme": "households"})


@pytest.fixture
def student(intake: Intake, staff_user: User) -> Application:
    return make_application(staff_user, intake, State.STUDYING)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"answer": "left"}, "study_answer_has_its_time"),
        ({"work": "here"}, "work_is_asked_of_graduates"),
        ({"answer": "graduated", "answered_at": NOW}, "work_is_asked_of_graduates"),
        ({"times_asked": 4, "last_asked_at": NOW}, "study_question_is_asked_three_times"),
        ({"times_asked": 1}, "study_question_is_asked_three_times"),
    ],
)
def test_a_question_says_what_belongs_together(student, fields, constraint) -> None:
    with refused_by(constraint):
        StudyQuestion.objects.create(
            application=student, occasion="september", due_on=NOW.date(), **fields
        )


def test_an_employer_is_one_of_here(student: Application) -> None:
    firm = Organisation.objects.create(title="叠石家具厂", kind="enterprise")
    facts = {
        "answer": "graduated",
        "answered_at": NOW,
        "graduated_on": NOW.date(),
        "work": "not_yet",
    }
    with refused_by("employer_of_a_graduate_is_here"):
        StudyQuestion.objects.create(
            application=student, occasion="year", due_on=NOW.date(), employer=firm, **facts
        )


def test_a_question_is_put_once(student: Application) -> None:
    facts = {"application": student, "occasion": "september", "due_on": NOW.date()}
    StudyQuestion.objects.create(**facts)
    with refused_by("study_question_once"):
        StudyQuestion.objects.create(**facts)
