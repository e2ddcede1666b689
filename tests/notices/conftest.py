"""A gateway on loopback, and messages in any state."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import notify
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.models import Channel, Notice
from diedie_edu.people.models import Resident
from tests.chaos.gateway import Gateway
from tests.support.approving import approve_at_wechat
from tests.support.wechat_server import WeChat, official_account

MOBILE = "13800138000"
FACTS = {
    "activity": 7,
    "document": 7,
    "version": 7,
    "title": "春季养生",
    "starts_at": "2026-11-28T01:30:00Z",
    "ends_at": "2026-11-28T03:00:00Z",
    "venue_zh": "图书室",
    "venue_en": "Library",
    "reason": "台风",
    "sign_up": 9,
    "membership": 9,
    "offer_expires_at": "2026-11-27T02:00:00Z",
    "guardian_invitation": 9,
    "invitation": 3,
    "person": "王大厨",
    "study_question": [5, 7],
    "buildings": "3、5",
    "performer": "榕树舞蹈队",
    "items": "19:00–19:08 扇子舞",
    "note": "盼您来！",
    "word": "上午都行。",
    "staff_word": 9,
    "dates": 4,
    "text": "请带一把剪刀。",
    "application": 7,
    "whom": "梁家长",
    "guardian": [7, 3],
    "turns_on": "2026-12-24",
    "offer": [7, 3],
    "offer_ends_at": "2026-11-27T02:00:00Z",
    "decided_on": "2026-12-14",
    "objection": 9,
    "first_on": "2026-12-05",
    "nominating": [7, 1],
    "nominated": 7,
    "lectures": 8,
    "activity_id": 7,
    "feedback": 4,
    "child": 5,
    "session": 6,
    "stand_in": 8,
    "missing": [8, 3],
    "swap": 4,
    "other_at": "2026-11-25T08:30:00Z",
    "first_at": "2026-11-24T08:30:00Z",
    "zone_zh": "课业辅导区",
    "zone_en": "Homework zone",
    "when_at": "2026-11-22T09:05:00Z",
    "said_zh": "在路上",
    "said_en": "on the way",
    "duty": 9,
    "term_title": "本学期四点半学校",
    "next_zh": "下学期正在报名。",
    "next_en": "The next term is open.",
    "name": "小满",
    "amount": "3000.00",
    "proxy": "柏母亲",
    "proxy_is": "母亲",
    "paid_on": "2026-11-20",
    "offer_interest": 6,
    "who": "外婆",
    "by": "陈老师",
    "number": 14,
    "days": 5,
    "time": "18:05",
    "day_on": "2026-11-24",
    "last_on": "2027-01-15",
    "until_on": "2026-12-31",
    "erase_on": "2026-12-08",
    "needed": 2,
    "filled": 1,
    "request": 3,
    "what_zh": "需要核对的报名",
    "what_en": "Enrolment that staff look at first",
    "due_on": "2026-11-26",
    "what": "音箱太响。",
    "words": "已调低。",
    "finding": 4,
    "group": 7,
    "complaint": 5,
    "gained": "反诈讲座",
    "held_until_at": "2026-11-24T02:00:00Z",
    "displacement": [6, 2],
    "room_check": 6,
    "where_zh": "榕树广场",
    "where_en": "Square",
    "contact": 8,
    "page": "/after-school/rules/",
    "programme_zh": "四点半学校",
    "programme_en": "4:30 school",
    "subject": "借用多功能厅",
    "phone_change": 5,
    "from_at": "2026-11-24T02:00:00Z",
    "path": "/desk/people/7/phone/",
    "account": 4,
    "role_zh": "社区工作人员",
    "role_en": "Community staff",
    "sent_at": "2026-11-23T02:00:00Z",
}


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """An obliging gateway that the portal sends its text messages to."""
    with Gateway().running() as running:
        settings.SMS_BACKEND = "http"
        settings.SMS_URL, settings.SMS_QUERY_URL = running.url, running.query_url
        settings.SMS_CONNECT_SECONDS = settings.SMS_READ_SECONDS = 0.3
        yield running


@pytest.fixture
def make_notice(make_user: Callable[..., User], now: datetime) -> Callable[..., Notice]:
    """A queued text message to a resident with a phone, a mailbox and an account; fields may be
    set as they like."""

    def make(
        resident: Resident | None = None, channel: str = Channel.SMS, **fields: object
    ) -> Notice:
        if resident is None:
            is_first = not User.objects.filter(phone=MOBILE).exists()
            resident = make_user(**({"phone": MOBILE} if is_first else {})).resident
            Resident.objects.filter(pk=resident.pk).update(email="li@example.org")
        notify(
            kind=SEATED,
            recipients=[resident.pk],
            subject=f"activity:{resident.pk}",
            data=FACTS,
            now=now,
            channels=[channel],
        )
        notice = Notice.objects.latest("pk")
        for name, value in fields.items():
            setattr(notice, name, value)
        notice.save()
        return notice

    return make


@pytest.fixture
def wechat(settings: Settings) -> Iterator[WeChat]:
    """Our official account, at an obliging WeChat."""
    with official_account(settings) as running:
        yield running


@pytest.fixture
def person(make_user: Callable[..., User], wechat: WeChat, now: datetime) -> Resident:
    """Has tied their WeChat; the message that they will get has a template there."""
    approve_at_wechat(SEATED)
    user = make_user(phone="13800138000")
    ties.tie(account=user, openid="oLi-of-OurAccount", now=now)
    Notice.objects.all().delete()  # what their own tie told them
    return user.resident
