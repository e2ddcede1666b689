"""Tencent Cloud's words: of the number, of the call, the library's own; and the request itself."""

import json

import pytest
import time_machine
from pytest_django import Settings

from diedie_edu.notices.channels import sms_tencent
from diedie_edu.notices.channels.outcome import Letter, Sent
from diedie_edu.notices.models import Reason, Status
from tests.conftest import NOW
from tests.notices.channels.conftest import Cloud
from tests.support.providers.requests_seen import seen_request
from tests.support.providers.tencent import TencentCloud, error, of_number, said

LETTER = Letter(
    "9c6f2c0e-5f0e-4a52-9a77-1a2b3c4d5e6f", "13800138000", "", "", "4711", {"code": "1"}
)
BUSY, LATER = Reason.NOT_TAKEN, Status.QUEUED


@pytest.mark.parametrize("say", [of_number, error])
@pytest.mark.parametrize(
    ("code", "status", "reason", "ailing"),
    [
        ("InvalidParameterValue.IncorrectPhoneNumber", Status.FAILED, Reason.REFUSED, False),
        ("FailedOperation.PhoneNumberInBlacklist", Status.FAILED, Reason.REFUSED, False),
        ("FailedOperation.ACodeOfTomorrow", Status.FAILED, Reason.REFUSED, False),
        ("UnsupportedOperation.GlobalTemplate", Status.FAILED, Reason.REFUSED, False),
        ("LimitExceeded.PhoneNumberSameContentDailyLimit", Status.FAILED, Reason.REFUSED, False),
        ("LimitExceeded.PhoneNumberOneHourLimit", LATER, BUSY, False),
        ("LimitExceeded.DeliveryFrequencyLimit", LATER, BUSY, False),
        ("RequestLimitExceeded", LATER, BUSY, True),
        ("RequestLimitExceeded.UinLimitExceeded", LATER, BUSY, True),
        ("FailedOperation.TemplateIncorrectOrUnapproved", LATER, Reason.SETTINGS, False),
        ("FailedOperation.SignatureIncorrectOrUnapproved", LATER, Reason.SETTINGS, True),
        ("FailedOperation.InsufficientBalanceInSmsPackage", LATER, Reason.SETTINGS, True),
        ("AuthFailure.SecretIdNotFound", LATER, Reason.SETTINGS, True),
        ("AuthFailure.SignatureExpire", LATER, Reason.SETTINGS, True),
        ("UnauthorizedOperation.SmsSdkAppIdVerifyFail", LATER, Reason.SETTINGS, True),
        ("InternalError.SigVerificationFail", LATER, Reason.SETTINGS, True),
        ("InternalError.Timeout", Status.UNKNOWN, Reason.NO_ANSWER, False),
        ("InternalError", Status.UNKNOWN, Reason.NO_ANSWER, False),
        ("ServerNetworkError", Status.UNKNOWN, Reason.NO_ANSWER, False),
    ],
)
def test_a_code_means_the_same_however_it_comes(
    tencent: Cloud, say, code: str, status: Status, reason: Reason, ailing: bool
) -> None:
    tencent.answer = (200, say(code))
    outcome = sms_tencent.send(LETTER)
    assert (outcome.status, outcome.reason, outcome.ailing) == (status, reason, ailing)


@pytest.mark.parametrize("code", ["OK", "ok", ""])
def test_success_is_exactly_ok(tencent: Cloud, code: str) -> None:
    tencent.answer = (200, of_number(code))
    assert sms_tencent.send(LETTER).status == Status.UNKNOWN


@pytest.mark.parametrize("states", [[], None])
def test_no_word_of_the_number_says_nothing(tencent: Cloud, states: object) -> None:
    tencent.answer = (200, said(SendStatusSet=states))
    assert sms_tencent.send(LETTER).status == Status.UNKNOWN


@pytest.mark.parametrize(
    ("code", "pause"), [("PhoneNumberThirtySecondLimit", 30), ("PhoneNumberOneHourLimit", 3600)]
)
def test_it_says_how_long_a_phone_has_had_enough(tencent: Cloud, code: str, pause: float) -> None:
    tencent.answer = (200, of_number(f"LimitExceeded.{code}"))
    assert sms_tencent.send(LETTER).retry_after == pause


@pytest.mark.parametrize(
    ("state", "status"), [("SUCCESS", Status.DELIVERED), ("FAIL", Status.FAILED), ("?", None)]
)
def test_each_state_is_read(tencent: Cloud, state: str, status: Status | None) -> None:
    sms_tencent.send(LETTER)
    tencent.states[LETTER.reference] = state
    outcome = sms_tencent.ask(Sent(LETTER.reference, LETTER.address, NOW))
    assert (outcome.status if outcome else None) == status


def test_what_goes_over_the_line_is_what_we_know(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade that sends anything else is seen here: look at it, then write it down anew."""
    for name, value in {**TencentCloud.env, "SMS_URL": "http://sms.tencentcloudapi.com"}.items():
        setattr(settings, name, value)
    seen = seen_request(of_number("Ok", "5000:1"), monkeypatch)
    with seen as request, time_machine.travel(NOW, tick=False):
        assert sms_tencent.send(LETTER).gateway_id == "5000:1"
    assert request.lines[:-1] == REQUEST
    assert json.loads(request.lines[-1]) == {
        "PhoneNumberSet": ["+8613800138000"],
        "SmsSdkAppId": "1400006666",
        "TemplateId": "4711",
        "SignName": "叠二社区",
        "TemplateParamSet": ["1"],
        "SessionContext": LETTER.reference,
    }


REQUEST = [
    "POST / HTTP/1.1",
    "accept-encoding: gzip, deflate",
    "accept: */*",
    (
        "authorization: TC3-HMAC-SHA256 Credential=AKID-portal/2026-11-23/sms/tc3_request"
        ", SignedHeaders=content-type;host, Signature=05e57dd2754897b74a813d9992c9d6c828d"
        "7e819641a78083093c61f0dd992a2"
    ),
    "connection: close",
    "content-length: 214",
    "content-type: application/json",
    "host: sms.tencentcloudapi.com",
    "x-tc-action: SendSms",
    "x-tc-language: zh-CN",
    "x-tc-region: ap-guangzhou",
    "x-tc-requestclient: SDK_PYTHON_3.1.195",
    "x-tc-timestamp: 1795399200",
    "x-tc-version: 2021-01-11",
]
