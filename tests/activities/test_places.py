"""One person's place behind the signed link of a message."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from diedie_edu.activities.actions import parties, schedule, seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.seats import check_seats, fill, make_residents, statuses
from tests.support.signed_links import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = timedelta(days=1)


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """One seat."""
    return Activity.objects.get(pk=make_lecture(capacity=1).pk)


@pytest.fixture
def seated(activity: Activity) -> SignUp:
    return fill(activity, 1)[0]


@pytest.fixture
def offered(seated: SignUp) -> SignUp:
    (row,) = fill(seated.activity, 1)
    seats.cancel_sign_up(activity=seated.activity, resident=seated.resident, by=None, now=NOW)
    row.refresh_from_db()
    return row


def page(row: SignUp) -> str:
    return f"/activities/place/{token('sign_up', row.pk)}/"


def tap(client: Client, row: SignUp, do: str) -> HttpResponse:
    """What the page says after the button."""
    return client.post(page(row), {"do": do}, follow=True)


def test_the_link_of_an_offer_is_in_its_message(client: Client, offered: SignUp) -> None:
    said = Notice.objects.get(kind="activities.offered", channel="sms")
    assert plain(render(said, "zh-hans").path) == plain(page(offered))
    assert "11月24日（周二）10:00" in render(said, "zh-hans").sms
    assert "11月24日（周二）10:00" in client.get(page(offered)).text


def test_looking_changes_nothing(client: Client, offered: SignUp) -> None:
    for _program in range(2):
        client.get(page(offered))
        client.head(page(offered))
    assert statuses([offered]) == ["offered"]


def test_yes_without_signing_in_and_again(client: Client, offered: SignUp) -> None:
    for _tap in range(2):
        assert "确认好了" in tap(client, offered, "accept").text
    assert statuses([offered]) == ["seated"]
    check_seats(offered.activity)


def test_no_without_signing_in_and_again(client: Client, offered: SignUp) -> None:
    for _tap in range(2):
        assert "谢谢您告诉我们" in tap(client, offered, "give_back").text
    assert statuses([offered]) == ["cancelled"]


def test_cannot_come_frees_the_seat_at_once(client: Client, seated: SignUp) -> None:
    (waits,) = fill(seated.activity, 1)
    assert "来不了" in client.get(page(seated)).text
    tap(client, seated, "give_back")
    assert statuses([seated, waits]) == ["cancelled", "offered"]


def test_whoever_waits_sees_how_many_stand_before_them_and_can_leave(
    client: Client, seated: SignUp
) -> None:
    _before, own = fill(seated.activity, 2)
    assert "您前面还有 1 位" in client.get(page(own)).text
    tap(client, own, "give_back")
    assert statuses([own]) == ["cancelled"]


@pytest.mark.parametrize("is_ticked", [False, True])
def test_too_late_says_so_and_offers_the_queue(
    client: Client, offered: SignUp, clock: time_machine.Traveller, is_ticked: bool
) -> None:
    fill(offered.activity, 1)
    clock.move_to(NOW + DAY)
    if is_ticked:
        tap(client, offered, "accept")
    assert "确认的时间已经过了" in client.get(page(offered)).text
    assert "确认的时间已经过了" in tap(client, offered, "accept").text
    assert "已经帮您排上队" in tap(client, offered, "again").text
    assert statuses([offered]) == ["lapsed"]
    assert offered.resident.sign_ups.latest("pk").is_waiting
    assert "您排在最前面" in client.get(page(offered)).text


def test_a_household_answers_once_for_all(client: Client, seated: SignUp) -> None:
    activity = seated.activity
    seats.change_capacity(activity=activity, capacity=2, by=None, now=NOW)
    fill(activity, 1)
    activity.refresh_from_db()
    rows = parties.sign_up_together(
        activity=activity, residents=make_residents(2), by=None, now=NOW
    )
    seats.change_capacity(activity=activity, capacity=4, by=None, now=NOW)
    assert "给您留了 2 个名额" in client.get(page(rows[0])).text
    tap(client, rows[0], "accept")
    assert statuses(rows) == ["seated", "seated"]


def test_what_is_called_off_says_why(client: Client, offered: SignUp) -> None:
    schedule.call_off(activity=offered.activity, reason="台风红色预警", by=None, now=NOW)
    assert "台风红色预警" in tap(client, offered, "accept").text
    assert statuses([offered]) == ["offered"]


def test_once_it_has_begun_there_is_no_button(
    client: Client, seated: SignUp, clock: time_machine.Traveller
) -> None:
    clock.move_to(seated.activity.occasions.get().starts_at)
    assert 'name="do"' not in client.get(page(seated)).text
    assert statuses([seated]) == ["seated"]
    tap(client, seated, "give_back")
    assert statuses([seated]) == ["seated"]


@pytest.mark.parametrize("altered", ["other row", "purpose", "signature", "two", "nothing"])
def test_a_forged_link_opens_nothing(client: Client, offered: SignUp, altered: str) -> None:
    signed = token("sign_up", offered.pk)
    forged = {
        "other row": signed.replace(f"{offered.pk}-", f"{offered.pk + 1}-", 1),
        "purpose": token("ticket", offered.pk),
        "signature": signed[:-1] + ("0" if signed[-1] != "0" else "1"),
        "two": signed.replace(f"{offered.pk}-", f"{offered.pk}-{offered.pk}-", 1),
        "nothing": token("sign_up", 999999),
    }[altered]
    path = f"/activities/place/{forged}/"
    assert client.get(path).status_code == 404
    assert client.post(path, {"do": "accept"}).status_code == 404
    assert statuses([offered]) == ["offered"]


def test_an_unknown_button_does_nothing(client: Client, offered: SignUp) -> None:
    assert tap(client, offered, "delete").status_code == 200
    assert statuses([offered]) == ["offered"]


def test_the_page_tells_no_name_and_is_kept_nowhere(client: Client, seated: SignUp) -> None:
    answer = client.get(page(seated))
    assert seated.resident.full_name not in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.text


def test_a_long_queue_costs_no_more_queries(client: Client, seated: SignUp) -> None:
    first = fill(seated.activity, 1)[0]
    short = queries_of(client, page(first))
    last = fill(seated.activity, 3)[-1]
    assert queries_of(client, page(last)) == short
