"""Robots of group chats, and servers on loopback that speak as theirs do."""

from datetime import datetime
from typing import Any

from diedie_edu.notices.models import Chat, Robot

WEBHOOKS = {
    Chat.DINGTALK: "/robot/send?access_token=8f2ddingtoken77aa",
    Chat.WECOM: "/cgi-bin/webhook/send?key=693a-wecom-key-66bb",
    Chat.FEISHU: "/open-apis/bot/v2/hook/c1-feishu-hook-55cc",
}
HOSTS = {
    Chat.DINGTALK: "https://oapi.dingtalk.com",
    Chat.WECOM: "https://qyapi.weixin.qq.com",
    Chat.FEISHU: "https://open.feishu.cn",
}


def make_robot(chat: str, now: datetime, base: str = "", **fields: Any) -> Robot:
    """One that hears nothing yet; at its provider's host where no `base` is given."""
    given = {
        "name": f"{chat} {Robot.objects.count() + 1}",
        "address": (base or HOSTS[Chat(chat)]) + WEBHOOKS[Chat(chat)],
        "created_at": now,
    }
    return Robot.objects.create(chat=chat, **given | fields)
