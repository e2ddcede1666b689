"""The address at the end of a text message: it leads to a page, and does nothing else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from diedie_edu.activities.messages import OFFERED
from diedie_edu.common.links import numbers_in
from diedie_edu.notices import actions
from diedie_edu.notices.models import Notice
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.notices.text_messages import key_of
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NONE = "A" * 22


def address(notice: Notice) -> str:
    return f"/m/{key_of(notice.reference)}"


@pytest.mark.parametrize("behind", ["", "/", "。", "）"])
def test_it_leads_to_the_page_of_the_message(
    client: Client, make_notice: Callable[..., Notice], behind: str
) -> None:
    """Also where a phone takes the sign behind it for part of the address."""
    answer = client.get(address(make_notice()) + behind)
    assert (answer.status_code, answer["Location"]) == (302, "/activities/7/")
    assert "no-store" in answer["Cache-Control"]


def test_it_carries_the_signed_number_where_the_page_needs_no_sign_in(
    client: Client, make_notice: Callable[..., Notice]
) -> None:
    path = client.get(address(make_notice(kind=OFFERED.code)))["Location"]
    assert numbers_in(path.split("/")[3], "sign_up") == (9,)


def test_opening_it_changes_nothing(client: Client, make_notice: Callable[..., Notice]) -> None:
    """Programs that look ahead open it before the reader does."""
    notice = make_notice()
    before = Notice.objects.values().get()
    with CaptureQueriesContext(connection) as queries:
        client.get(address(notice))
    assert Notice.objects.values().get() == before
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert client.post(address(notice)).status_code == 405


@pytest.mark.parametrize("key", ["x", NONE, f"{NONE}/more", "通知"])
def test_an_address_that_leads_nowhere_says_so_kindly(client: Client, key: str) -> None:
    answer = client.get(f"/m/{key}")
    assert answer.status_code == 404
    assert "这个链接打不开了" in answer.text
    assert "/messages/" in answer.text


def test_a_message_without_a_page_leads_nowhere(
    client: Client, make_notice: Callable[..., Notice], now: datetime
) -> None:
    notify_of_code(
        phone="13900139000", code="123456", purpose="sign_in", browser="b", language="en", now=now
    )
    for notice in (Notice.objects.get(), make_notice(kind="nobody.knows")):
        assert client.get(address(notice)).status_code == 404


def test_whoever_tries_many_waits_a_while(
    client: Client, make_notice: Callable[..., Notice], settings: Settings
) -> None:
    settings.LINK_MISSES = 2
    good = address(make_notice())
    assert [client.get(path).status_code for path in (f"/m/{NONE}", good, "/m/x", good)] == [
        *(404, 302, 404, 429),
    ]
    assert Client(REMOTE_ADDR="192.0.2.7").get(good).status_code == 302


def test_the_action_itself_says_no(now: datetime, settings: Settings) -> None:
    settings.LINK_MISSES = 0
    follow = lambda: actions.follow_link(key=NONE, place="192.0.2.1", now=now)  # noqa: E731
    assert code_of(follow) == "too_many"
