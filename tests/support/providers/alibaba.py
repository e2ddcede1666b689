"""Alibaba Cloud's service of text messages: RPC style, signed by ACS3-HMAC-SHA256."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from tests.chaos.gateway import Gateway, Handler, Mood

KEY_ID, SECRET = "LTAI-portal", "a secret of the portal"
ALGORITHM = "ACS3-HMAC-SHA256"
Answer = tuple[int, bytes]


def said(code: str, **more: Any) -> bytes:
    return json.dumps({"Code": code, "Message": code, "RequestId": "1", **more}).encode()


HTML = b"<html><body>502 Bad Gateway</body></html>"
ANSWERS: dict[Mood, Answer] = {
    Mood.ACCEPT_AND_BABBLE: (200, HTML),
    Mood.FAIL: (503, said("Throttling.User")),
    Mood.BUSY: (200, said("isv.BUSINESS_LIMIT_CONTROL")),
    Mood.REFUSE: (400, said("isv.MOBILE_NUMBER_ILLEGAL")),
}


class _Handler(Handler):
    gateway: "AlibabaCloud"

    def receive(self, body: bytes) -> None:
        query = parse_qs(urlsplit(self.path).query)
        asked = {name: values[0] for name, values in query.items()}
        if not is_signed(self, asked):
            return self.say(400, said("SignatureDoesNotMatch"))
        if self.headers["x-acs-action"] == "QuerySendDetails":
            return self.say(200, self.gateway.details(asked))
        message = {
            "reference": asked["OutId"],
            "phone": asked["PhoneNumbers"],
            "template": asked["TemplateCode"],
            "signature": asked["SignName"],
            "variables": json.loads(asked["TemplateParam"]),
        }
        return self.take(message)


class AlibabaCloud(Gateway):
    """`answer` stands in the place of what the mood would say; `states` are of receipts
    (1 waiting, 2 failed, 3 delivered) by reference, 3 where nothing is said."""

    handler = _Handler
    path = ""
    env: Mapping[str, str] = {
        "SMS_BACKEND": "alibaba",
        "SMS_KEY_ID": KEY_ID,
        "SMS_KEY_SECRET": SECRET,
        "SMS_SIGNATURE": "叠二社区",
    }

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.answer: Answer | None = None
        self.states: dict[str, int] = {}

    def spoken(self, mood: Mood, message: dict[str, Any]) -> Answer:
        biz_id = f"9001^{sum(self.ledger.values())}"
        return self.answer or ANSWERS.get(mood) or (200, said("OK", BizId=biz_id))

    def details(self, asked: Mapping[str, str]) -> bytes:
        """What went to that phone, a page of it."""
        self.queries.append(dict(asked))
        if not self.answers_queries:
            return said("isp.SYSTEM_ERROR")
        to_phone = [one for one in self.messages if one["phone"] == asked["PhoneNumber"]]
        size, page = int(asked["PageSize"]), int(asked["CurrentPage"])
        rows = [
            {
                "OutId": one["reference"],
                "PhoneNum": one["phone"],
                "SendStatus": self.states.get(one["reference"], 3),
                "ErrCode": "DELIVERED",
            }
            for one in to_phone[(page - 1) * size : page * size]
        ]
        more = {"SmsSendDetailDTOs": {"SmsSendDetailDTO": rows}, "TotalCount": len(to_phone)}
        return said("OK", **more)


def is_signed(request: BaseHTTPRequestHandler, query: Mapping[str, str]) -> bool:
    """By the arithmetic that Alibaba Cloud publishes, version 3."""
    kind, _space, rest = request.headers["Authorization"].partition(" ")
    told = dict(part.split("=", 1) for part in rest.split(","))
    names = told["SignedHeaders"].split(";")
    must = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce"}
    canonical = "\n".join(
        [
            request.command,
            "/",
            "&".join(f"{_safe(name)}={_safe(query[name])}" for name in sorted(query)),
            "".join(f"{name}:{request.headers[name].strip()}\n" for name in names),
            told["SignedHeaders"],
            hashlib.sha256(b"").hexdigest(),
        ]
    )
    text = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    right = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    is_ours = (kind, told["Credential"]) == (ALGORITHM, KEY_ID) and must <= set(names)
    return is_ours and hmac.compare_digest(right, told["Signature"])


def _safe(text: str) -> str:
    return quote(text, safe="-_.~")
