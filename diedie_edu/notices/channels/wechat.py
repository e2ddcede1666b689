"""Messages by WeChat: template messages of our official account, one call each.

A message is handed over under our reference (`client_msg_id`), by which WeChat sends it once within
ten minutes. A token that it refuses is replaced, and the message handed over once more: nothing was
sent by the first call.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from diedie_edu.common import outside
from diedie_edu.notices.channels.outcome import (
    Letter,
    Outcome,
    accepted,
    not_sent,
    refused,
    unknown,
    unwanted,
)
from diedie_edu.notices.channels.wechat_access import NoTokenError, token
from diedie_edu.notices.channels.wechat_calls import (
    NoAnswerError,
    NotSaidError,
    call,
    code_of,
    named,
)
from diedie_edu.notices.models import Reason, Status

SEND = "/cgi-bin/message/template/send"
TOKEN_IS_OVER = {40001, 40014, 42001}
NO_SUCH_WECHAT = 40003
NOT_FOLLOWING, REFUSED_BY_READER = 43004, 43101
UNWANTED = {NOT_FOLLOWING, REFUSED_BY_READER}
BUSY = {-1}
USED_UP = {45009, 45011, 45047}
TEMPLATE = {40037, 41028, 43116, 47003}  # no such template, or a field that it does not take
LATER = 3600.0  # seconds
CALLS = 2  # that one message has time for, a new token included


def is_on() -> bool:
    """Whether we have an official account: without one there is no page, and no message goes."""
    return bool(settings.WECHAT_APP_ID and settings.WECHAT_APP_SECRET)


@contextmanager
def official_account() -> Iterator[Callable[[Letter], Outcome]]:
    """What sends a batch; nothing is open between two messages."""
    yield send


def send(letter: Letter) -> Outcome:
    """Hand it over; at most one token is replaced for it."""
    try:
        with outside.within(CALLS * settings.WECHAT_SECONDS):
            in_use = token()
            answer = _send(letter, in_use)
            if code_of(answer) in TOKEN_IS_OVER:
                answer = _send(letter, token(refused=in_use))
    except NoTokenError as error:
        if error.is_refused:
            return _our_settings(error.detail)
        return not_sent(Reason.NO_CONNECTION, error.detail, ailing=True)
    except NoAnswerError as error:
        return unknown(Reason.NO_ANSWER, error.detail)
    except NotSaidError as error:
        return not_sent(Reason.NO_CONNECTION, error.detail, ailing=True)
    return understand(answer)


def _send(letter: Letter, in_use: str) -> dict[str, Any]:
    message = {
        "touser": letter.address,
        "template_id": letter.template,
        "client_msg_id": letter.reference.replace("-", ""),
        "data": {name: {"value": value} for name, value in letter.variables.items()},
    }
    if letter.url:
        message["url"] = letter.url
    return call(SEND, {"access_token": in_use}, message)


def understand(answer: dict[str, Any]) -> Outcome:
    """Whatever it does not do it says by a number of its own."""
    code, number = code_of(answer), answer.get("msgid")
    said = named(code)
    if code == 0:
        if not isinstance(number, int):
            return unknown(Reason.NO_ANSWER, "no msgid")
        return accepted(said, gateway_id=gateway_id(str(number)))
    if code in UNWANTED:
        return unwanted(said)
    if code in BUSY:
        return not_sent(Reason.NOT_TAKEN, said, ailing=True)
    if code in USED_UP:
        return not_sent(Reason.NOT_TAKEN, said, retry_after=LATER, ailing=True)
    if code in TEMPLATE or code in TOKEN_IS_OVER or 48000 <= code < 50000:
        return _our_settings(said)
    return refused(said)


def gateway_id(number: str) -> str:
    """WeChat's own number of a message, told from those of providers of text messages."""
    return f"wechat-{number}"


def _our_settings(said: str) -> Outcome:
    """Somebody can put it right; meanwhile the text message goes, so it is not tried again."""
    return Outcome(Status.FAILED, Reason.SETTINGS, said)
