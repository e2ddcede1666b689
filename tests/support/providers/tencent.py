"""Tencent Cloud's service of text messages: API 3.0, signed by TC3-HMAC-SHA256."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.chaos.gateway import Gateway, Handler, Mood

KEY_ID, SECRET, APP = "AKID-portal", "a secret of the portal", "1400006666"
ALGORITHM = "TC3-HMAC-SHA256"
Answer = tuple[int, bytes]


def said(**response: Any) -> bytes:
    return json.dumps({"Response": {**response, "RequestId": "1"}}).encode()


def error(code: str) -> bytes:
    return said(Error={"Code": code, "Message": code})


def of_number(code: str, serial: str = "") -> bytes:
    """What is said of the one number that a call has."""
    return said(SendStatusSet=[{"Code": code, "Message": code, "SerialNo": serial, "Fee": 1}])


HTML = b"<html><body>502 Bad Gateway</body></html>"
ANSWERS: dict[Mood, Answer] = {
    Mood.ACCEPT_AND_BABBLE: (200, HTML),
    Mood.FAIL: (200, error("RequestLimitExceeded")),
    Mood.BUSY: (200, of_number("LimitExceeded.DeliveryFrequencyLimit")),
    Mood.REFUSE: (200, of_number("InvalidParameterValue.IncorrectPhoneNumber")),
}


class _Handler(Handler):
    gateway: "TencentCloud"

    def receive(self, body: bytes) -> None:
        if not is_signed(self, body):
            return self.say(200, error("AuthFailure.SignatureFailure"))
        asked = json.loads(body)
        if self.headers["X-TC-Action"] == "PullSmsSendStatusByPhoneNumber":
            return self.say(200, self.gateway.pulled(asked))
        [number] = asked["PhoneNumberSet"]
        message = {
            "reference": asked["SessionContext"],
            "phone": number.removeprefix("+86"),
            "template": asked["TemplateId"],
            "signature": asked["SignName"],
            "variables": asked["TemplateParamSet"],
        }
        return self.take(message)


class TencentCloud(Gateway):
    """`answer` stands in the place of what the mood would say; `states` are those of receipts
    (SUCCESS, FAIL) by reference, SUCCESS where nothing is said. It gives references back."""

    handler = _Handler
    path = ""
    env: Mapping[str, str] = {
        "SMS_BACKEND": "tencent",
        "SMS_KEY_ID": KEY_ID,
        "SMS_KEY_SECRET": SECRET,
        "SMS_APP_ID": APP,
        "SMS_SIGNATURE": "叠二社区",
    }

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.answer: Answer | None = None
        self.states: dict[str, str] = {}

    def spoken(self, mood: Mood, message: dict[str, Any]) -> Answer:
        serial = f"5000:{sum(self.ledger.values())}"
        return self.answer or ANSWERS.get(mood) or (200, of_number("Ok", serial))

    def pulled(self, asked: Mapping[str, Any]) -> bytes:
        """What became of all that went to that phone, a page of it."""
        self.queries.append(dict(asked))
        if not self.answers_queries:
            return error("InternalError.Timeout")
        number = asked["PhoneNumber"].removeprefix("+86")
        rows = [
            {
                "SessionContext": one["reference"],
                "ReportStatus": self.states.get(one["reference"], "SUCCESS"),
                "Description": "DELIVRD",
                "SerialNo": "5000:1",
            }
            for one in self.messages
            if one["phone"] == number
        ]
        page = slice(asked["Offset"], asked["Offset"] + asked["Limit"])
        return said(PullSmsSendStatusSet=rows[page])


def is_signed(request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """By the arithmetic that Tencent Cloud publishes, version 3."""
    kind, _space, rest = request.headers["Authorization"].partition(" ")
    told = dict(part.strip().split("=", 1) for part in rest.split(","))
    moment = request.headers["X-TC-Timestamp"]
    day = f"{datetime.fromtimestamp(int(moment), UTC):%Y-%m-%d}"
    scope = f"{day}/sms/tc3_request"
    names = told["SignedHeaders"].split(";")
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in names)
    digest = hashlib.sha256(body).hexdigest()
    canonical = f"POST\n/\n\n{headers}\n{told['SignedHeaders']}\n{digest}"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"TC3{SECRET}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    right = _mac(key, f"{ALGORITHM}\n{moment}\n{scope}\n{hashed}").hex()
    is_ours = (kind, told["Credential"]) == (ALGORITHM, f"{KEY_ID}/{scope}")
    return is_ours and {"content-type", "host"} <= set(names) and right == told["Signature"]


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
