"""Text messages by Tencent Cloud, by its own library: SendSms, and the state by phone afterwards.

`SessionContext` is our reference; receipts name a message by its `SerialNo` alone. A refusal of the
number comes in `SendStatusSet` (success is exactly "Ok"), all else as one class of exception: told
apart by its code, of which some are the library's own words for no clear answer.
"""

from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from diedie_edu.notices.channels import providers
from diedie_edu.notices.channels.outcome import (
    Letter,
    Outcome,
    Report,
    Sent,
    accepted,
    not_sent,
    refused,
    unknown,
)
from diedie_edu.notices.models import Reason, Status

HOME = "https://sms.tencentcloudapi.com"
OK = "Ok"
MAINLAND = "+86"
# By the whole code, or else by what stands before its point.
OUTCOMES = {
    "FailedOperation": "refused",
    "FailedOperation.InsufficientBalanceInSmsPackage": "account",
    "FailedOperation.SignatureIncorrectOrUnapproved": "account",
    "FailedOperation.TemplateIncorrectOrUnapproved": "template",
    "FailedOperation.TemplateUnapprovedOrNotExist": "template",
    "FailedOperation.ForbidAddMarketingTemplates": "account",
    "InvalidParameter": "refused",
    "InvalidParameterValue": "refused",
    "InvalidParameterValue.SdkAppIdNotExist": "account",
    "MissingParameter": "account",
    "UnknownParameter": "account",
    "UnsupportedOperation": "refused",
    "UnsupportedRegion": "account",
    "UnauthorizedOperation": "account",
    "AuthFailure": "account",
    "InvalidCredential": "account",
    "InvalidAction": "account",
    "NoSuchVersion": "account",
    "ResourceInsufficient": "account",
    "InternalError.SigFieldMissing": "account",
    "InternalError.SigVerificationFail": "account",
    "RequestLimitExceeded": "busy",
    "LimitExceeded": "later",
    "LimitExceeded.AppDailyLimit": "account",
    "LimitExceeded.AppCountryOrRegionDailyLimit": "account",
    "LimitExceeded.DailyLimit": "account",
    "LimitExceeded.PhoneNumberSameContentDailyLimit": "refused",
}
PAUSES = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": 30.0,
    "LimitExceeded.PhoneNumberOneHourLimit": 3600.0,
    "LimitExceeded.PhoneNumberDailyLimit": 3600.0,
}
# What its receipts are answered with; anything else, and they come again.
TAKEN = {"result": 0, "errmsg": "OK"}
REPORTED = {"SUCCESS": Status.DELIVERED, "FAIL": Status.FAILED}
BEFORE, AFTER = timedelta(minutes=1), timedelta(days=1)
PER_PAGE, PAGES = 100, 4


class _Sdk(NamedTuple):
    """A client, and its sorts of requests."""

    client: Any
    send: type
    query: type


@lru_cache(maxsize=4)
def _sdk(key_id: str, secret: str, address: str, region: str) -> _Sdk:
    """Imported here: only those who chose the library need it."""
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.sms.v20210111 import models
    from tencentcloud.sms.v20210111.sms_client import SmsClient

    from diedie_edu.common.outside_requests import session

    providers.silence()
    parts = urlsplit(address)
    http = HttpProfile(protocol=parts.scheme, endpoint=parts.netloc, reqTimeout=providers.limit())
    client = SmsClient(Credential(key_id, secret), region, ClientProfile(httpProfile=http))
    client.request.conn._session = session()
    return _Sdk(client, models.SendSmsRequest, models.PullSmsSendStatusByPhoneNumberRequest)


def _ours() -> _Sdk:
    key, secret = settings.SMS_KEY_ID, settings.SMS_KEY_SECRET
    return _sdk(key, secret, settings.SMS_URL or HOME, settings.SMS_REGION)


def send(letter: Letter) -> Outcome:
    """Hand it over in one call; nothing is repeated here."""
    return providers.handed_over(letter, _ours, _send)


def _send(sdk: _Sdk, letter: Letter) -> Outcome:
    request = sdk.send()
    request.PhoneNumberSet = [f"{MAINLAND}{letter.address}"]
    request.SmsSdkAppId = settings.SMS_APP_ID
    request.SignName = settings.SMS_SIGNATURE
    request.TemplateId = letter.template
    request.TemplateParamSet = list(letter.variables.values())
    request.SessionContext = letter.reference
    try:
        [status] = sdk.client.SendSms(request).SendStatusSet
    except Exception as error:
        code = providers.word(getattr(error, "code", None))
        if not _sort(code):
            raise
        return _understand(code)
    return _understand(providers.word(status.Code), providers.word(status.SerialNo))


def _understand(code: str, gateway_id: str = "") -> Outcome:
    """What a code means, whether it came as an answer or as an exception."""
    if code == OK:
        return accepted(code, gateway_id=gateway_id)
    sort = _sort(code)
    if sort == "refused":
        return refused(code)
    if sort in ("account", "template"):
        return providers.not_our_settings(code, all_messages=sort == "account")
    if sort in ("busy", "later"):
        pause = PAUSES.get(code, 0.0)
        return not_sent(Reason.NOT_TAKEN, code, retry_after=pause, ailing=sort == "busy")
    return unknown(Reason.NO_ANSWER, code)


def _sort(code: str) -> str:
    """Of a code, or of what it begins with; "" where it says nothing: words of the library
    (ClientNetworkError, ServerNetworkError, JSONDecodeError) and faults over there."""
    return OUTCOMES.get(code) or OUTCOMES.get(code.partition(".")[0], "")


# --- Afterwards ------------------------------------------------------------------------


def ask(sent: Sent) -> Outcome | None:
    """What became of a message, found by its phone and our reference: as far as Tencent gives the
    reference back, which has to be asked for. That it is not there says nothing."""
    return providers.asked(sent, _ours, _found)


def _found(sdk: _Sdk, sent: Sent) -> Outcome | None:
    for page in range(PAGES):
        request = sdk.query()
        request.BeginTime = int((sent.at - BEFORE).timestamp())
        request.EndTime = int((sent.at + AFTER).timestamp())
        request.Offset, request.Limit = page * PER_PAGE, PER_PAGE
        request.PhoneNumber = f"{MAINLAND}{sent.address}"
        request.SmsSdkAppId = settings.SMS_APP_ID
        rows = sdk.client.PullSmsSendStatusByPhoneNumber(request).PullSmsSendStatusSet or []
        for row in rows:
            if row.SessionContext == sent.reference and row.ReportStatus in REPORTED:
                detail = providers.word(row.Description)
                return Outcome(REPORTED[row.ReportStatus], Reason.ASKED, detail)
        if len(rows) < PER_PAGE:
            break
    return None


def reports(body: bytes) -> list[Report]:
    """Of one receipt, which tells of several messages by Tencent's number. Raises `ValueError`."""
    found: list[Report] = []
    for row in providers.rows_of(body):
        status = REPORTED.get(str(row.get("report_status")))
        found += providers.report_of(status, row.get("errmsg"), gateway_id=row.get("sid"))
    return found
