"""The pages of staff and reviewers: found, opened, decided, marked."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.decisions.models import Request
from edu_base.models import Application, Criterion, Declaration, Intake, Review, Reviewer, State
from edu_base.queries.panels import to_be_checked, to_be_marked
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_person, make_year
from tests.support.reviewing import declare, make_criteria, make_reviewer, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]


def page(name: str, *keys: object) -> str:
    return reverse(f"edu_base:{name}", args=keys)


@pytest.fixture
def office(as_user: AsUser, staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def lead(as_user: AsUser, make_user: Callable[..., User]) -> Client:
    return as_user(make_user(Role.PROGRAMME_LEAD, scope="edu-base"))


@pytest.fixture
def weights(intake: Intake) -> list[Criterion]:
    """Set before anybody applies: name it before `submitted`."""
    return make_criteria(intake)


@pytest.fixture
def submitted(intake: Intake, stranger: User) -> Application:
    person = make_person("陈建城")
    return make_application(stranger, intake, State.SUBMITTED, person=person, dwelling=None)


def rows(client: Client, **wanted: object) -> list[Application]:
    return list(client.get(page("applications"), wanted).context["rows"])


# --- The list --------------------------------------------------------------------------


def test_staff_find_applications_by_what_they_know(
    office: Client, submitted: Application, intake: Intake, stranger: User
) -> None:
    make_application(stranger, intake)  # a draft is the applicant's own
    other = make_application(stranger, intake, State.RANKED)
    assert rows(office) == [other, submitted]
    for wanted in (
        {"q": "陈建"},
        {"q": "陳建城"},
        {"q": "chen"},
        {"q": str(submitted.pk)},
        {"state": "submitted"},
        {"sort": "new"},
        {"household": "missing"},
    ):
        assert rows(office, **wanted) == [submitted], wanted
    assert rows(office, household="stopped") == []
    assert rows(office, intake=intake.pk, year=intake.year, scheme="households") == [
        other,
        submitted,
    ]


def test_the_list_takes_the_same_number_of_queries(
    office: Client, submitted: Application, intake: Intake, stranger: User
) -> None:
    with CaptureQueriesContext(connection) as few:
        office.get(page("applications"))
    for _more in range(5):
        make_application(stranger, intake, State.SUBMITTED)
    with CaptureQueriesContext(connection) as many:
        assert len(rows(office)) == 6
    assert len(few) == len(many)


def test_several_are_decided_on_after_a_second_look(
    office: Client, submitted: Application, intake: Intake, stranger: User
) -> None:
    ranked = make_application(stranger, intake, State.RANKED)
    pairs = [f"{row.pk}:{row.last_step}" for row in (submitted, ranked)]
    form = {"application": pairs, "to": "more_asked"}
    first = office.post(page("together"), form)
    assert [row.application for row in first.context["done"]] == [submitted]
    submitted.refresh_from_db()
    assert submitted.state == State.SUBMITTED
    sure = {"application": [first.context["done"][0].seen], "to": "more_asked", "sure": "1"}
    again = office.post(page("together"), sure)
    assert again.context["form"].errors.keys() == {"reason"}
    office.post(page("together"), sure | {"reason": "请补毕业证。"})
    submitted.refresh_from_db()
    assert submitted.state == State.MORE_ASKED


def test_nothing_ticked_is_said(office: Client) -> None:
    assert office.post(page("together"), {"to": "eligible"}).url == page("applications")
    assert office.post(page("together"), {"to": "proposed"}).status_code == 404


# --- One application -------------------------------------------------------------------


def test_staff_decide_on_one(office: Client, submitted: Application) -> None:
    shown = office.get(page("application", submitted.pk))
    assert {act.to for act in shown.context["acts"]} == {"eligible", "more_asked", "refused"}
    kept = office.post(page("decide", submitted.pk), {"to": "refused"})
    assert kept.context["form"].errors.keys() == {"reason"}
    office.post(page("decide", submitted.pk), {"to": "eligible"})
    submitted.refresh_from_db()
    assert submitted.state == State.ELIGIBLE


def test_one_s_own_shows_no_buttons(
    office: Client, intake: Intake, staff_user: User, stranger: User
) -> None:
    own = make_application(stranger, intake, State.SUBMITTED, person=staff_user.resident)
    assert page("decide", own.pk) not in office.get(page("application", own.pk)).text


def test_the_number_of_a_paper_stays_covered(office: Client, submitted: Application) -> None:
    number = "440681195803211027"
    Application.objects.filter(pk=submitted.pk).update(
        paper_kind="citizen", paper_number=number, paper_key="a" * 64
    )
    assert number not in office.get(page("application", submitted.pk)).text


def test_a_household_is_confirmed_and_a_doubt_is_a_question(
    office: Client, submitted: Application, intake: Intake, stranger: User
) -> None:
    before = make_intake(make_year(year=intake.year - 1))
    other = make_application(stranger, before, State.WITHDRAWN, person=submitted.person)
    form = {"proof": "booklet", "number": "440600123", "address": "12幢501"}
    asked = office.post(page("household", submitted.pk), form)
    assert list(asked.context["form"].questions) == [str(other.dwelling_id)]
    assert asked.context["form"].errors.keys() == {"which", "reason"}
    answer = {"which": str(other.dwelling_id), "reason": "同一户，换了新本。"}
    office.post(page("household", submitted.pk), form | answer)
    submitted.refresh_from_db()
    assert submitted.dwelling == other.dwelling


def test_an_exception_and_an_interview_are_entered(office: Client, submitted: Application) -> None:
    form = {"conditions": ["age"], "reason": "差十天。"}
    assert office.post(page("exception", submitted.pk), form).status_code == 302
    assert Request.objects.get().kind == "class-exception"
    office.post(page("decide", submitted.pk), {"to": "eligible"})
    form = {"starts_at": "2026-11-25T09:00", "place": "二楼会议室"}
    office.post(page("interview", submitted.pk), form)
    submitted.refresh_from_db()
    assert submitted.interview.place == "二楼会议室"


# --- A class, and its reviewers --------------------------------------------------------


def test_the_lead_sets_criteria_until_the_window_opens(lead: Client, intake: Intake) -> None:
    form = {"part": "papers", "title_zh": "学业成绩", "weight": 60, "place": 1}
    assert lead.post(page("criteria", intake.pk), form).context["form"].errors
    Intake.objects.filter(pk=intake.pk).update(opens_on=NOW.date() + timedelta(days=1))
    lead.post(page("criteria", intake.pk), form)
    row = Criterion.objects.get()
    lead.post(page("criterion_remove", intake.pk), {"criterion": row.pk})
    assert not Criterion.objects.exists()


def test_staff_do_not_appoint(office: Client, lead: Client, intake: Intake) -> None:
    assert office.get(page("reviewers", intake.pk)).status_code == 403
    staff = User.objects.get(role_grants__role=Role.STAFF)
    lead.post(page("reviewers", intake.pk), {"account": staff.pk})
    row = Reviewer.objects.get()
    assert row.account == staff
    lead.post(page("reviewer_end", intake.pk), {"reviewer": row.pk})
    row.refresh_from_db()
    assert row.ended_at == NOW


def test_a_reviewer_says_whom_they_know_before_a_case_opens(
    office: Client,
    weights: list[Criterion],
    submitted: Application,
    intake: Intake,
    staff_user: User,
) -> None:
    make_reviewer(intake, staff_user)
    assert office.get(page("application", submitted.pk)).url == page("ties", intake.pk)
    names = office.get(page("ties", intake.pk)).text
    assert "陈*城" in names
    assert "陈建城" not in names
    office.post(page("ties", intake.pk), {f"tie_{submitted.pk}": "none"})
    assert Declaration.objects.get().tie == "none"
    assert office.get(page("application", submitted.pk)).status_code == 200


def test_a_reviewer_marks_by_the_criteria(
    office: Client,
    weights: list[Criterion],
    submitted: Application,
    intake: Intake,
    staff_user: User,
) -> None:
    case = page("case", submitted.pk, "papers")
    assert office.get(case).status_code == 404, "nobody is a reviewer by being staff"
    declare(make_reviewer(intake, staff_user), submitted)
    office.post(page("decide", submitted.pk), {"to": "eligible"})
    assert case in office.get(page("reviewing")).text
    office.post(case, {f"points_{weights[0].pk}": "101"})
    assert not Review.objects.exists()
    office.post(case, {f"points_{weights[0].pk}": "88", "note": "踏实"})
    assert Review.objects.get().scores.get().points == 88
    assert case not in office.get(page("reviewing")).text


def test_the_lead_has_marks_given_anew(
    lead: Client, intake: Intake, staff_user: User, stranger: User
) -> None:
    make_criteria(intake)
    row = make_application(stranger, intake, State.ELIGIBLE)
    review = mark(make_reviewer(intake, staff_user), row, papers=10)[0]
    form = {"review": review.pk, "reason": "看错了人"}
    lead.post(page("marks_back", row.pk), form)
    review.refresh_from_db()
    assert (review.taken_back_at, review.taken_back_reason) == (NOW, "看错了人")


def test_a_lead_uncovers_a_number_with_a_reason_that_is_kept(
    office: Client, lead: Client, submitted: Application
) -> None:
    number = "440681195803211027"
    Application.objects.filter(pk=submitted.pk).update(
        paper_kind="citizen", paper_number=number, paper_key="a" * 64
    )
    where = page("number", submitted.pk)
    assert office.get(where).status_code == 403
    assert number not in lead.get(where).text
    assert number not in lead.post(where, {"reason": ""}).text
    assert number in lead.post(where, {"reason": "学校来电核对"}).text
    look = submitted.looks.get()
    assert look.reason == "学校来电核对"


def test_nobody_uncovers_a_number_of_the_own_family(
    as_user: AsUser, make_user: Callable[..., User], submitted: Application
) -> None:
    account = make_user(Role.PROGRAMME_LEAD, scope="edu-base")
    number = "440681195803211027"
    Application.objects.filter(pk=submitted.pk).update(
        paper_kind="citizen",
        paper_number=number,
        paper_key="a" * 64,
        guardian=account.resident,
    )
    answer = as_user(account).post(page("number", submitted.pk), {"reason": "核对"})
    assert number not in answer.text
    assert not submitted.looks.exists()


def test_the_desk_says_what_waits(
    office: Client,
    weights: list[Criterion],
    submitted: Application,
    staff_user: User,
) -> None:
    assert len([*to_be_checked(staff_user, NOW), *to_be_marked(staff_user, NOW)]) == 1
    make_reviewer(submitted.intake, staff_user)
    assert len([*to_be_checked(staff_user, NOW), *to_be_marked(staff_user, NOW)]) == 2
    assert office.get(page("desk")).context["panels"]
