"""Robots of group chats, and servers on loopback that speak as theirs do.

Each server checks the robot's key, the signature by its own arithmetic, and the length of the text
in bytes, and says a refusal as the makers do: HTTP 200 and a code.
"""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from diedie_edu.notices.models import Chat, Robot
from tests.chaos.gateway import Gateway, Handler, Mood

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
SECRETS = {Chat.DINGTALK: "SECdf00112233", Chat.WECOM: "", Chat.FEISHU: "fs-secret-445566"}
LONGEST = {Chat.DINGTALK: 20_000, Chat.WECOM: 2_048, Chat.FEISHU: 20_000}
HTML = b"<html><body>502 Bad Gateway</body></html>"


def make_robot(chat: str, now: datetime, base: str = "", **fields: Any) -> Robot:
    """One that says nothing yet; at its maker's host where no `base` is given."""
    given = {
        "name": f"{chat} {Robot.objects.count() + 1}",
        "address": (base or HOSTS[Chat(chat)]) + WEBHOOKS[Chat(chat)],
        "created_at": now,
    }
    return Robot.objects.create(chat=chat, **given | fields)


def said(chat: str, code: int, words: str = "ok") -> bytes:
    """An answer in the words of a maker."""
    if chat == Chat.FEISHU:
        return json.dumps({"code": code, "msg": words, "data": {}}).encode()
    return json.dumps({"errcode": code, "errmsg": words}, ensure_ascii=False).encode()


class ChatServer(Gateway):
    """One maker's. `answer` stands in the place of what the mood would say; `secret` is that of the
    robot over there."""

    path = ""

    def __init__(self, chat: str, secret: str = "", **named: Any) -> None:
        self.handler = _Handler
        super().__init__(**named)
        self.chat, self.secret = Chat(chat), secret
        self.answer: tuple[int, bytes] | None = None
        self.moved_to = ""

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages]

    def spoken(self, mood: Mood, message: dict[str, Any]) -> tuple[int, bytes]:
        answers = {Mood.ACCEPT_AND_BABBLE: (200, HTML), Mood.FAIL: (500, HTML)}
        return self.answer or answers.get(mood) or (200, said(self.chat, 0))


class _Handler(Handler):
    gateway: ChatServer

    def receive(self, body: bytes) -> None:
        chat, server = self.gateway.chat, self.gateway
        if server.moved_to:
            return self.move()
        told = json.loads(body)
        if not self.path.startswith(WEBHOOKS[chat]):
            return self.say(200, said(chat, 93000, "invalid webhook url"))
        if not self.is_signed(told):
            codes = {
                Chat.DINGTALK: (310000, "sign not match"),
                Chat.FEISHU: (19021, "sign match fail"),
            }
            return self.say(200, said(chat, *codes[chat]))
        words = told["content"]["text"] if chat == Chat.FEISHU else told["text"]["content"]
        if len(words.encode()) > LONGEST[chat]:
            return self.say(200, said(chat, 40058, "text.content exceed max length"))
        return self.take({"reference": str(len(server.messages)), "text": words})

    def move(self) -> None:
        self.send_response(302)
        self.send_header("Location", self.gateway.moved_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def is_signed(self, told: dict[str, Any]) -> bool:
        """By the arithmetic that the makers publish."""
        secret = self.gateway.secret
        if not secret:
            return True
        asked = {name: one[0] for name, one in parse_qs(urlsplit(self.path).query).items()}
        if self.gateway.chat == Chat.DINGTALK:
            time, sign = asked.get("timestamp", ""), asked.get("sign", "")
            key, text, moment = secret, f"{time}\n{secret}", float(time or 0) / 1000
        else:
            time, sign = told.get("timestamp", ""), told.get("sign", "")
            key, text, moment = f"{time}\n{secret}", "", float(time or 0)
        right = base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest())
        return sign == right.decode() and abs(moment - timezone.now().timestamp()) < 3600
