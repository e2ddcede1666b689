"""Alibaba Cloud's words: the same code as an answer and as an exception, and the request itself."""

import json

import pytest
import time_machine
from pytest_django import Settings

from diedie_edu.notices.channels import sms_alibaba
from diedie_edu.notices.channels.outcome import Letter, Sent
from diedie_edu.notices.models import Reason, Status
from tests.conftest import NOW
from tests.notices.channels.conftest import Cloud
from tests.support.providers.alibaba import AlibabaCloud, said
from tests.support.providers.requests_seen import seen_request

LETTER = Letter(
    "9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f", "13800138000", "", "", "SMS_1", {"code": "1"}
)
BUSY, LATER = Reason.NOT_TAKEN, Status.QUEUED


@pytest.mark.parametrize("is_exception", [False, True])
@pytest.mark.parametrize(
    ("code", "status", "reason", "ailing"),
    [
        ("isv.MOBILE_NUMBER_ILLEGAL", Status.FAILED, Reason.REFUSED, False),
        ("isv.BLACK_KEY_CONTROL_LIMIT", Status.FAILED, Reason.REFUSED, False),
        ("isv.A_CODE_OF_TOMORROW", Status.FAILED, Reason.REFUSED, False),
        ("isv.BUSINESS_LIMIT_CONTROL", LATER, BUSY, False),
        ("Throttling.User", LATER, BUSY, True),
        ("Throttling", LATER, BUSY, True),
        ("isv.SMS_TEMPLATE_ILLEGAL", LATER, Reason.SETTINGS, False),
        ("isv.SMS_SIGNATURE_ILLEGAL", LATER, Reason.SETTINGS, True),
        ("isv.AMOUNT_NOT_ENOUGH", LATER, Reason.SETTINGS, True),
        ("isp.RAM_PERMISSION_DENY", LATER, Reason.SETTINGS, True),
        ("InvalidAccessKeyId.NotFound", LATER, Reason.SETTINGS, True),
        ("InvalidTimeStamp.Expired", LATER, Reason.SETTINGS, True),
        ("isp.SYSTEM_ERROR", Status.UNKNOWN, Reason.NO_ANSWER, False),
        ("SignatureNonceUsed", Status.UNKNOWN, Reason.NO_ANSWER, False),
        ("InternalError", Status.UNKNOWN, Reason.NO_ANSWER, False),
    ],
)
def test_a_code_means_the_same_however_it_comes(
    alibaba: Cloud, code: str, status: Status, reason: Reason, ailing: bool, is_exception: bool
) -> None:
    alibaba.answer = (400 if is_exception else 200, said(code))
    outcome = sms_alibaba.send(LETTER)
    assert (outcome.status, outcome.reason, outcome.ailing) == (status, reason, ailing)
    assert outcome.detail == code


def test_a_refusal_by_a_server_at_fault_is_none(alibaba: Cloud) -> None:
    alibaba.answer = (500, said("isv.MOBILE_NUMBER_ILLEGAL"))
    assert sms_alibaba.send(LETTER).status == Status.UNKNOWN


@pytest.mark.parametrize("code", [400, 503])
def test_json_without_a_code_says_nothing(alibaba: Cloud, code: int) -> None:
    """The library makes the word "None" of it."""
    alibaba.answer = (code, b'{"message": "down"}')
    assert sms_alibaba.send(LETTER).status == Status.UNKNOWN


def test_success_is_exactly_ok(alibaba: Cloud) -> None:
    alibaba.answer = (200, said("Ok"))
    assert sms_alibaba.send(LETTER).status == Status.UNKNOWN


@pytest.mark.parametrize(
    ("words", "pause"),
    [
        ("触发分钟级流控Permits:1", 60),
        ("触发小时级流控Permits:5", 3600),
        ("触发天级流控Permits:10", 3600),
    ],
)
def test_it_says_how_long_a_phone_has_had_enough(alibaba: Cloud, words: str, pause: float) -> None:
    body = {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": words}
    alibaba.answer = (200, json.dumps(body).encode())
    assert sms_alibaba.send(LETTER).retry_after == pause


@pytest.mark.parametrize(
    ("state", "status"),
    [(1, Status.SENT), (2, Status.FAILED), (3, Status.DELIVERED), (9, None)],
)
def test_each_state_is_read(alibaba: Cloud, state: int, status: Status | None) -> None:
    sms_alibaba.send(LETTER)
    alibaba.states[LETTER.reference] = state
    outcome = sms_alibaba.ask(Sent(LETTER.reference, LETTER.address, NOW))
    assert (outcome.status if outcome else None) == status


def test_what_goes_over_the_line_is_what_we_know(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade that sends anything else is seen here: look at it, then write it down anew."""
    from alibabacloud_tea_openapi.utils import Utils

    for name, value in {**AlibabaCloud.env, "SMS_URL": "http://dysmsapi.aliyuncs.com"}.items():
        setattr(settings, name, value)
    monkeypatch.setattr(Utils, "get_nonce", staticmethod(lambda: "a-nonce"))
    monkeypatch.setattr(Utils, "get_user_agent", staticmethod(lambda _agent: "an-agent"))
    seen = seen_request(said("OK", BizId="1"), monkeypatch)
    with seen as request, time_machine.travel(NOW, tick=False):
        assert sms_alibaba.send(LETTER).status == Status.SENT
    assert request.lines == REQUEST


REQUEST = [
    (
        "POST /?OutId=9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f&PhoneNumbers=13800138000&SignN"
        "ame=%E5%8F%A0%E4%BA%8C%E7%A4%BE%E5%8C%BA&TemplateCode=SMS_1&TemplateParam=%7B%22"
        "code%22%3A+%221%22%7D HTTP/1.1"
    ),
    "accept-encoding: identity",
    "accept: application/json",
    (
        "authorization: ACS3-HMAC-SHA256 Credential=LTAI-portal,SignedHeaders=accept;host"
        ";user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-d"
        "ate;x-acs-signature-nonce;x-acs-version,Signature=63f17b962c9358f3a06a0194832ab4"
        "6e9554d7cdf81ec1f5ef6dab78d6b6b1af"
    ),
    "connection: close",
    "content-length: 0",
    "host: dysmsapi.aliyuncs.com",
    "x-acs-action: SendSms",
    "x-acs-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "x-acs-credentials-provider: static_ak",
    "x-acs-date: 2026-11-23T02:00:00Z",
    "x-acs-signature-nonce: a-nonce",
    "x-acs-version: 2017-05-25",
    "",
]
