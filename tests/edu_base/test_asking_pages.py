"""Contact lists at the door, phones of visitors, the funnel, and the link with four buttons."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.days import moment
from diedie_edu.common.links import token
from diedie_edu.people.models import Resident, Volunteer
from edu_base.actions.asking import ask_students
from edu_base.models import Application, ContactList, Intake, PhoneLeft, State, StudyQuestion, Visit
from tests.conftest import NOW
from tests.support.education import make_application, make_intake, make_year
from tests.support.mobilising import give, live_at, visit
from tests.support.owners import give_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
AsUser = Callable[[User], Client]


@pytest.fixture
def office(as_user: AsUser, staff_user: User) -> Client:
    return as_user(staff_user)


@pytest.fixture
def volunteer(make_user: Callable[..., User]) -> User:
    user = make_user(Role.VOLUNTEER)
    Volunteer.objects.create(resident=user.resident, kinds=["community"])
    return user


@pytest.fixture
def person(intake: Intake) -> Resident:
    return live_at(name="何小满", phone="13812345678")


@pytest.fixture
def given(intake: Intake, person: Resident, volunteer: User) -> ContactList:
    return give(intake.scheme_year, "3", volunteer)


def page_of(given: ContactList, page: str = "contact_list") -> str:
    return reverse(f"edu_base:{page}", args=[given.pk])


# --- Contact lists ---------------------------------------------------------------------


def test_staff_give_ticked_buildings(office: Client, person: Resident, volunteer: User) -> None:
    live_at("")
    url = reverse("edu_base:mobilising")
    assert office.get(url).context["people"] == 2
    sent = {"buildings": ["3", "-"], "given_to": volunteer.pk}
    assert office.post(url, sent).status_code == 302
    assert set(ContactList.objects.values_list("building", "given_to")) == {
        ("3", volunteer.pk),
        ("", volunteer.pk),
    }
    assert office.post(url, {"buildings": ["3"]}).context["form"].errors["given_to"]
    assert office.post(url, {"buildings": ["3"], "do": "take_back"}).status_code == 302
    assert ContactList.objects.get().building == ""
    assert office.post(url, {"buildings": ["77"]}).status_code == 200


def test_a_volunteer_sees_name_age_group_and_address_only(
    as_user: AsUser, volunteer: User, given: ContactList, person: Resident
) -> None:
    shown = as_user(volunteer).get(page_of(given)).content.decode()
    assert all(words in shown for words in ("何小满", "18–34", person.household.label))
    assert not [words for words in ("13812345678", "138****", "2006") if words in shown]


def test_a_list_is_for_whom_it_was_given_to(
    as_user: AsUser, office: Client, stranger: User, volunteer: User, given: ContactList
) -> None:
    assert office.get(page_of(given)).status_code == 200
    assert as_user(stranger).get(page_of(given)).status_code == 404
    Volunteer.objects.update(is_active=False)
    assert as_user(volunteer).get(page_of(given)).status_code == 404


def test_a_list_closes_with_the_last_class(
    as_user: AsUser, volunteer: User, given: ContactList, intake: Intake
) -> None:
    Intake.objects.update(closes_on=intake.opens_on)
    assert as_user(volunteer).get(page_of(given)).status_code == 404


def test_one_tap_and_its_way_back(
    as_user: AsUser, volunteer: User, given: ContactList, person: Resident
) -> None:
    client = as_user(volunteer)
    sent = {"person": person.pk, "seen": 0, "outcome": "do_not_ask"}
    for _twice in range(2):
        assert client.post(page_of(given, "note_visit"), sent).status_code == 302
    tap = Visit.objects.get()
    assert (tap.outcome, tap.by) == ("do_not_ask", volunteer)
    page = client.get(page_of(given))
    assert not page.context["page"].object_list
    assert client.post(page_of(given, "visit_back"), {"visit": tap.pk}).status_code == 302
    assert list(client.get(page_of(given)).context["page"]) == [person]


def test_nobody_of_another_building_is_noted(
    as_user: AsUser, volunteer: User, given: ContactList
) -> None:
    other = live_at("4")
    sent = {"person": other.pk, "seen": 0, "outcome": "interested"}
    as_user(volunteer).post(page_of(given, "note_visit"), sent)
    sent["outcome"] = "taken_back"
    assert as_user(volunteer).post(page_of(given, "note_visit"), sent).status_code == 404
    assert not Visit.objects.exists()


def test_my_page_leads_to_the_lists(as_user: AsUser, volunteer: User, given: ContactList) -> None:
    assert page_of(given) in as_user(volunteer).get("/me/").content.decode()


def test_somebody_wants_to_be_asked_after_all(
    office: Client, intake: Intake, person: Resident, staff_user: User
) -> None:
    tap = visit(intake.scheme_year, person, "do_not_ask", staff_user)
    assert list(office.get(reverse("edu_base:mobilising")).context["said_no"]) == [tap]
    office.post(reverse("edu_base:ask_again"), {"visit": tap.pk})
    assert not office.get(reverse("edu_base:mobilising")).context["said_no"]


# --- Phones and figures ----------------------------------------------------------------


def test_a_visitor_leaves_a_phone(client: Client, intake: Intake) -> None:
    url = reverse("edu_base:leave_phone")
    answer = client.post(url, {"scheme": "households", "phone": "138 1234 5678"})
    assert answer.context["form"].non_field_errors().as_data()[0].code == "open"
    assert client.post(url, {"scheme": "dream", "phone": "138 1234 5678"}).status_code == 302
    assert PhoneLeft.objects.get().scheme == "dream"


def test_funnel_shows_target_and_places_apart(
    office: Client, intake: Intake, person: Resident, staff_user: User
) -> None:
    make_application(staff_user, intake, State.REPORTED, person=person)
    dream = make_year("dream", year=NOW.year - 1, target=25, places=13)
    shown = office.get(reverse("edu_base:funnel")).content.decode()
    assert all(words in shown for words in ("目标 50 人", "名额 25 个", "入学报到"))
    other = office.get(reverse("edu_base:funnel") + f"?of={dream.pk}")
    assert other.context["shown"] == dream


# --- The link --------------------------------------------------------------------------


@pytest.fixture
def question(staff_user: User) -> StudyQuestion:
    intake = make_intake(make_year(year=NOW.year - 1))
    make_application(staff_user, intake, State.STUDYING)
    ask_students(moment(date(NOW.year, 9, 1), time(10, 0)))
    return StudyQuestion.objects.get()


def link(question: StudyQuestion, own: Resident | None = None) -> str:
    own = own or question.application.person
    named = token("study_question", question.pk, own.pk)
    return reverse("edu_base:study_question", args=[named])


def test_a_student_answers_with_one_tap(client: Client, question: StudyQuestion) -> None:
    assert client.get(link(question)).status_code == 200
    question.refresh_from_db()
    assert question.answer == ""
    client.post(link(question), {"answer": "paused"})
    question.refresh_from_db()
    assert (question.answer, question.application.state) == ("paused", "paused")
    assert client.get(link(question)[:-5] + "0000/").status_code == 404


def test_a_guardians_link_ends_on_the_eighteenth_birthday(
    client: Client, question: StudyQuestion, resident_user: User
) -> None:
    guardian, student = resident_user.resident, question.application.person
    assert client.get(link(question, guardian)).status_code == 404
    Application.objects.update(guardian=guardian)
    Resident.objects.filter(pk=student.pk).update(birth_date=date(NOW.year - 18, 11, 24))
    client.post(link(question, guardian), {"answer": "paused"})
    step = question.application.steps.last()
    assert (step.acting, step.by) == ("guardian", resident_user)
    Resident.objects.filter(pk=student.pk).update(birth_date=date(NOW.year - 18, 11, 23))
    assert client.get(link(question, guardian)).status_code == 404


def test_a_graduate_says_more(client: Client, question: StudyQuestion) -> None:
    assert client.get(link(question) + "?answer=graduated").context["form"]
    sent = {"answer": "graduated", "graduated_on": "2026-06-30"}
    assert client.post(link(question), sent).context["form"].errors
    assert client.post(link(question), sent | {"work": "here"}).status_code == 302
    question.refresh_from_db()
    assert (question.work, question.graduated_on) == ("here", date(2026, 6, 30))


def test_staff_ring_and_note(office: Client, question: StudyQuestion, staff_user: User) -> None:
    url = reverse("edu_base:note_answer", args=[question.pk])
    assert office.get(url).status_code == 302, "the reminders come first"
    StudyQuestion.objects.update(times_asked=3)
    assert office.get(url).status_code == 200
    office.post(url, {"answer": "left"})
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("left", staff_user)
    listed = office.get(reverse("edu_base:students_asked"))
    assert not listed.context["to_ring"]
    assert "1 人中 1 人已回答" in listed.content.decode()


def test_my_page_leads_to_the_question(
    as_user: AsUser, resident_user: User, question: StudyQuestion
) -> None:
    give_account(resident_user, applications__questions=question)
    assert link(question) in as_user(resident_user).get("/me/").content.decode()
