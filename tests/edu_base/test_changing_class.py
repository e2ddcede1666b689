"""Another class is chosen in a draft, or in what was returned."""

import pytest

from diedie_edu.accounts.models import User
from edu_base.actions import applying
from edu_base.actions.steps import lock_application
from edu_base.models import Application, Intake, Scheme, State
from tests.conftest import NOW
from tests.edu_base.applying import number_of
from tests.support.education import ADULT, make_application, make_intake, make_year, walk
from tests.support.refusals import code_of
from tests.support.reviewing import make_criteria, make_reviewer, mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(intake: Intake) -> Intake:
    return make_intake(intake.scheme_year)


def move(row: Application, to: Intake, number: str = "") -> None:
    """As the form does: it holds the row, with the class that was chosen."""
    row.intake = to
    applying.change(application=row, number=number, now=NOW)


def test_an_exception_counts_in_its_own_class_alone(
    intake: Intake, other: Intake, staff_user: User
) -> None:
    row = make_application(
        staff_user, intake, State.MORE_ASKED, lifted=["age"], lifted_reason="会议同意"
    )
    move(lock_application(row.pk), intake)
    row.refresh_from_db()
    assert row.lifted == ["age"]
    move(lock_application(row.pk), other)
    row.refresh_from_db()
    assert (row.intake, row.lifted, row.lifted_reason) == (other, [], "")


def test_whoever_has_marks_stays_in_the_class(
    intake: Intake, other: Intake, staff_user: User, make_user: type
) -> None:
    make_criteria(intake)
    row = make_application(staff_user, intake, State.ELIGIBLE)
    mark(make_reviewer(intake, make_user()), row, papers=80)
    walk(row, State.MORE_ASKED, staff_user)
    assert code_of(lambda: move(row, other)) == "marked"


def test_whoever_is_nominated_stays_in_the_scheme(intake: Intake, staff_user: User) -> None:
    dream = make_intake(make_year(Scheme.DREAM, places=13))
    row = make_application(staff_user, dream, origin="nominated")
    assert code_of(lambda: move(row, intake)) == "nominated"


def test_the_paper_tells_the_birth_date_that_nobody_knew(staff_user: User) -> None:
    """A nominated worker is known by name and phone: without it no age could be looked at."""
    dream = make_intake(make_year(Scheme.DREAM, places=13))
    row = make_application(staff_user, dream)
    row.person.birth_date, row.paper_kind = None, "citizen"
    row.person.save()
    move(row, dream, number_of(ADULT))
    row.person.refresh_from_db()
    assert row.person.birth_date == ADULT
