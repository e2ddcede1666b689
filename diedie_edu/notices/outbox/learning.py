"""What a call by WeChat told of whoever it was for."""

from datetime import datetime

from diedie_edu.notices.actions import wechat
from diedie_edu.notices.channels.outcome import Outcome
from diedie_edu.notices.channels.wechat import NO_SUCH_WECHAT, NOT_FOLLOWING, REFUSED_BY_READER
from diedie_edu.notices.channels.wechat_calls import named
from diedie_edu.notices.models import Status, WeChatTie


def learn(openid: str, outcome: Outcome, now: datetime) -> None:
    """It follows; it does not, or wants none; WeChat does not know it any more."""
    if outcome.status == Status.SENT:
        wechat.note_reached(openid=openid)
    elif outcome.detail == named(NOT_FOLLOWING):
        wechat.note_follows(openid=openid, follows=WeChatTie.Follows.NO)
    elif outcome.detail == named(REFUSED_BY_READER):
        wechat.note_refused(openid=openid, now=now)
    elif outcome.detail == named(NO_SUCH_WECHAT):
        wechat.end_unknown(openid=openid, now=now)
