"""Trying the channels out: to oneself, through the outbox, and what came back in words."""

import io
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.notices.actions.trial import try_channels
from diedie_edu.notices.channels.words import in_words
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.outbox import rounds
from diedie_edu.people.models import Resident
from tests.chaos.gateway import Gateway, Mood
from tests.notices.channels.conftest import running
from tests.support.approving import approve
from tests.support.providers.alibaba import said
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAGE = "/messages/trial/"


@pytest.fixture
def staff(as_user: Callable[[User], Client], staff_user: User) -> Client:
    return as_user(staff_user)


def test_one_message_by_each_channel_of_ones_own(
    staff: Client, staff_user: User, gateway: Gateway
) -> None:
    Resident.objects.filter(account=staff_user).update(email="a@example.org", wants_email=True)
    assert staff.post(PAGE).url == PAGE
    ways = Notice.objects.filter(account=staff_user).values_list("channel", flat=True)
    assert sorted(ways) == ["email", "inbox", "sms"]
    assert Notice.objects.exclude(account=staff_user).count() == 0

    waiting = staff.get(PAGE)
    assert waiting.headers["Refresh"] == "3"
    rounds.deliver()
    page = staff.get(PAGE)
    assert "Refresh" not in page.headers
    states = {one.notice.channel: one.notice.status for one in page.context["tried"]}
    assert states == {"inbox": "delivered", "sms": "sent", "email": "sent"}
    assert gateway.messages[0]["phone"] == staff_user.phone


def test_the_page_says_what_the_provider_says(
    staff: Client, staff_user: User, settings: Settings
) -> None:
    for cloud in running("alibaba", settings):
        approve("notices.trial.zh-hans", provider="alibaba")
        staff.post(PAGE)
        cloud.answer = (200, said("isv.MOBILE_NUMBER_ILLEGAL"))
        rounds.deliver()
    page = staff.get(PAGE).content.decode()
    assert "isv.MOBILE_NUMBER_ILLEGAL" in page
    assert "服务商不认这个手机号" in page


def test_without_an_approved_template_the_page_says_so(staff: Client, settings: Settings) -> None:
    settings.SMS_BACKEND = "alibaba"
    staff.post(PAGE)
    rounds.deliver()
    page = staff.get(PAGE)
    (by_text,) = (one for one in page.context["tried"] if one.notice.channel == Channel.SMS)
    assert (by_text.notice.status, by_text.attempt.reason) == ("suppressed", "no_template")
    assert by_text.tone == "brick"


def test_so_often_an_hour_and_no_more(staff_user: User, settings: Settings, now: datetime) -> None:
    settings.TRIALS_PER_HOUR = 2
    for minute in range(2):
        try_channels(user=staff_user, now=now + timedelta(minutes=minute))
    late = now + timedelta(minutes=5)
    assert code_of(lambda: try_channels(user=staff_user, now=late)) == "too_many_trials"
    assert Notice.objects.filter(channel=Channel.INBOX).count() == 2
    try_channels(user=staff_user, now=now + timedelta(hours=1))
    assert Notice.objects.filter(channel=Channel.INBOX).count() == 3


def test_the_page_names_the_time_of_the_next_trial(staff: Client, settings: Settings) -> None:
    settings.TRIALS_PER_HOUR = 0
    staff.post(PAGE)
    assert "11:00" in staff.get(PAGE).content.decode()
    assert not Notice.objects.exists()


def test_nobody_rings_about_a_trial(staff_user: User, now: datetime) -> None:
    from diedie_edu.notices.queries import calls

    try_channels(user=staff_user, now=now)
    Notice.objects.update(status=Status.FAILED, settled_at=now)
    assert calls.lines({""}, now) == []


@pytest.mark.parametrize(
    ("code", "is_known"),
    [
        ("isv.AMOUNT_NOT_ENOUGH", True),
        ("LimitExceeded.PhoneNumberOneHourLimit", True),
        ("AuthFailure.SecretIdNotFound", True),
        ("HTTP 503", False),
        ("", False),
    ],
)
def test_known_codes_are_put_into_words(code: str, is_known: bool) -> None:
    assert bool(in_words(code)) == is_known


# --- The command -----------------------------------------------------------------------


def run(phone: str, wait: float = 20) -> str:
    out = io.StringIO()
    call_command("send_test_message", f"--to-account={phone}", f"--wait={wait}", stdout=out)
    return out.getvalue()


@pytest.fixture
def at_work() -> object:
    """A worker beside the command."""
    over = Event()

    def work() -> None:
        while not over.wait(0.1):
            rounds.deliver()
        connection.close()

    thread = Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_came_back(
    staff_user: User, gateway: Gateway, at_work: object
) -> None:
    lines = run(staff_user.phone).splitlines()
    assert [line.split(" · ")[:2] for line in lines] == [["站内消息", "已送达"], ["短信", "已发送"]]
    assert len(gateway.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_the_command_fails_where_one_did_not_go_out(
    staff_user: User, gateway: Gateway, at_work: object
) -> None:
    gateway.mood = lambda: Mood.REFUSE
    with pytest.raises(CommandError, match="Not everything"):
        run(staff_user.phone)


def test_the_command_says_that_nobody_is_at_work(staff_user: User, gateway: Gateway) -> None:
    began = time.monotonic()
    with pytest.raises(CommandError, match="run_outbox"):
        run(staff_user.phone, wait=0)
    assert time.monotonic() - began < 10


def test_the_command_knows_accounts_alone() -> None:
    with pytest.raises(CommandError, match="No account"):
        run("13999999999")
