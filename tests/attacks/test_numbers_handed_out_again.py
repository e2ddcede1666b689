"""A phone number that a company has given to somebody else opens no family."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from tests.conftest import NOW
from tests.portal.sign_in.conftest import account_in, code_for, prove, publish_notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PHONE, QUESTION = "13800138000", "/sign-in/name/"


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    user = make_user(Role.RESIDENT, phone=PHONE, display_name="陈建城")
    User.objects.filter(pk=user.pk).update(last_login=NOW - timedelta(days=366))
    publish_notice()  # without one nobody registers
    return user


@pytest.mark.parametrize("door", ["/sign-in/code/", "/register/", "/sign-in/forgotten/"])
def test_the_new_owner_of_a_number_is_asked_at_every_door(door, owner):
    client = Client()
    assert prove(client, PHONE, door) == QUESTION
    assert account_in(client) is None
    for path in ("/sign-in/new-password/", "/register/name/", "/me/"):
        answer = client.get(path)
        assert answer.status_code == 302, path
    assert account_in(client) is None
    page = client.post(QUESTION, {"full_name": "王小明"})
    assert page.context["form"].errors["full_name"]
    assert "陈建城" not in page.text
    assert account_in(client) is None


@pytest.mark.parametrize("typed", ["陈建城", "陳 建城"])
def test_the_owner_knows_the_name(typed, owner):
    client = Client()
    prove(client, PHONE)
    assert client.post(QUESTION, {"full_name": typed}).url == "/me/"
    assert account_in(client) == owner.pk


def test_a_forgotten_password_goes_on_to_a_new_one(owner):
    client = Client()
    prove(client, PHONE, "/sign-in/forgotten/")
    assert client.post(QUESTION, {"full_name": "陈建城"}).url == "/sign-in/new-password/"


def test_three_answers_a_day_then_the_desk(owner, clock):
    client = Client()
    prove(client, PHONE)
    for name in ("王小明", "李小明", "赵小明"):
        client.post(QUESTION, {"full_name": name})
    answer = client.post(QUESTION, {"full_name": "陈建城"})
    [error] = answer.context["form"].errors.as_data()["full_name"]
    assert error.code == "too_many_answers"
    other = Client()
    clock.shift(3600)
    prove(other, PHONE)
    assert other.post(QUESTION, {"full_name": "陈建城"}).status_code == 200, (
        "in another browser too"
    )
    clock.shift(24 * 3600)
    prove(client, PHONE)
    assert client.post(QUESTION, {"full_name": "陈建城"}).url == "/me/"


def test_without_the_code_there_is_no_question(owner):
    client = Client()
    client.post("/sign-in/code/", {"phone": PHONE})
    assert client.get(QUESTION).url == "/sign-in/code/"
    assert client.post(QUESTION, {"full_name": "陈建城"}).url == "/sign-in/code/"


def test_whoever_was_here_lately_or_has_this_browser_is_not_asked(owner):
    own = Client()
    User.objects.update(last_login=NOW - timedelta(days=300))
    assert prove(own, PHONE) == "/me/"
    own.post("/sign-out/")
    User.objects.update(last_login=NOW - timedelta(days=400))
    own.post("/sign-in/code/", {"phone": PHONE})
    assert own.post("/sign-in/code/enter/", {"code": code_for(PHONE)}).url == "/me/"


def test_control_without_the_question_a_code_alone_opens_the_account(owner, settings):
    settings.LONG_AWAY_MONTHS = 1200
    client = Client()
    prove(client, PHONE)
    assert account_in(client) == owner.pk
