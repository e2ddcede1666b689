"""Text messages, by the gateway that SMS_BACKEND names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.conf import settings

from diedie_edu.notices.channels import sms_http
from diedie_edu.notices.channels.outcome import Letter, Outcome, Report, Sent

BACKENDS = ("console", "file", "http", "alibaba", "tencent")
PROVIDERS = ("alibaba", "tencent")
REPORT = ("http", *PROVIDERS)


@contextmanager
def gateway() -> Iterator[Callable[[Letter], Outcome]]:
    """What sends a batch; text messages need nothing open between two of them."""
    yield _backend().send


def _backend() -> Any:
    """The module of the one that is chosen, and of no other."""
    return import_module(f"diedie_edu.notices.channels.sms_{settings.SMS_BACKEND}")


def can_be_asked() -> bool:
    """Whether the gateway tells what became of a message when asked."""
    if settings.SMS_BACKEND == "http":
        return bool(settings.SMS_QUERY_URL)
    return settings.SMS_BACKEND in PROVIDERS


def ask(sent: Sent) -> Outcome | None:
    """What became of a message; None where the gateway gives no clear answer. Providers find it by
    its phone: without the phone there is none."""
    if settings.SMS_BACKEND == "http":
        return sms_http.ask(sent.reference)
    return _backend().ask(sent) if sent.address else None


def reports(body: bytes) -> list[Report]:
    """What the gateway reports of messages afterwards, at the address for receipts. Raises
    `ValueError` where it speaks another language; gateways for trials have nothing to say."""
    return _backend().reports(body) if settings.SMS_BACKEND in REPORT else []


def taken() -> dict[str, object]:
    """What it is answered with."""
    return _backend().TAKEN if settings.SMS_BACKEND in REPORT else {}
