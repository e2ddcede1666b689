"""What calls of a provider's own library have in common: their time, and what nobody else reads.

A library says in many ways how a call ended. Until its first byte leaves nothing can have been
accepted; from then on only a word that we know counts.
"""

import json
import logging
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings

from diedie_edu.common.phones import is_mobile
from diedie_edu.notices.channels.outcome import (
    Letter,
    Outcome,
    Report,
    Sent,
    not_sent,
    refused,
    unknown,
)
from diedie_edu.notices.models import Reason, Status

Sdk = TypeVar("Sdk")
ABROAD = "abroad"  # numbers abroad, and in Hong Kong and Macau, need templates of their own
# Their lines hold addresses with phones and variables, at one level or another.
TALKATIVE = (
    "urllib3",
    "requests",
    "alibabacloud-tea",
    "darabonba-core",
    "alibabacloud_credentials",
    "tencentcloud_sdk_common",
)


class Silent(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return False


def silence() -> None:
    """What a library writes into logs, or straight to standard error by handlers of its own."""
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
        logger.addFilter(Silent())


def handed_over(
    letter: Letter, open_sdk: Callable[[], Sdk], send: Callable[[Sdk, Letter], Outcome]
) -> Outcome:
    """How `send` ended; it goes through a session of `common.outside_requests`. The library is
    opened before its time runs: the first time it is imported.

    What it raises is known by its type alone: an error's own text holds the address, and with it
    phone and variables.
    """
    from diedie_edu.common import outside_requests

    if not is_mobile(letter.address):
        return refused(ABROAD)
    sdk = open_sdk()
    with outside_requests.call(limit()) as made:
        try:
            return send(sdk, letter)
        except Exception as error:
            name = type(error).__name__
    if made.has_spoken:
        return unknown(Reason.NO_ANSWER, name)
    return not_sent(Reason.NO_CONNECTION, name, ailing=True)


def asked(
    sent: Sent, open_sdk: Callable[[], Sdk], ask: Callable[[Sdk, Sent], Outcome | None]
) -> Outcome | None:
    """The answer; None where there is no clear one."""
    from diedie_edu.common import outside_requests

    sdk = open_sdk()
    with outside_requests.call(limit()):
        try:
            return ask(sdk, sent)
        except Exception:
            return None


def limit() -> float:
    """Seconds for a whole call, connecting included."""
    return settings.SMS_CONNECT_SECONDS + settings.SMS_READ_SECONDS


def not_our_settings(code: str, *, all_messages: bool = True) -> Outcome:
    """It refuses our account, our key, our signature or a template: somebody can put that right."""
    return not_sent(Reason.SETTINGS, code, ailing=all_messages)


def rows_of(body: bytes) -> list[dict[str, Any]]:
    """The objects of a list in JSON. Raises `ValueError` where it is none."""
    found = json.loads(body)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise ValueError("no list of objects")
    return found


def report_of(
    status: Status | None, detail: Any, *, reference: Any = None, gateway_id: Any = ""
) -> list[Report]:
    """A report, where it says how it ended and of which message."""
    said = Report(status or Status.SENT, word(detail)[:40], _uuid(reference), word(gateway_id)[:60])
    return [said] if status and (said.reference or said.gateway_id) else []


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def word(value: Any) -> str:
    """A code of the provider, fit to be kept: nothing else of what it said is."""
    text = str(value or "")
    return text if len(text) <= 80 and text.isascii() and " " not in text else ""
