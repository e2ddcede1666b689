"""The call list in the browser: who opens it, one tap, undo, the desk, looks at children."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from after_school.messages import MISSING
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Notice, Reached, Status
from diedie_edu.people.models import ChildAccess, Household, Resident
from tests.notices.conftest import FACTS
from tests.support.children import NINE, consented
from tests.support.counting import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[User], Client]
LIST = reverse("notices:call_list")
DESK = reverse("portal:desk")


@pytest.fixture
def lost(make_notice: Callable[..., Notice], now: datetime) -> Callable[..., Notice]:
    """A message that has not arrived."""

    def make(resident: Resident | None = None) -> Notice:
        notice = make_notice(resident, status=Status.FAILED, settled_at=now)
        Notice.objects.filter(pk=notice.pk).update(subject="activity:7")
        return notice

    return make


@pytest.fixture
def alarm(now: datetime) -> Notice:
    """A child is missing, and nobody is there to hear of it."""
    notify(kind=MISSING, subject="child:5", data=FACTS, now=now)
    return Notice.objects.get()


def page_of(notice: Notice) -> str:
    return reverse("notices:calls_about", args=[notice.pk])


def test_one_tap_takes_somebody_off_the_list_and_another_puts_them_back(
    lost: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    staff_user: User,
    as_user: SignIn,
) -> None:
    home = Household.objects.create(label="12-3-501", phone="0757-86666666")
    notice = lost(make_resident(full_name="何立春", household=home))
    client = as_user(staff_user)
    assert page_of(notice) in client.get(LIST).text
    page = client.get(page_of(notice)).text
    for words in ("何立春", "0757-86666666", "12-3-501", "春季养生"):
        assert words in page
    for _double_tap in range(2):
        answer = client.post(reverse("notices:reached", args=[notice.pk]))
        assert answer.headers["Location"] == page_of(notice)
    assert Reached.objects.get().by == staff_user
    assert page_of(notice) not in client.get(LIST).text
    page = client.get(page_of(notice)).text
    assert staff_user.display_name in page
    assert "tel:0757-86666666" not in page
    client.post(reverse("notices:not_reached", args=[notice.pk]))
    assert "tel:0757-86666666" in client.get(page_of(notice)).text


def test_the_desk_says_how_many_people_are_to_be_called(
    lost: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    staff_user: User,
    as_user: SignIn,
) -> None:
    client = as_user(staff_user)
    assert "请打电话告诉他们" not in client.get(DESK).text
    for name in ("甲", "乙"):
        lost(make_resident(full_name=name))
    page = client.get(DESK).text
    assert "有 2 人收不到通知" in page
    assert "甲" not in page.split("main")[1]


def test_an_alarm_that_reached_nobody_is_red_until_somebody_has_seen_to_it(
    alarm: Notice, staff_user: User, as_user: SignIn
) -> None:
    client = as_user(staff_user)
    assert "有 1 条紧急通知没有一个人收到" in client.get(DESK).text
    assert FACTS["name"] not in client.get(DESK).text
    assert FACTS["name"] in client.get(LIST).text
    seen_to = reverse("notices:reached", args=[alarm.pk])
    assert seen_to in client.get(page_of(alarm)).text
    client.post(seen_to)
    assert "紧急通知" not in client.get(DESK).text
    assert seen_to not in client.get(page_of(alarm)).text


def test_looking_at_a_child_is_logged(
    alarm: Notice,
    lost: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    staff_user: User,
    as_user: SignIn,
) -> None:
    child = consented(make_resident(full_name="小满", birth_date=NINE))
    notice, client = lost(child), as_user(staff_user)
    client.get(DESK)
    assert not ChildAccess.objects.exists()
    client.get(LIST)
    assert list(ChildAccess.objects.values_list("child_number", "viewer")) == [(5, staff_user.pk)]
    client.get(page_of(notice))
    assert ChildAccess.objects.filter(child_number=child.pk, page="call list").count() == 1


@pytest.mark.parametrize("of", ["reached", "not_reached", "calls_about"])
def test_a_lead_does_nothing_in_another_programme(
    alarm: Notice, make_user: Callable[..., User], as_user: SignIn, of: str
) -> None:
    def knock(scope: str) -> int:
        client = as_user(make_user(Role.PROGRAMME_LEAD, scope=scope))
        url = reverse(f"notices:{of}", args=[alarm.pk])
        return (client.get if of == "calls_about" else client.post)(url).status_code

    assert knock("residents-school") == 404
    assert knock("after-school") in (200, 302)


def test_a_code_is_on_no_list(
    make_notice: Callable[..., Notice], staff_user: User, as_user: SignIn
) -> None:
    notice = make_notice()
    Notice.objects.update(recipient=None, address="13800138000", event="")
    assert as_user(staff_user).get(page_of(notice)).status_code == 404


def test_the_pages_take_as_many_queries_for_one_as_for_three(
    lost: Callable[..., Notice], staff_user: User, as_user: SignIn
) -> None:
    notice, client = lost(), as_user(staff_user)
    urls = [LIST, page_of(notice), DESK]
    for_one = [queries_of(client, url) for url in urls]
    for _ in range(2):
        lost()
    assert [queries_of(client, url) for url in urls] == for_one
