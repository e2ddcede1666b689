"""What was typed comes back to whoever typed it, and to nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from diedie_edu.accounts import form_owner
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.people.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PASSWORD = "叠二社区learning"
DETAILS, TYPED = "/me/details/", "何某某"
OPENED = re.compile(r'name="opened" value="([^"]*)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FROM_HERE = {"Origin": "http://testserver"}
FROM_ELSEWHERE = {"Origin": "https://elsewhere.example"}


class Tabs:
    """A browser that checks tokens, whatever number of tabs it has."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def token_on(self, address: str) -> str:
        return TOKEN.findall(self.client.get(address).text)[-1]

    def send(self, address: str, headers: dict | None = None, **data: object) -> HttpResponse:
        return self.client.post(address, data, headers=headers or FROM_HERE)

    def sign_in(self, user: User, next: str = "") -> HttpResponse:
        self.send("/sign-out/", csrfmiddlewaretoken=self.token_on("/"))
        return self.enter(user, next)

    def enter(self, user: User, next: str = "") -> HttpResponse:
        token = self.token_on("/sign-in/")
        data = {"phone": user.phone, "password": PASSWORD, "next": next}
        return self.send("/sign-in/", csrfmiddlewaretoken=token, **data)

    def lose_session(self) -> None:
        del self.client.cookies["sessionid"]


@pytest.fixture(autouse=True)
def cheap(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT, phone="13800138000", password=PASSWORD)


@pytest.fixture
def other(make_user: Callable[..., User]) -> User:
    return make_user(Role.RESIDENT, phone="13800138002", password=PASSWORD)


@pytest.fixture
def tabs(user: User) -> Tabs:
    tabs = Tabs()
    tabs.sign_in(user)
    return tabs


def typed(token: str) -> dict[str, str]:
    return {"csrfmiddlewaretoken": token, "display_name": TYPED, "language": "en"}


def sent_from(page: HttpResponse) -> dict[str, str]:
    return typed(TOKEN.findall(page.text)[-1]) | {"opened": unescape(OPENED.findall(page.text)[-1])}


def has_text(answer: HttpResponse) -> bool:
    return f'value="{TYPED}"' in answer.text


def name_of(user: User) -> str:
    return User.objects.get(pk=user.pk).display_name


def test_after_signing_in_again_the_form_comes_back_and_counts(tabs: Tabs, user: User) -> None:
    old, before = tabs.client.get(DETAILS), name_of(user)
    tabs.sign_in(user)
    answer = tabs.send(DETAILS, **sent_from(old))
    assert (answer.status_code, has_text(answer), name_of(user)) == (200, True, before)
    assert "还没有保存" in answer.text
    assert tabs.send(DETAILS, **sent_from(answer)).status_code == 302
    assert name_of(user) == TYPED


def test_a_stranger_site_gets_nothing(tabs: Tabs, user: User) -> None:
    old, before = tabs.token_on(DETAILS), name_of(user)
    tabs.sign_in(user)
    for headers in (
        FROM_ELSEWHERE,
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Referer": "https://elsewhere.example/x"},
    ):
        answer = tabs.send(DETAILS, headers, **typed(old))
        assert (answer.status_code, has_text(answer)) == (403, False)
    assert name_of(user) == before


def test_a_browser_that_says_nothing_is_believed_by_its_token_alone(tabs: Tabs, user: User) -> None:
    old = tabs.token_on(DETAILS)
    tabs.sign_in(user)
    silent = {"User-Agent": "x"}
    assert has_text(tabs.send(DETAILS, silent, **typed(old)))
    forged = tabs.send(DETAILS, silent, **typed("a" * 64))
    assert (forged.status_code, has_text(forged)) == (403, False)


def test_another_person_gets_a_clean_page_with_a_word(tabs: Tabs, user: User, other: User) -> None:
    old = tabs.token_on(DETAILS)
    tabs.sign_in(other)
    answer = tabs.send(DETAILS, **typed(old))
    assert "现在登录的是另一个账号" in answer.text
    assert not has_text(answer)
    assert TYPED not in (name_of(user), name_of(other))


def test_a_session_that_is_over_costs_no_text(tabs: Tabs, user: User) -> None:
    old = tabs.client.get(DETAILS)
    tabs.lose_session()
    referer = FROM_HERE | {"Referer": f"http://testserver{DETAILS}"}
    answer = tabs.send(DETAILS, referer, **sent_from(old))
    assert answer.url == f"/sign-in/?next={DETAILS}"
    assert "填的内容先留着" in tabs.client.get(answer.url).text
    assert tabs.enter(user, DETAILS).url == DETAILS
    page = tabs.client.get(DETAILS)
    assert has_text(page)
    assert not has_text(tabs.client.get(DETAILS))  # once
    tabs.send(DETAILS, **sent_from(page))
    assert name_of(user) == TYPED


def test_what_waits_is_sealed_and_for_its_owner_alone(tabs: Tabs, user: User, other: User) -> None:
    token = tabs.token_on(DETAILS)
    tabs.lose_session()
    tabs.send(DETAILS, FROM_HERE | {"Referer": f"http://testserver{DETAILS}"}, **typed(token))
    assert TYPED not in str(dict(tabs.client.session))
    tabs.enter(other, DETAILS)
    assert not has_text(tabs.client.get(DETAILS))


def test_what_waits_is_gone_after_an_hour(tabs: Tabs, user: User, clock) -> None:
    token = tabs.token_on(DETAILS)
    tabs.lose_session()
    tabs.send(DETAILS, FROM_HERE | {"Referer": f"http://testserver{DETAILS}"}, **typed(token))
    tabs.enter(user, "/me/")
    clock.shift(timedelta(hours=2))
    assert not has_text(tabs.client.get(DETAILS))


def test_passwords_never_come_back(tabs: Tabs, user: User) -> None:
    old = tabs.token_on("/me/password/")
    tabs.sign_in(user)
    answer = tabs.send(
        "/me/password/", csrfmiddlewaretoken=old, old_password=PASSWORD, password="new-secret-9"
    )
    assert (answer.status_code, PASSWORD in answer.text) == (200, False)
    assert "new-secret-9" not in answer.text


def test_a_button_is_shown_again_and_does_nothing_by_itself(tabs: Tabs, user: User) -> None:
    """It has no page of its own; the page it was pressed on is opened."""
    old = tabs.token_on("/me/")
    tabs.sign_in(user)
    referer = FROM_HERE | {"Referer": "http://testserver/me/"}
    answer = tabs.send("/sign-out/", referer, csrfmiddlewaretoken=old)
    assert (answer.status_code, "还没有保存" in answer.text) == (200, True)
    assert tabs.client.get("/me/").status_code == 200


def test_where_no_page_has_the_form_the_text_is_there_to_be_sent(tabs: Tabs, user: User) -> None:
    old = tabs.token_on(DETAILS)
    tabs.sign_in(user)
    answer = tabs.send("/sign-out/", csrfmiddlewaretoken=old, note="谢谢大家")
    assert 'name="note" value="谢谢大家"' in answer.text
    assert 'action="/sign-out/"' in answer.text


def test_the_admin_site_gives_it_back_too(make_user: Callable[..., User]) -> None:
    staff = make_user(Role.STAFF, phone="13800138003", password=PASSWORD)
    tabs = Tabs()
    tabs.sign_in(staff)
    old = tabs.token_on("/admin/people/topic/add/")
    tabs.sign_in(staff)
    number = Topic.objects.count()
    answer = tabs.send(
        "/admin/people/topic/add/", csrfmiddlewaretoken=old, title_zh="扎染", title_en="Tie & dye"
    )
    assert 'value="Tie &amp; dye"' in answer.text
    assert Topic.objects.count() == number


def test_a_file_has_to_be_chosen_again_and_that_is_said(tabs: Tabs, user: User) -> None:
    old = tabs.token_on(DETAILS)
    tabs.sign_in(user)
    file = SimpleUploadedFile("a.png", b"x")
    assert "文件要重新选一次" in tabs.send(DETAILS, **typed(old), file=file).text
    assert "文件要重新选一次" not in tabs.send(DETAILS, **typed(old)).text


def test_a_visitors_form_comes_back_to_whoever_is_at_the_browser(user: User) -> None:
    tabs = Tabs()
    old = tabs.token_on("/sign-in/code/")
    tabs.client.cookies["csrftoken"] = "b" * 32
    answer = tabs.send("/sign-in/code/", csrfmiddlewaretoken=old, phone="13800138000")
    assert 'value="13800138000"' in answer.text


def test_whose_a_form_is(user: User, other: User, rf) -> None:
    request = rf.get("/")
    form_owner.note_owner(request, user)
    secret = request.META["CSRF_COOKIE"]
    assert (len(secret), secret.isalnum()) == (32, True)
    assert form_owner.is_of(secret, user.pk)
    assert not form_owner.is_of(secret, other.pk)
    assert not form_owner.is_somebodys("a" * 32)
    assert not form_owner.is_of("a" * 32, user.pk)
