"""Text messages by a gateway that speaks the protocol of docs/text-messages.md.

What matters is to tell three answers apart: it was accepted, it certainly was not, and nobody
can know. Until the request's first byte leaves, nothing can have been accepted; from then on
only a clear answer counts.
"""

import http.client
import json
import math
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from diedie_edu.common import outside
from diedie_edu.notices.channels import providers
from diedie_edu.notices.channels.outcome import (
    Letter,
    Outcome,
    Report,
    accepted,
    not_sent,
    refused,
    unknown,
)
from diedie_edu.notices.models import Reason, Status

TAKEN = {"ok": True}  # what receipts are answered with
MAX_ANSWER = 64 * 1024  # bytes; an answer has two or three short fields
SENT_ONCE_BEFORE = 409
REFUSED_FOR_GOOD = {400, 413, 422}
# A proxy in between says these, whatever became of the request behind it.
SAID_BY_PROXIES = {502, 504}
STATES = {
    "accepted": Outcome(Status.SENT, Reason.ASKED, "accepted"),
    "delivered": Outcome(Status.DELIVERED, Reason.ASKED, "delivered"),
    "failed": Outcome(Status.FAILED, Reason.ASKED, "failed"),
    "none": Outcome(Status.QUEUED, Reason.ASKED, "none"),
}


def send(letter: Letter) -> Outcome:
    """Hand it over in one POST; nothing is repeated here."""
    message = {
        "reference": letter.reference,
        "phone": letter.address,
        "text": letter.text,
        "template": letter.template,
        "variables": dict(letter.variables),
    }
    body = json.dumps(message, ensure_ascii=False).encode()
    try:
        connection = _connect(settings.SMS_URL)
    except OSError as error:
        return not_sent(Reason.NO_CONNECTION, type(error).__name__, ailing=True)
    try:
        return _understand(*_exchange(connection, "POST", settings.SMS_URL, body))
    except (OSError, http.client.HTTPException) as error:
        return unknown(Reason.NO_ANSWER, type(error).__name__)
    finally:
        connection.close()


def ask(reference: str) -> Outcome | None:
    """What became of a message; None where there is no clear answer, so that we ask later."""
    query = urlencode({"reference": reference})
    url = f"{settings.SMS_QUERY_URL}{'&' if '?' in settings.SMS_QUERY_URL else '?'}{query}"
    try:
        connection = _connect(url)
        try:
            code, _pause, answer = _exchange(connection, "GET", url)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return None
    return STATES.get(str(answer.get("status"))) if code == http.client.OK else None


def reports(body: bytes) -> list[Report]:
    """Of one receipt, which may tell of several messages. Raises `ValueError`."""
    ends = {"delivered": Status.DELIVERED, "failed": Status.FAILED}
    found: list[Report] = []
    for row in providers.rows_of(body):
        status = ends.get(str(row.get("status")))
        found += providers.report_of(status, row.get("detail"), reference=row.get("reference"))
    return found


def _connect(url: str) -> http.client.HTTPConnection:
    """An open connection, TLS included; until here nothing of a message has left."""
    with outside.within(settings.SMS_CONNECT_SECONDS):
        return outside.web_connection(url)


def _exchange(
    connection: http.client.HTTPConnection, method: str, url: str, body: bytes | None = None
) -> tuple[int, float, dict[str, Any]]:
    """The answer's code, the pause it asks for in seconds, and its JSON object."""
    parts = urlsplit(url)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    with outside.within(settings.SMS_READ_SECONDS):
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        pause = _seconds(response.getheader("Retry-After", ""))
        return response.status, pause, _object(response.read(MAX_ANSWER))


def _understand(code: int, pause: float, answer: dict[str, Any]) -> Outcome:
    said = f"HTTP {code}"
    if code in (http.client.OK, http.client.ACCEPTED):
        return accepted(said) if "id" in answer else unknown(Reason.NO_ANSWER, f"{said}, no id")
    if code == SENT_ONCE_BEFORE:
        return accepted(said)
    if code in REFUSED_FOR_GOOD:
        return refused(said)
    if code in SAID_BY_PROXIES or 200 <= code < 300:
        return unknown(Reason.NO_ANSWER, said)
    return not_sent(Reason.NOT_TAKEN, said, retry_after=pause, ailing=True)


def _seconds(text: str) -> float:
    """Retry-After in seconds; its other form, a date, is not used by gateways."""
    try:
        number = float(text)
    except ValueError:
        return 0
    return number if math.isfinite(number) and number > 0 else 0


def _object(body: bytes) -> dict[str, Any]:
    """The JSON object in an answer; empty where it holds none."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
