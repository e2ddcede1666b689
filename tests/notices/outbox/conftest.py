"""Somebody who has their messages by WeChat."""

from collections.abc import Callable
from datetime import datetime

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from tests.support.approving import approve_at_wechat
from tests.support.by_wechat import OPENID
from tests.support.wechat_server import WeChat


@pytest.fixture
def person(make_user: Callable[..., User], wechat: WeChat, now: datetime) -> Resident:
    """Has tied their WeChat; the message that they will get has a template there."""
    approve_at_wechat(SEATED)
    user = make_user(phone="13800138000")
    ties.tie(account=user, openid=OPENID, now=now)
    Notice.objects.all().delete()  # what their own tie told them
    return user.resident
