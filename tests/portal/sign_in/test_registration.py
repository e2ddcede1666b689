from datetime import date

import pytest
from django.test import Client

from diedie_edu.accounts.models import NoticeAcceptance, PrivacyNotice, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Resident
from tests.portal.sign_in.conftest import KNOWN, PASSWORD, UNKNOWN, account_in, prove
from tests.support.children import consented

pytestmark = pytest.mark.django_db
FINISH = "/register/name/"
FORM = {
    "full_name": "梁秀珍",
    "language": "zh-hans",
    "agrees": "on",
    "is_old_enough": "on",
    "residency": "permanent",
}


@pytest.fixture
def visitor(client: Client, privacy_notice: object) -> Client:
    """Somebody who has proved the phone UNKNOWN."""
    prove(client, UNKNOWN, "/register/")
    return client


def test_a_name_and_an_agreement_make_an_account_and_a_resident(visitor, privacy_notice, now):
    assert visitor.post(FINISH, FORM).url == "/me/"
    user = User.objects.get(phone=UNKNOWN)
    assert account_in(visitor) == user.pk
    assert (user.display_name, user.resident.full_name) == ("梁秀珍", "梁秀珍")
    assert [grant.role for grant in user.grants] == [Role.RESIDENT]
    agreed = NoticeAcceptance.objects.get(user=user)
    assert (agreed.notice, agreed.accepted_at) == (privacy_notice, now)


def test_a_password_is_optional(visitor):
    visitor.post(FINISH, FORM)
    assert not User.objects.get(phone=UNKNOWN).has_usable_password()


def test_a_password_given_holds(visitor):
    visitor.post(FINISH, FORM | {"password": PASSWORD})
    assert User.objects.get(phone=UNKNOWN).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", ""),
        ("full_name", "梁"),
        ("full_name", "梁1"),
        ("password", "12345678"),
        ("language", "fr"),
        ("agrees", ""),
        ("is_old_enough", ""),
        ("residency", ""),
        ("residency", "tourist"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_kept(visitor, field, value):
    answer = visitor.post(FINISH, FORM | {field: value})
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.exists()
    assert not Resident.objects.exists()


def test_what_was_typed_is_still_there_after_a_mistake(visitor):
    answer = visitor.post(FINISH, FORM | {"agrees": ""})
    assert "梁秀珍" in answer.content.decode()


def test_the_page_survives_a_reload_and_going_away(visitor):
    visitor.get("/privacy/")
    assert visitor.get(FINISH).status_code == 200


def test_sending_the_form_twice_makes_one_account(visitor):
    visitor.post(FINISH, FORM)
    assert visitor.post(FINISH, FORM).status_code == 302
    assert User.objects.count() == Resident.objects.count() == 1


def test_somebody_else_took_the_phone_meanwhile(visitor, make_user):
    user = make_user(Role.RESIDENT, phone=UNKNOWN)
    assert visitor.post(FINISH, FORM).url == "/me/"
    assert account_in(visitor) == user.pk


def test_who_is_on_the_list_already_is_taken_over(visitor):
    entered = Resident.objects.create(
        full_name="梁秀珍", phone=UNKNOWN, birth_date=date(1958, 5, 1)
    )
    visitor.post(FINISH, FORM)
    assert User.objects.get(phone=UNKNOWN).resident == entered
    assert Resident.objects.count() == 1


@pytest.mark.parametrize(
    "others",
    [
        [("黄国强", UNKNOWN)],
        [("梁秀珍", KNOWN)],
        [("梁秀珍", "")],
        [("梁秀珍", UNKNOWN), ("梁秀珍", UNKNOWN)],
    ],
    ids=["another name", "another phone", "no phone", "two alike"],
)
def test_nobody_else_is_taken_over(visitor, others):
    for full_name, phone in others:
        Resident.objects.create(full_name=full_name, phone=phone)
    visitor.post(FINISH, FORM)
    assert Resident.objects.filter(account=None).count() == len(others)


def test_a_resident_with_an_account_keeps_it(visitor, make_user):
    owner = make_user(Role.RESIDENT, phone=KNOWN, display_name="梁秀珍")
    visitor.post(FINISH, FORM)
    assert Resident.objects.get(account=owner).full_name == "梁秀珍"
    assert Resident.objects.count() == 2


def test_a_child_on_the_list_is_registered_by_the_guardian(visitor):
    consented(
        Resident.objects.create(full_name="梁秀珍", phone=UNKNOWN, birth_date=date(2015, 5, 1))
    )
    answer = visitor.post(FINISH, FORM)
    assert answer.context["form"].errors
    assert not User.objects.filter(phone=UNKNOWN).exists()


def test_nobody_registers_before_the_notice_is_published(client):
    prove(client, UNKNOWN, "/register/")
    PrivacyNotice.objects.all().delete()
    assert client.post(FINISH, FORM).context["form"].non_field_errors()
    assert not User.objects.exists()


def test_english_is_offered_first_to_whoever_reads_english(visitor):
    visitor.cookies["django_language"] = "en"
    form = visitor.get(FINISH).context["form"]
    assert form.initial["language"] == "en"


def test_the_page_links_the_privacy_notice(visitor):
    assert 'href="/privacy/"' in visitor.get(FINISH).content.decode().split("<main")[1]
