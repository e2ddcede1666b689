"""The pages of messages: one's own for everybody, the failed ones for staff."""

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.people.models import Resident

pytestmark = pytest.mark.django_db
INBOX, TROUBLE = "/messages/", "/messages/delivery/"
SignIn = Callable[[User], Client]


@pytest.fixture
def arrived(make_notice: Callable[..., Notice], now: datetime) -> Callable[..., Notice]:
    def make(user: User, **fields: object) -> Notice:
        given = {"status": Status.DELIVERED, "settled_at": now} | fields
        return make_notice(user.resident, Channel.INBOX, **given)

    return make


@pytest.fixture
def failed(make_notice: Callable[..., Notice], now: datetime) -> Notice:
    return make_notice(status=Status.FAILED, settled_at=now)


class _Forms(HTMLParser):
    """The addresses that a page's forms post to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.actions: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "form":
            self.actions.append(dict(attrs).get("action") or "")


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_opening_a_message_is_reading_it(
    arrived: Callable[..., Notice], resident_user: User, as_user: SignIn
) -> None:
    notice, client = arrived(resident_user), as_user(resident_user)
    assert "unread" in client.get(INBOX).content.decode()
    page = client.get(reverse("notices:message", args=[notice.pk]))
    assert "春季养生" in page.content.decode()
    notice.refresh_from_db()
    assert notice.read_at
    assert 'class="unread"' not in client.get(INBOX).content.decode()


def test_a_strangers_message_is_not_there(
    arrived: Callable[..., Notice], resident_user: User, stranger: User, as_user: SignIn
) -> None:
    notice = arrived(resident_user)
    client = as_user(stranger)
    for pk in (notice.pk, notice.pk + 1000, 10**30):
        assert client.get(f"{INBOX}{pk}/").status_code == 404
    assert "春季养生" not in client.get(INBOX).content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_page_of_messages_takes_a_constant_number_of_queries(
    arrived: Callable[..., Notice], resident_user: User, as_user: SignIn
) -> None:
    client = as_user(resident_user)
    arrived(resident_user, dedupe_key="0")
    with_one = _queries(client, INBOX)
    for number in (1, 2):
        arrived(resident_user, dedupe_key=str(number))
    assert _queries(client, INBOX) == with_one


def test_twenty_messages_make_a_page(
    arrived: Callable[..., Notice], resident_user: User, as_user: SignIn
) -> None:
    for number in range(21):
        arrived(resident_user, dedupe_key=str(number))
    client = as_user(resident_user)
    assert client.get(INBOX).content.decode().count("stretched-link") == 20
    assert client.get(f"{INBOX}?page=2").content.decode().count("stretched-link") == 1
    assert client.get(f"{INBOX}?page=nonsense").status_code == 200


def test_without_messages_the_page_says_what_to_do(resident_user: User, as_user: SignIn) -> None:
    page = as_user(resident_user).get(INBOX).content.decode()
    assert 'class="empty"' in page
    assert reverse("residents_school:lecture_list") in page


def test_staff_see_what_failed_and_send_it_again(
    failed: Notice, staff_user: User, as_user: SignIn
) -> None:
    client = as_user(staff_user)
    page = client.get(TROUBLE).content.decode()
    again = reverse("notices:send_again", args=[failed.pk])
    assert again in _Forms(page).actions
    assert "138****8000" in page
    assert "13800138000" not in page
    for _double_click in range(2):
        response = client.post(again, {"next": f"{TROUBLE}?status=failed"})
        assert response.headers["Location"] == f"{TROUBLE}?status=failed"
    assert Notice.objects.get(again_of=failed).again_by == staff_user
    assert again not in _Forms(client.get(TROUBLE).content.decode()).actions


def test_residents_do_not_see_other_peoples_trouble(
    failed: Notice, resident_user: User, as_user: SignIn
) -> None:
    client = as_user(resident_user)
    assert client.get(TROUBLE).status_code == 403
    assert client.post(f"{TROUBLE}{failed.pk}/again/").status_code == 403
    assert Notice.objects.count() == 1


def test_what_cannot_be_repeated_is_refused_in_words(
    make_notice: Callable[..., Notice], staff_user: User, as_user: SignIn
) -> None:
    notice, client = make_notice(), as_user(staff_user)
    page = client.post(f"{TROUBLE}{notice.pk}/again/", follow=True).content.decode()
    assert 'role="alert"' in page
    assert client.post(f"{TROUBLE}{notice.pk + 1000}/again/").status_code == 404
    assert client.get(f"{TROUBLE}{notice.pk}/again/").status_code == 405


@pytest.mark.parametrize(
    "query", ["q=%E5%BC%A0", "status=failed&channel=sms", "status=nonsense", "page=-1"]
)
def test_any_filter_gives_a_page(
    failed: Notice, staff_user: User, as_user: SignIn, query: str
) -> None:
    assert as_user(staff_user).get(f"{TROUBLE}?{query}").status_code == 200


def test_the_list_of_trouble_takes_a_constant_number_of_queries(
    make_notice: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    staff_user: User,
    as_user: SignIn,
    now: datetime,
) -> None:
    client = as_user(staff_user)
    make_notice(status=Status.FAILED, settled_at=now)
    with_one = _queries(client, TROUBLE)
    for _ in range(2):
        make_notice(status=Status.UNKNOWN, settled_at=now)
    assert _queries(client, TROUBLE) == with_one


@pytest.mark.parametrize("model", ["notice", "attempt"])
def test_the_admin_shows_messages_and_changes_none(
    failed: Notice, staff_user: User, as_user: SignIn, model: str
) -> None:
    client = as_user(staff_user)
    assert client.get(f"/admin/notices/{model}/").status_code == 200
    assert client.get(f"/admin/notices/{model}/add/").status_code == 403
    page = client.get(f"/admin/notices/notice/{failed.pk}/change/").content.decode()
    assert "138****8000" in page
    assert "13800138000" not in page
    assert client.post(f"/admin/notices/notice/{failed.pk}/delete/").status_code == 403
