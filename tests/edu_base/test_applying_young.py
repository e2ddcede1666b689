"""Applying under 18, as browsers do it: a guardian says yes, or applies."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Guardianship, Resident
from edu_base.models import Application, Intake, State, Step
from tests.conftest import NOW
from tests.edu_base.applying import born, fill_in, number_of, url, with_text
from tests.support.education import ADULT, make_intake, make_year, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "text")]
SEVENTEEN = date(NOW.year - 17, 3, 1)
AsUser = Callable[[User], Client]


@pytest.fixture
def text() -> None:
    with_text()


def told(kind: str) -> set[str]:
    found = Notice.objects.filter(kind=f"edu_base.{kind}", channel="inbox")
    return set(found.values_list("recipient__full_name", flat=True))


@pytest.fixture
def young() -> Intake:
    return make_intake(make_year(), min_age=15, schoolings=["junior"])


@pytest.fixture
def minor(resident_user: User) -> User:
    return born(resident_user, SEVENTEEN)


def begun(client: Client, intake: Intake, **sent: object) -> Application:
    usual = {"intake": intake.pk, "agreed": "on"}
    usual |= {"guardian_name": "梁家长", "guardian_phone": "13800138000"}
    assert client.post(url("start"), usual | sent).status_code == 302
    return Application.objects.get()


def test_under_18_a_guardian_is_named(young: Intake, minor: User, as_user: AsUser) -> None:
    answer = as_user(minor).post(url("start"), {"intake": young.pk, "agreed": "on"})
    assert answer.context["form"].errors.keys() == {"guardian_name"}
    own = {"guardian_name": minor.display_name, "guardian_phone": minor.phone}
    answer = as_user(minor).post(url("start"), {"intake": young.pk, "agreed": "on"} | own)
    assert answer.context["form"].errors
    assert not Application.objects.exists()


def test_guardian_says_yes_by_the_link_of_a_message(
    young: Intake, minor: User, as_user: AsUser
) -> None:
    client = as_user(minor)
    row = begun(client, young)
    fill_in(client, row, schooling="junior", number=number_of(SEVENTEEN))
    client.post(url("submit", row.pk))
    client.post(url("submit", row.pk))
    row.refresh_from_db()
    assert row.state == State.DRAFT
    asked = Notice.objects.get(kind="edu_base.guardian_asked", channel="inbox")
    assert asked.recipient.full_name == "梁家长"
    assert asked.data["whom"] == "梁家长"
    link = url("agree", token("guardian", row.pk, row.guardian_id))
    visitor = Client()
    assert minor.display_name in visitor.get(link).content.decode()
    visitor.post(link, {"agree": "1"})
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    assert Step.objects.get().acting == Step.Acting.LINK
    assert told("submitted") == {minor.display_name, "梁家长"}


def test_guardians_no_leaves_a_draft_and_another_is_named(
    young: Intake, minor: User, as_user: AsUser
) -> None:
    client = as_user(minor)
    row = begun(client, young)
    fill_in(client, row, schooling="junior", number=number_of(SEVENTEEN))
    link = url("agree", token("guardian", row.pk, row.guardian_id))
    Client().post(link, {"decline": "1"})
    assert told("guardian_declined") == {minor.display_name}
    client.post(
        url("guardian", row.pk), {"guardian_name": "何家长", "guardian_phone": "13800138001"}
    )
    row.refresh_from_db()
    assert row.guardian.full_name == "何家长"
    assert Client().get(link).status_code == 404
    assert Client().get(url("agree", "1-2-" + "0" * 32)).status_code == 404


def test_guardians_are_not_named_at_will(
    young: Intake, minor: User, as_user: AsUser, settings: Settings
) -> None:
    settings.GUARDIANS_PER_HOUR = 2
    client = as_user(minor)
    row = begun(client, young)
    for number in range(3):
        named = {
            "guardian_name": f"何家长{'甲乙丙'[number]}",
            "guardian_phone": f"1380013800{number}",
        }
        client.post(url("guardian", row.pk), named)
    row.refresh_from_db()
    assert row.guardian.full_name == "何家长乙"


def test_guardian_applies_for_a_child(young: Intake, resident_user: User, as_user: AsUser) -> None:
    client = as_user(resident_user)
    child = {"ward": "new", "full_name": "陈小明", "birth_date": f"{SEVENTEEN}"}
    sent = {"intake": young.pk, "agreed": "on", "relation": "mother"} | child
    assert client.post(url("start_for_ward"), sent).status_code == 302
    row = Application.objects.get()
    assert (row.person.full_name, row.guardian) == ("陈小明", resident_user.resident)
    assert Guardianship.objects.filter(child=row.person, guardian=row.guardian).exists()
    fill_in(client, row, schooling="junior", number=number_of(SEVENTEEN))
    client.post(url("submit", row.pk))
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    assert told("submitted") == {resident_user.display_name}  # the child has no phone
    page = client.get(url("start_for_ward"))
    assert page.context["form"].wards.keys() == {f"{row.person_id}"}


@pytest.mark.parametrize("birth_date", [date(2012, 11, 23), ADULT], ids=["13", "20"])
def test_guardian_applies_for_nobody_else(
    birth_date: date, young: Intake, resident_user: User, as_user: AsUser
) -> None:
    child = {"ward": "new", "full_name": "陈小明", "birth_date": f"{birth_date}"}
    sent = {"intake": young.pk, "agreed": "on", "relation": "mother"} | child
    answer = as_user(resident_user).post(url("start_for_ward"), sent)
    assert answer.context["form"].errors.keys() == {"birth_date"}
    assert not Resident.objects.filter(full_name="陈小明").exists()


def test_guardian_says_yes_again_to_what_was_returned(
    young: Intake, minor: User, staff_user: User, as_user: AsUser
) -> None:
    client = as_user(minor)
    row = begun(client, young)
    fill_in(client, row, schooling="junior", number=number_of(SEVENTEEN))
    client.post(url("submit", row.pk))
    link = url("agree", token("guardian", row.pk, row.guardian_id))
    client.post(link, {"agree": "1"})
    row.refresh_from_db()
    step = Step.objects.get()
    assert (step.acting, step.by) == (Step.Acting.LINK, None), "a family may share a phone"
    walk(row, State.MORE_ASKED, staff_user)
    assert client.get(url("own_application", row.pk)).context["asks_guardian"]
    client.post(url("submit", row.pk))
    assert Notice.objects.filter(kind="edu_base.guardian_asked", channel="inbox").count() == 2
    assert Client().get(link).context["is_waiting"]
    Client().post(link, {"agree": "1"})
    row.refresh_from_db()
    assert (row.state, row.last_step) == (State.SUBMITTED, 3)


def test_of_what_is_refused_nothing_is_stored(young: Intake, minor: User, as_user: AsUser) -> None:
    """Else a date that was mistyped could not be put right."""
    Resident.objects.filter(pk=minor.resident.pk).update(birth_date=None)
    sent = {"intake": young.pk, "agreed": "on", "birth_date": f"{SEVENTEEN}"}
    answer = as_user(minor).post(url("start"), sent)
    assert answer.context["form"].errors.keys() == {"guardian_name"}
    minor.resident.refresh_from_db()
    assert minor.resident.birth_date is None
