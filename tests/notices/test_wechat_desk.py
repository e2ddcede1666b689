"""What staff see of messages by WeChat: what it refused, a trial, a link that ends with the tie."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import notify
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.actions.trial import try_channels
from diedie_edu.notices.messages import TRIAL
from diedie_edu.notices.models import Notice
from diedie_edu.notices.queries.desk import PROBLEMS
from diedie_edu.notices.queries.trial import last_trial
from diedie_edu.notices.queries.trouble import open_trouble
from diedie_edu.notices.text_messages import key_of
from tests.chaos.gateway import Gateway
from tests.notices.conftest import FACTS
from tests.support.approving import approve_at_wechat
from tests.support.by_wechat import OPENID, bell
from tests.support.desks import shown_by
from tests.support.wechat_server import SECRET, WeChat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "gateway")]


@pytest.fixture
def tied(staff_user: User, wechat: WeChat, now: datetime) -> User:
    approve_at_wechat(SEATED, TRIAL)
    ties.tie(account=staff_user, openid=OPENID, now=now)
    Notice.objects.all().delete()
    return staff_user


def tell(user: User, now: datetime) -> Notice:
    notify(kind=SEATED, accounts=[user.pk], subject="activity:7", data=FACTS, now=now)
    bell()
    return Notice.objects.get(channel="wechat")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (40037, "微信不认识这个模板"),
        (47003, "模板里有一项填不进去"),
        (48001, "公众号没有模板消息的权限"),
    ],
)
def test_the_desk_says_what_wechat_refuses(
    tied: User, wechat: WeChat, now: datetime, answer: int, words: str
) -> None:
    wechat.answers[""] = answer
    tell(tied, now)
    (said,) = [one.text for one in shown_by(PROBLEMS, tied, now) if "微信" in one.text]
    assert said == f"一天以来有 1 条消息微信没有接收（{words}），已改发短信。"
    later = now + timedelta(days=1, seconds=1)
    assert not [one for one in shown_by(PROBLEMS, tied, later) if "微信" in one.text]


def test_a_wrong_secret_is_on_the_desk(
    tied: User, wechat: WeChat, settings: Settings, now: datetime
) -> None:
    settings.WECHAT_APP_SECRET = "another"
    tell(tied, now)
    (said,) = [one.text for one in shown_by(PROBLEMS, tied, now) if "微信" in one.text]
    assert "AppSecret 不对" in said
    assert SECRET not in said


@pytest.mark.parametrize("answer", [43004, "babble", 40003])
def test_what_went_as_a_text_is_no_trouble(
    tied: User, wechat: WeChat, now: datetime, answer: object
) -> None:
    wechat.answers[""] = answer
    tell(tied, now)
    assert not open_trouble().exists()
    assert not [one for one in shown_by(PROBLEMS, tied, now) if "微信" in one.text]


def test_a_trial_goes_by_both(tied: User, gateway: Gateway, wechat: WeChat, now: datetime) -> None:
    try_channels(user=tied, now=now)
    bell()
    states = {one.notice.channel: one.notice.status for one in last_trial(tied)}
    assert states == {"inbox": "queued", "wechat": "sent", "sms": "sent"}
    assert (len(wechat.messages), len(gateway.messages)) == (1, 1)


def test_a_link_ends_with_the_tie(tied: User, client: Client, now: datetime) -> None:
    link = f"/m/{key_of(tell(tied, now).reference)}"
    assert client.get(link).status_code == 302
    ties.end_own(account=tied, now=now)
    assert client.get(link).status_code == 404
