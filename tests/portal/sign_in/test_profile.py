import pytest
from django.http import HttpResponse
from django.test import Client

from diedie_edu.accounts.actions import privacy
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Resident
from tests.support.sent_forms import opened

pytestmark = pytest.mark.django_db
PAGE = "/me/details/"
FORM = {"display_name": "梁姨", "language": "en", "email": "liang@example.org", "wants_sms": "on"}


def sent(client: Client, **changes: object) -> HttpResponse:
    return client.post(PAGE, FORM | opened(client, PAGE) | changes)


@pytest.fixture
def owner(known: User, as_user) -> Client:
    return as_user(known)


def test_people_say_how_they_are_addressed_and_told_things(owner, known):
    assert sent(owner).url == PAGE
    user = User.objects.get(pk=known.pk)
    assert (user.display_name, user.language) == ("梁姨", "en")
    told = user.resident
    assert (told.email, told.wants_sms, told.wants_email) == ("liang@example.org", True, False)


def test_the_name_on_the_lists_stays(owner, known):
    sent(owner)
    assert Resident.objects.get(account=known).full_name == known.display_name


def test_pages_speak_the_new_language_at_once(owner):
    assert sent(owner).cookies["django_language"].value == "en"
    assert "Your details are saved." in owner.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("email", "no"), ("display_name", ""), ("language", "x")]
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_changed(owner, known, field, value):
    answer = sent(owner, **{field: value})
    assert list(answer.context["form"].errors) == [field]
    assert User.objects.get(pk=known.pk).language == "zh-hans"
    assert Resident.objects.get(account=known).email == ""


def test_nobody_changes_phone_or_power_there(owner, known):
    sent(owner, phone="13900000000", is_superuser="on", full_name="别人")
    user = User.objects.get(pk=known.pk)
    assert (user.phone, user.is_superuser) == (known.phone, False)


def test_an_account_without_a_person_is_not_asked_how_to_be_told(as_user, make_user):
    user = make_user(Role.BRANCH_LEAD)
    user.resident.delete()
    client = as_user(User.objects.get(pk=user.pk))
    fields = ["opened", "display_name", "language", "mailbox"]
    assert list(client.get(PAGE).context["form"].fields) == fields
    assert sent(client, mailbox="wu@example.org").status_code == 302
    assert User.objects.get(pk=user.pk).mailbox == "wu@example.org"


def test_a_person_behind_the_account_has_the_one_mailbox(owner, known):
    sent(owner, mailbox="another@example.org")
    assert User.objects.get(pk=known.pk).mailbox == ""


def test_a_version_not_agreed_to_is_pointed_out(owner, known, privacy_notice, now):
    known.acceptances.all().delete()
    assert owner.get(PAGE).context["asks"]
    privacy.agree_to_notice(user=known, notice=privacy_notice, now=now)
    assert not owner.get(PAGE).context["asks"]
