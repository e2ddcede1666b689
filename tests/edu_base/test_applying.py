"""Applying, as browsers do it: alone, from paper; changed, sent in, withdrawn."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from openpyxl import load_workbook

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import ConsentText
from edu_base.actions import applying
from edu_base.actions.steps import lock_application, move
from edu_base.models import Application, Intake, State, Step
from tests.conftest import NOW
from tests.edu_base.applying import born, details, fill_in, number_of, url, with_text
from tests.support.education import ADULT, make_application, make_intake, make_year
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "text")]
SEVENTEEN = date(NOW.year - 17, 3, 1)
AsUser = Callable[[User], Client]


@pytest.fixture
def text() -> None:
    with_text()


def told(kind: str) -> set[str]:
    found = Notice.objects.filter(kind=f"edu_base.{kind}", channel="inbox")
    return set(found.values_list("recipient__full_name", flat=True))


def test_grown_up_applies_alone(intake: Intake, resident_user: User, as_user: AsUser) -> None:
    client = as_user(resident_user)
    page = client.get(url("start") + f"?intake={intake.pk}")
    assert page.context["form"]["intake"].value() == intake.pk
    sent = {"intake": intake.pk, "birth_date": f"{ADULT}", "agreed": "on"}
    assert client.post(url("start"), sent).status_code == 302
    row = Application.objects.get()
    assert (row.person, row.guardian, row.state) == (resident_user.resident, None, State.DRAFT)
    assert row.agreed_text is not None
    fill_in(client, row)
    for _tap in range(2):
        client.post(url("submit", row.pk))
    row.refresh_from_db()
    assert (row.state, row.submitted_at) == (State.SUBMITTED, NOW)
    assert row.paper_number == number_of(ADULT)
    assert Step.objects.get().acting == Step.Acting.APPLICANT
    assert told("submitted") == {resident_user.display_name}


def test_number_is_sealed_and_shown_covered(
    intake: Intake, resident_user: User, as_user: AsUser
) -> None:
    born(resident_user, ADULT)
    row = make_application(resident_user, intake, person=resident_user.resident)
    client = as_user(resident_user)
    fill_in(client, row)
    page = client.get(url("own_application", row.pk)).content.decode()
    assert number_of(ADULT) not in page
    assert "440***********" in page
    again = client.get(url("own_change", row.pk)).content.decode()
    assert number_of(ADULT) not in again
    fill_in(client, row, number="", address="叠二社区4号")
    row.refresh_from_db()
    assert (row.paper_number, row.address) == (number_of(ADULT), "叠二社区4号")


def test_form_says_what_is_wrong_beside_the_number(
    intake: Intake, resident_user: User, as_user: AsUser
) -> None:
    born(resident_user, ADULT)
    row = make_application(resident_user, intake, person=resident_user.resident)
    client = as_user(resident_user)
    opened = client.get(url("own_change", row.pk)).context["form"]["opened"].value()
    wrong = details(intake, ADULT - timedelta(days=1)) | {"opened": opened}
    answer = client.post(url("own_change", row.pk), wrong)
    assert answer.context["form"].errors.keys() == {"number"}
    row.refresh_from_db()
    assert (row.paper_number, row.address) == ("", "")


def test_no_condition_no_application_and_the_rule_is_read(
    resident_user: User, as_user: AsUser
) -> None:
    old = make_intake(make_year(), min_age=30, max_age=40)
    born(resident_user, ADULT)
    row = make_application(resident_user, old, person=resident_user.resident, agreed_at=NOW)
    client = as_user(resident_user)
    fill_in(client, row)
    assert "30" in client.get(url("own_application", row.pk)).content.decode()
    client.post(url("submit", row.pk))
    row.refresh_from_db()
    assert row.state == State.DRAFT


def test_outside_its_window_a_class_takes_nobody(resident_user: User, as_user: AsUser) -> None:
    day = NOW.date()
    make_intake(opens_on=day + timedelta(days=1), closes_on=day + timedelta(days=9))
    page = as_user(resident_user).get(url("start"))
    assert not page.context["has_classes"]


def test_for_the_dream_class_an_enterprise_nominates(resident_user: User, as_user: AsUser) -> None:
    dream = make_intake(make_year("dream", places=13))
    page = as_user(resident_user).get(url("start"))
    assert dream not in page.context["form"].fields["intake"].queryset
    text = ConsentText.objects.get(programme="edu-base")
    who = {"person": born(resident_user, ADULT).resident, "guardian": None, "by": resident_user}
    agreement = applying.Agreement(text)
    start = partial(applying.start, intake=dream, agreement=agreement, now=NOW, **who)
    assert code_of(start) == "by_nomination"


def test_one_live_application_a_year(intake: Intake, resident_user: User, as_user: AsUser) -> None:
    born(resident_user, ADULT)
    make_application(resident_user, intake, person=resident_user.resident)
    sent = {"intake": intake.pk, "agreed": "on"}
    answer = as_user(resident_user).post(url("start"), sent)
    assert answer.context["form"].non_field_errors()


# --- From paper, returned, withdrawn ---------------------------------------------------


def test_staff_type_in_from_paper(staff_user: User, as_user: AsUser) -> None:
    closed = NOW.date() - timedelta(days=1)
    intake = make_intake(opens_on=closed - timedelta(days=30), closes_on=closed)
    client = as_user(staff_user)
    sent = {
        "intake": intake.pk,
        "full_name": "黄玉兰",
        "birth_date": f"{ADULT}",
        "paper_reference": "蓝文件夹7",
        "agreed": "on",
    }
    assert client.post(url("start_from_paper"), sent).status_code == 302
    row = Application.objects.get()
    assert (row.origin, row.paper_reference) == ("paper", "蓝文件夹7")
    fill_in(client, row, schooling="primary")  # staff may ask for an override
    client.post(url("submit", row.pk))
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    assert Step.objects.get().acting == Step.Acting.STAFF


def test_returned_it_is_changed_and_sent_in_again(
    intake: Intake, resident_user: User, staff_user: User, as_user: AsUser
) -> None:
    born(resident_user, ADULT)
    row = make_application(
        resident_user, intake, State.SUBMITTED, person=resident_user.resident, agreed_at=NOW
    )
    client = as_user(resident_user)
    assert client.get(url("own_change", row.pk)).status_code == 302
    with transaction.atomic():
        locked = lock_application(row.pk)
        move(application=locked, to=State.MORE_ASKED, by=staff_user, now=NOW, reason="请补毕业证")
    assert "请补毕业证" in client.get(url("own_application", row.pk)).content.decode()
    Intake.objects.update(closes_on=NOW.date() - timedelta(days=1))
    fill_in(client, row)
    client.post(url("submit", row.pk))
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_draft_is_deleted_when_withdrawn(
    intake: Intake, resident_user: User, as_user: AsUser
) -> None:
    row = make_application(resident_user, intake, person=resident_user.resident)
    client = as_user(resident_user)
    assert client.get(url("withdraw", row.pk)).status_code == 200
    client.post(url("withdraw", row.pk))
    assert not Application.objects.exists()


def test_what_was_sent_in_stays_as_withdrawn(intake: Intake, resident_user: User) -> None:
    person = resident_user.resident
    row = make_application(resident_user, intake, State.PROPOSED, person=person)
    reserve = make_application(resident_user, intake, State.RESERVE, rank=1)
    Intake.objects.update(places=1)
    applying.withdraw(application=row, acting=Step.Acting.APPLICANT, by=resident_user, now=NOW)
    row.refresh_from_db()
    reserve.refresh_from_db()
    assert (row.state, reserve.state) == (State.WITHDRAWN, State.OFFERED)
    assert told("withdrawn") == {resident_user.display_name}


def test_others_see_nothing(
    intake: Intake, resident_user: User, stranger: User, staff_user: User, as_user: AsUser
) -> None:
    row = make_application(resident_user, intake, person=resident_user.resident)
    for user in (stranger, staff_user):
        for name in ("own_application", "own_change", "withdraw", "guardian"):
            assert as_user(user).get(url(name, row.pk)).status_code == 404
        assert as_user(user).post(url("submit", row.pk)).status_code == 404


def test_application_is_asked_for_at_its_own_moment(
    intake: Intake, resident_user: User, now: datetime
) -> None:
    """The last day of the window counts to its midnight, on the wall clock here."""
    born(resident_user, ADULT)
    last = datetime.combine(intake.closes_on, datetime.max.time(), tzinfo=now.tzinfo)
    about = {"intake": intake, "person": resident_user.resident, "guardian": None}
    text = ConsentText.objects.get(programme="edu-base")
    agreement = applying.Agreement(text)
    made = applying.start(**about, agreement=agreement, by=resident_user, now=last)
    made.delete()
    late = last + timedelta(seconds=1)
    start = partial(applying.start, **about, agreement=agreement, by=resident_user, now=late)
    assert code_of(start) == "closed"


def test_landing_and_self_check_need_no_account(intake: Intake, client: Client) -> None:
    page = client.get(url("landing"))
    assert intake.title in page.content.decode()
    sent = {"birth_date": f"{ADULT}", "schooling": "senior", "belongs_by": "lives"}
    found = client.post(url("self_check"), sent).context
    assert [row["intake"] for row in found["fitting"]] == [intake]
    none = client.post(url("self_check"), sent | {"belongs_by": "none"}).context
    assert [row.condition for row in none["others"][0]["unmet"]] == ["belonging"]


def test_copy_of_all_that_is_kept_is_for_whoever_it_is_about(
    intake: Intake, resident_user: User, staff_user: User, as_user: AsUser
) -> None:
    born(resident_user, ADULT)
    row = make_application(
        resident_user, intake, State.SUBMITTED, person=resident_user.resident, words="想学护理"
    )
    Application.objects.update(origin="paper", paper_reference="蓝文件夹7")
    book = as_user(resident_user).get(url("own_copy", row.pk))
    sheet = load_workbook(BytesIO(book.content)).active
    told = {line[1] for line in sheet.iter_rows(values_only=True)}
    assert {resident_user.display_name, "想学护理"} <= told
    assert as_user(staff_user).get(url("own_copy", row.pk)).status_code == 404


def test_panels_of_my_page(
    intake: Intake, resident_user: User, as_user: AsUser, make_user: Callable[..., User]
) -> None:
    make_application(resident_user, intake, person=resident_user.resident)
    assert intake.title in as_user(resident_user).get("/me/").content.decode()
    assert intake.title not in as_user(make_user(Role.RESIDENT)).get("/me/").content.decode()
