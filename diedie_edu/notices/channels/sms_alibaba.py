"""Text messages by Alibaba Cloud, by its own library: SendSms, and QuerySendDetails afterwards.

`OutId` is our reference; a send is not idempotent there, so none is repeated whose answer is
unknown. A refusal comes as an answer (HTTP 200, another `Code` than "OK") or as an exception with
the same code. What has no code says nothing.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from diedie_edu.common.days import local_day
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

HOME = "https://dysmsapi.aliyuncs.com"
OK = "OK"
# It says so of a request that was seen before: the first may have been accepted.
SEEN_BEFORE = "SignatureNonceUsed"
OF_THE_TEMPLATE = {"isv.SMS_TEMPLATE_ILLEGAL", "isv.TEMPLATE_MISSING_PARAMETERS"}
OF_OUR_ACCOUNT = {
    *("isv.OUT_OF_SERVICE", "isv.PRODUCT_UN_SUBSCRIPT", "isv.PRODUCT_UNSUBSCRIBE"),
    *("isv.ACCOUNT_NOT_EXISTS", "isv.ACCOUNT_ABNORMAL", "isv.AMOUNT_NOT_ENOUGH"),
    *("isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_SIGN_ILLEGAL", "isv.SIGNATURE_BLACKLIST"),
    *("isv.DENY_IP_RANGE", "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL"),
    *("isv.SMS_SIGNATURE_SCENE_ILLEGAL", "isp.RAM_PERMISSION_DENY", "isv.RAM_PERMISSION_DENY"),
}
# How its gateway, in front of the service itself, refuses a caller.
OF_OUR_KEY = (
    *("InvalidAccessKeyId", "SignatureDoesNotMatch", "IncompleteSignature", "Forbidden"),
    *("InvalidTimeStamp", "InvalidSecurityToken", "InvalidVersion", "InvalidAction", "Missing"),
    *("NoPermission", "UnsupportedSignatureMethod", "InvalidCredentials"),
)
TOO_MANY_TO_THE_PHONE = "isv.BUSINESS_LIMIT_CONTROL"
# By what its message says of the limit; where it says nothing, our own pauses are kept.
PAUSES = {"分钟级": 60.0, "小时级": 3600.0, "天级": 3600.0}
# What its receipts are answered with; anything else, and they come again.
TAKEN = {"code": 0, "msg": "OK"}
WAITING, FAILED, DELIVERED = 1, 2, 3
PER_PAGE, PAGES = 50, 4


class _Sdk(NamedTuple):
    """A client, the options of a call, and its sorts of requests."""

    client: Any
    options: Any
    send: type
    query: type


@lru_cache(maxsize=4)
def _sdk(key_id: str, secret: str, address: str) -> _Sdk:
    """Imported here: the library is large, and only those who chose it need it."""
    from alibabacloud_dysmsapi20170525 import models
    from alibabacloud_dysmsapi20170525.client import Client
    from alibabacloud_tea_openapi.utils_models import Config
    from darabonba.core import DaraCore
    from darabonba.runtime import RuntimeOptions

    from diedie_edu.common.outside_requests import session

    providers.silence()
    parts = urlsplit(address)
    # The library makes a session for each address, and would make one of its own.
    DaraCore._get_session = staticmethod(lambda *_args, **_named: session())
    config = Config(
        access_key_id=key_id,
        access_key_secret=secret,
        endpoint=parts.netloc,
        protocol=parts.scheme,
    )
    limit = int(providers.limit() * 1000)
    options = RuntimeOptions(connect_timeout=limit, read_timeout=limit)
    return _Sdk(Client(config), options, models.SendSmsRequest, models.QuerySendDetailsRequest)


def _ours() -> _Sdk:
    return _sdk(settings.SMS_KEY_ID, settings.SMS_KEY_SECRET, settings.SMS_URL or HOME)


def send(letter: Letter) -> Outcome:
    """Hand it over in one call; nothing is repeated here."""
    return providers.handed_over(letter, _ours, _send)


def _send(sdk: _Sdk, letter: Letter) -> Outcome:
    request = sdk.send(
        phone_numbers=letter.address,
        sign_name=settings.SMS_SIGNATURE,
        template_code=letter.template,
        template_param=json.dumps(dict(letter.variables), ensure_ascii=False),
        out_id=letter.reference,
    )
    try:
        body = sdk.client.send_sms_with_options(request, sdk.options).body
    except Exception as error:
        code = providers.word(getattr(error, "code", None))
        if code in ("", "None"):
            raise
        status = getattr(error, "status_code", None) or 0
        return _understand(code, str(getattr(error, "message", "")), status)
    return _understand(
        providers.word(body.code), str(body.message), 200, providers.word(body.biz_id)
    )


def _understand(code: str, message: str, status: int, gateway_id: str = "") -> Outcome:
    """What a code means, whether it came as an answer or as an exception."""
    if code == OK:
        return accepted(code, gateway_id=gateway_id)
    if code.startswith("Throttling"):
        return not_sent(Reason.NOT_TAKEN, code, ailing=True)
    if code == TOO_MANY_TO_THE_PHONE:
        pause = next((pause for said, pause in PAUSES.items() if said in message), 0.0)
        return not_sent(Reason.NOT_TAKEN, code, retry_after=pause)
    if code in OF_THE_TEMPLATE:
        return providers.not_our_settings(code, all_messages=False)
    if code in OF_OUR_ACCOUNT or code.startswith(OF_OUR_KEY):
        return providers.not_our_settings(code)
    if code.startswith("isv.") and status < 500:
        return refused(code)
    # Also what the service says of itself (isp.…), and a request that was seen before.
    return unknown(Reason.NO_ANSWER, code or f"HTTP {status}")


# --- Afterwards ------------------------------------------------------------------------


def ask(sent: Sent) -> Outcome | None:
    """What became of a message, found by its phone, its day and our reference. That it is not there
    says nothing: it may not be there yet."""
    return providers.asked(sent, _ours, _found)


def _found(sdk: _Sdk, sent: Sent) -> Outcome | None:
    rows = (row for row in _sent_to(sdk, sent) if row.out_id == sent.reference)
    return _state(next(rows, None))


def _sent_to(sdk: _Sdk, sent: Sent) -> Iterator[Any]:
    """What went to that phone on that day; just before midnight on the next one, too."""
    for day in dict.fromkeys(map(local_day, (sent.at, sent.at + timedelta(minutes=1)))):
        for page in range(1, PAGES + 1):
            request = sdk.query(
                phone_number=sent.address,
                send_date=f"{day:%Y%m%d}",
                page_size=PER_PAGE,
                current_page=page,
            )
            body = sdk.client.query_send_details_with_options(request, sdk.options).body
            rows = body.sms_send_detail_dtos.sms_send_detail_dto if body.code == OK else []
            yield from rows
            if len(rows) < PER_PAGE:
                break


def _state(row: Any) -> Outcome | None:
    detail = providers.word(getattr(row, "err_code", ""))
    states: dict[Any, Outcome] = {
        WAITING: Outcome(Status.SENT, Reason.ASKED, detail),
        FAILED: Outcome(Status.FAILED, Reason.ASKED, detail),
        DELIVERED: Outcome(Status.DELIVERED, Reason.ASKED, detail),
    }
    return states.get(getattr(row, "send_status", None))


def reports(body: bytes) -> list[Report]:
    """Of one receipt, which tells of several messages by our reference. Raises `ValueError`."""
    ends = {True: Status.DELIVERED, False: Status.FAILED}
    found: list[Report] = []
    for row in providers.rows_of(body):
        status = ends.get(row["success"]) if isinstance(row.get("success"), bool) else None
        found += providers.report_of(status, row.get("err_code"), reference=row.get("out_id"))
    return found
