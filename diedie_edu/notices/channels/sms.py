"""Text messages, by the gateway that SMS_BACKEND names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from diedie_edu.notices.channels import sms_console, sms_file, sms_http
from diedie_edu.notices.channels.outcome import Letter, Outcome

BACKENDS = {"console": sms_console.send, "file": sms_file.send, "http": sms_http.send}


@contextmanager
def gateway() -> Iterator[Callable[[Letter], Outcome]]:
    """What sends a batch; text messages need nothing open between two of them."""
    yield BACKENDS[settings.SMS_BACKEND]


def can_be_asked() -> bool:
    """Whether the gateway tells what became of a message when asked by our reference."""
    return settings.SMS_BACKEND == "http" and bool(settings.SMS_QUERY_URL)


def ask(reference: str) -> Outcome | None:
    """What became of a message; None where the gateway gives no clear answer."""
    return sms_http.ask(reference)
