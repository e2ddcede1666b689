"""What the robots of DingTalk, WeCom and Feishu are told, and what their answers mean.

As their makers publish it (open.dingtalk.com, "custom robot access"; developer.work.weixin.qq.com,
document 91770; open.feishu.cn, "custom bot guide"): a POST in JSON, twenty a minute at most, and
an answer with a code that is 0 where it was said. A refusal is HTTP 200 as well, at Feishu 400.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from diedie_edu.notices.channels.outcome import Outcome, accepted, not_sent, refused
from diedie_edu.notices.models import Chat, Reason, Robot

# What a refusal means; `words` says it to staff.
KEYWORD, SIGNATURE, CLOCK = "robot.keyword", "robot.signature", "robot.clock"
NETWORK, GONE, TOO_LONG = "robot.network", "robot.gone", "robot.too_long"
TOO_FAST, BUSY, OTHER = "robot.too_fast", "robot.busy", "robot.other"
# DingTalk says by words alone which of its checks a text did not pass.
CHECKS = [
    (KEYWORD, ("keyword", "关键词")),
    (CLOCK, ("timestamp is invalid", "invalid timestamp", "时间戳无效", "时间戳超")),
    (SIGNATURE, ("sign", "签名")),
    (NETWORK, ("ip", "白名单")),
]
Request = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Protocol:
    """One maker's. `starts` are how a robot's address begins, `limit` is what a text may hold, in
    bytes; `later` are codes by which it takes nothing for so many seconds, `meanings` those of
    refusals. `code_in` and `words_in` name the fields of an answer."""

    hosts: tuple[str, ...]
    starts: str
    limit: int
    request: Callable[[Robot, str, datetime], Request]
    later: Mapping[int, tuple[str, float]]
    meanings: Mapping[int, str]
    code_in: tuple[str, ...] = ("errcode",)
    words_in: tuple[str, ...] = ("errmsg",)
    checks: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def code(self, answer: Mapping[str, Any]) -> int | None:
        """None where this is no answer of a robot's."""
        found = [answer[name] for name in self.code_in if name in answer]
        return found[0] if found and type(found[0]) is int else None

    def outcome(self, code: int, answer: Mapping[str, Any]) -> Outcome:
        if code == 0:
            return accepted()
        words = " ".join(str(answer.get(name, "")) for name in self.words_in).casefold()
        meaning, pause = self._meaning(code, words)
        said = f"{meaning}:{code}"
        return not_sent(Reason.NOT_TAKEN, said, retry_after=pause) if pause else refused(said)

    def _meaning(self, code: int, words: str) -> tuple[str, float]:
        """And for how long it takes nothing; 0 where another try would not help."""
        if code in self.later:
            return self.later[code]
        if "too many" in words:  # Feishu has one code for this and for what it cannot read
            return TOO_FAST, 60
        if code in self.meanings:
            return self.meanings[code], 0
        said = (meaning for meaning, signs in self.checks if any(sign in words for sign in signs))
        return next(said, OTHER), 0


def object_in(body: bytes) -> dict[str, Any]:
    """The JSON object of an answer; empty where it holds none."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def cut(text: str, limit: int) -> str:
    """No more than `limit` bytes, never ending within a character."""
    whole, mark = text.encode(), "…"
    if len(whole) <= limit:
        return text
    return whole[: limit - len(mark.encode())].decode(errors="ignore") + mark


# --- Each of them ----------------------------------------------------------------------


def _to_dingtalk(robot: Robot, text: str, now: datetime) -> Request:
    """The secret is the key, and stands in what is signed too."""
    url = robot.address
    if robot.secret:
        time = str(int(now.timestamp() * 1000))
        sign = quote(_signed(robot.secret, f"{time}\n{robot.secret}"), safe="")
        url = f"{url}&timestamp={time}&sign={sign}"
    return url, {"msgtype": "text", "text": {"content": text}}


def _to_wecom(robot: Robot, text: str, now: datetime) -> Request:
    return robot.address, {"msgtype": "text", "text": {"content": text}}


def _to_feishu(robot: Robot, text: str, now: datetime) -> Request:
    """What DingTalk signs is the key here, and what is signed is empty."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if robot.secret:
        time = str(int(now.timestamp()))
        body |= {"timestamp": time, "sign": _signed(f"{time}\n{robot.secret}", "")}
    return robot.address, body


def _signed(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


PROTOCOLS = {
    Chat.DINGTALK: Protocol(
        hosts=("oapi.dingtalk.com",),
        starts="/robot/send?access_token=",
        limit=18_000,  # of 20,000 for all of the body
        request=_to_dingtalk,
        later={130101: (TOO_FAST, 600), -1: (BUSY, 60)},
        meanings={300001: GONE, 400013: GONE, 400101: GONE, 400102: GONE, 460101: TOO_LONG},
        checks=CHECKS,
    ),
    Chat.WECOM: Protocol(
        hosts=("qyapi.weixin.qq.com",),
        starts="/cgi-bin/webhook/send?key=",
        limit=2_048,
        request=_to_wecom,
        later={45009: (TOO_FAST, 60), -1: (BUSY, 60)},
        meanings={93000: GONE, 93004: GONE, 40058: TOO_LONG, 45002: TOO_LONG},
    ),
    Chat.FEISHU: Protocol(
        hosts=("open.feishu.cn", "open.larksuite.com"),
        starts="/open-apis/bot/v2/hook/",
        limit=18_000,  # of 20 kB for all of the body
        request=_to_feishu,
        later={11232: (TOO_FAST, 60)},
        meanings={19001: GONE, 19021: SIGNATURE, 19022: NETWORK, 19024: KEYWORD, 9499: OTHER},
        code_in=("code", "StatusCode"),
        words_in=("msg", "StatusMessage"),
    ),
}


def of(robot: Robot) -> Protocol:
    return PROTOCOLS[Chat(robot.chat)]
