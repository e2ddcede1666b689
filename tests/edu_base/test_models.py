"""What the database itself refuses of years, classes, households, applications and their steps."""

from collections.abc import Callable

import pytest

from diedie_edu.accounts.models import User
from edu_base.models import Application, College, Intake, Major, SchemeYear, State, Step
from tests.conftest import NOW
from tests.support.education import make_application, make_dwelling, make_intake, make_year
from tests.support.refusals import guard_that_stops, refused_by

pytestmark = pytest.mark.django_db
SHA = "a" * 64
A_NO = (State.MORE_ASKED, State.REFUSED, State.NOT_ADMITTED)


def stopped(model: type, pk: int, **fields: object) -> str:
    """The guard that stops a row from being written so."""
    return guard_that_stops(lambda: model.objects.filter(pk=pk).update(**fields))


def test_colleges_and_majors_have_a_name_once() -> None:
    college = College.objects.create(title_zh="顺德职业技术学院")
    Major.objects.create(college=college, title_zh="护理")
    for title, of_college, of_major in (
        ("", "college_has_a_name", "major_has_a_name"),
        (None, "college_once", "major_once_in_a_college"),
    ):
        with refused_by(of_college):
            College.objects.create(title_zh=college.title_zh if title is None else title)
        with refused_by(of_major):
            Major.objects.create(college=college, title_zh="护理" if title is None else title)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"scheme": "third"}, "scheme_is_known"),
        ({"year": 1999}, "scheme_year_is_a_year"),
        ({"allotted": 51}, "allotments_keep_the_target"),
    ],
)
def test_a_year_is_one_of_a_scheme(scheme_year, fields, constraint) -> None:
    assert stopped(SchemeYear, scheme_year.pk, **fields) == constraint
    assert guard_that_stops(make_year) == "scheme_once_a_year"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"title_zh": ""}, "intake_has_a_name"),
        ({"closes_on": "2020-01-01"}, "intake_closes_after_it_opens"),
        ({"min_age": 26}, "intake_youngest_is_not_the_oldest"),
        ({"age_counts_on": None}, "intake_age_counts_on_a_day"),
        ({"schoolings": ["kindergarten"]}, "schooling_of_an_intake_is_known"),
        ({"belongings": ["visits"]}, "belonging_of_an_intake_is_known"),
        ({"offer_days": 0}, "intake_gives_time"),
        ({"year": 2031}, "intake_is_of_its_scheme_and_year"),
    ],
)
def test_a_class_is_whole(intake, fields, constraint) -> None:
    assert stopped(Intake, intake.pk, **fields) == constraint


def test_a_class_stands_once_in_a_year(scheme_year, intake) -> None:
    with refused_by("intake_once_a_year"):
        make_intake(scheme_year, title_zh=intake.title_zh)


def test_a_household_is_known_once_by_its_paper(staff_user) -> None:
    home = make_dwelling(staff_user, "户 7")
    with refused_by("dwelling_once"):
        make_dwelling(staff_user, "户 7")
    constraint = "dwelling_is_known_by_a_paper"
    assert stopped(type(home), home.pk, number_key="x") == constraint


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"year": 2031}, "application_is_of_its_class"),
        ({"dwelling_seen_by": None}, "household_of_an_application_was_seen"),
        ({"offer_ends_at": NOW}, "an_offer_ends_at_a_time"),
        ({"state": "lost"}, "state_of_an_application_is_known"),
        ({"paper_reference": "3 号柜"}, "paper_application_tells_where_it_lies"),
        ({"person": None}, "application_is_somebodys"),
        ({"paper_number": "x"}, "paper_number_has_its_key"),
        ({"lifted": ["age"]}, "what_is_lifted_has_a_reason"),
        ({"stopped_at": NOW}, "what_is_stopped_has_a_reason"),
        ({"erased_at": NOW, "words": "x"}, "of_an_erased_application_no_words_stay"),
    ],
)
def test_a_draft_says_what_belongs_together(staff_user, intake, fields, constraint) -> None:
    row = make_application(staff_user, intake)
    if "state" in fields:
        with refused_by(constraint):
            Application.objects.create(
                **_copied(row), person=row.person, state="lost", origin="list"
            )
    else:
        assert stopped(Application, row.pk, **fields) == constraint


def _copied(row: Application) -> dict[str, object]:
    names = ("intake", "scheme", "made_by", "made_at", "state_since")
    return {name: getattr(row, name) for name in names} | {"year": row.year}


def test_a_paper_has_one_live_application_a_year(staff_user, intake) -> None:
    paper = {"paper_kind": "other", "paper_number": "K123", "paper_key": SHA}
    make_application(staff_user, intake, **paper)
    with refused_by("one_live_application_of_a_paper"):
        make_application(staff_user, intake, **paper)


def test_a_rank_is_given_once_in_a_class(staff_user, intake) -> None:
    make_application(staff_user, intake, State.RANKED, rank=1)
    again = make_application(staff_user, intake, State.RANKED)
    assert stopped(Application, again.pk, rank=1) == "rank_once_in_a_class"


def test_a_place_needs_a_household_and_each_has_one(staff_user, intake) -> None:
    home = make_dwelling(staff_user)
    placed = make_application(staff_user, intake, State.PROPOSED, dwelling=home)
    without = {"dwelling": None, "dwelling_seen_by": None, "dwelling_seen_at": None}
    constraint = "nobody_holds_a_place_without_a_household"
    assert stopped(Application, placed.pk, **without) == constraint
    other = make_application(staff_user, intake, State.PROPOSED)
    assert stopped(Application, other.pk, dwelling=home) == "one_student_of_a_household"


def test_an_application_begins_as_a_draft(staff_user, intake) -> None:
    row = make_application(staff_user, intake, State.WITHDRAWN)
    with refused_by("an_application_begins_as_a_draft"):
        Application.objects.create(
            **_copied(row), person=row.person, state=State.SUBMITTED, origin="online"
        )


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"state": State.PROPOSED}, "an_application_goes_along_the_chain"),
        (
            {"state": State.ELIGIBLE, "stopped_at": NOW, "stop_reason": "不同意"},
            "what_is_stopped_goes_no_further",
        ),
    ],
)
def test_an_application_goes_its_way(staff_user, intake, fields, guard) -> None:
    row = make_application(staff_user, intake, State.SUBMITTED)
    assert stopped(Application, row.pk, **fields) == guard


def test_whoever_holds_a_place_stays(staff_user, scheme_year, intake) -> None:
    placed = make_application(staff_user, intake, State.PROPOSED)
    other = make_intake(scheme_year)
    guard = "whoever_holds_a_place_stays_in_the_class"
    assert stopped(Application, placed.pk, intake=other) == guard


def test_only_drafts_are_deleted(staff_user, intake) -> None:
    row = make_application(staff_user, intake, State.SUBMITTED)
    assert guard_that_stops(row.delete) == "only_drafts_are_deleted"
    make_application(staff_user, intake).delete()


@pytest.fixture
def add_step(staff_user: User, intake: Intake) -> Callable[..., Step]:
    """Another step of an application that has been submitted."""
    application = make_application(staff_user, intake, State.SUBMITTED)

    def add(**fields: object) -> Step:
        usual = {"number": 2, "state": State.ELIGIBLE, "at": NOW, "by": staff_user}
        usual |= {"acting": Step.Acting.STAFF}
        return Step.objects.create(application=application, **(usual | fields))

    return add


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"number": 1}, "application_step_has_its_number"),
        ({"number": 0}, "application_steps_are_counted_from_one"),
        ({"state": "lost"}, "application_step_is_known"),
        ({"by": None}, "application_step_says_who"),
        *(({"state": state}, "a_no_to_an_application_has_a_reason") for state in A_NO),
    ],
)
def test_a_step_says_what_who_and_why(add_step, fields, constraint) -> None:
    with refused_by(constraint):
        add_step(**fields)


def test_steps_stay(add_step) -> None:
    step = add_step()
    guard = "application_steps_stay_as_they_were"
    assert stopped(Step, step.pk, state=State.RANKED) == guard
