"""The page behind an invitation's link: looking changes nothing, one tap answers."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.volunteering.models import Duty
from residents_school.actions import invitations
from residents_school.models import Invitation, Lecture
from tests.conftest import NOW
from tests.support.duties import make_volunteer, on_duty
from tests.support.signed_links import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def invitation(make_lecture: Callable[..., Lecture], staff_user: User) -> Invitation:
    return invitations.invite_speaker(
        lecture=make_lecture(title="家常菜"),
        volunteer=make_volunteer("王大厨"),
        note="盼您来！",
        by=staff_user,
        now=NOW,
    )


@pytest.fixture
def url(invitation: Invitation) -> str:
    return address(token("invitation", invitation.pk))


def address(signed: str) -> str:
    return reverse("residents_school:invitation", args=[signed])


def state_of(invitation: Invitation) -> str:
    invitation.refresh_from_db()
    return invitation.state


def test_the_link_in_the_message_opens_the_page(client: Client, url: str) -> None:
    notice = Notice.objects.get(channel="sms", kind="residents_school.invitation")
    assert plain(render(notice, "zh-hans").path) == plain(url)
    page = client.get(url)
    for word in ("王大厨", "家常菜", "盼您来！"):
        assert word in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_looking_changes_nothing(client: Client, url: str, invitation: Invitation) -> None:
    for method in (client.get, client.head):
        assert method(url, {"answer": "accept"}).status_code == 200
    assert state_of(invitation) == "invited"


def test_one_tap_accepts_and_a_second_is_harmless(
    client: Client, url: str, invitation: Invitation
) -> None:
    for _tap in range(2):
        assert client.post(url, {"answer": "accept"}, follow=True).status_code == 200
    assert "您已答应" in client.get(url).content.decode()
    assert (state_of(invitation), Duty.objects.count()) == ("accepted", 1)


def test_one_tap_declines(client: Client, url: str, invitation: Invitation) -> None:
    client.post(url, {"answer": "decline"})
    assert state_of(invitation) == "declined"


def test_other_days_are_sent(client: Client, url: str, invitation: Invitation) -> None:
    days = {"first_day": "2026-12-05", "third_day": "2026-12-12", "word": "上午都行"}
    page = client.post(url, {"answer": "other_date"} | days, follow=True)
    assert "2026年12月12日" in page.content.decode()
    assert (state_of(invitation), invitation.word) == ("other_date", "上午都行")


@pytest.mark.parametrize("day", ["", "someday", "2026-11-01"])
def test_a_day_of_no_use_is_said_beside_the_field_and_nothing_is_lost(
    client: Client, url: str, invitation: Invitation, day: str
) -> None:
    sent = {"answer": "other_date", "first_day": day, "word": "上午都行"}
    page = client.post(url, sent)
    assert page.context["form"].errors["first_day"]
    assert "上午都行" in page.content.decode()
    assert state_of(invitation) == "invited"


@pytest.mark.parametrize("answer", ["", "withdrawn", "yes"])
def test_any_other_word_does_nothing(
    client: Client, url: str, invitation: Invitation, answer: str
) -> None:
    assert client.post(url, {"answer": answer}).status_code == 302
    assert state_of(invitation) == "invited"


def test_an_old_link_says_what_became_of_it(
    client: Client, url: str, invitation: Invitation
) -> None:
    invitations.withdraw_invitation(invitation=invitation, by=None, now=NOW)
    page = client.post(url, {"answer": "accept"}).content.decode()
    assert "不用再来" in page or "已撤回" in page
    assert not Duty.objects.exists()


def test_a_lecture_called_off_says_so(client: Client, url: str, invitation: Invitation) -> None:
    schedule.call_off(activity=invitation.lecture, reason="台风", by=None, now=NOW)
    page = client.get(url)
    assert page.context["closed"].code == "called_off"
    assert 'value="accept"' not in page.content.decode()


def test_who_is_booked_elsewhere_learns_no_more_than_the_time(
    client: Client, url: str, invitation: Invitation, make_lecture: Callable[..., Lecture]
) -> None:
    on_duty(make_lecture(title="秘密").occasion, invitation.volunteer)
    page = client.post(url, {"answer": "accept"})
    assert page.context["refusal"].code == "booked"
    assert "秘密" not in page.content.decode()


def test_a_forged_link_is_a_missing_page(client: Client, invitation: Invitation) -> None:
    good = token("invitation", invitation.pk)
    number, signature = good.split("-")
    forged = [
        f"{number}-{signature[:-1]}{'0' if signature[-1] != '0' else '1'}",
        f"{int(number) + 1}-{signature}",
        token("offer", invitation.pk),
        token("invitation", invitation.pk + 1),
        f"{good}0",
        number,
    ]
    for one in forged:
        answers = (client.get(address(one)), client.post(address(one), {"answer": "accept"}))
        assert [answer.status_code for answer in answers] == [404, 404]
    assert state_of(invitation) == "invited"


def test_a_post_from_another_page_is_refused(url: str, invitation: Invitation) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url, {"answer": "accept"}).status_code == 403
    assert state_of(invitation) == "invited"
