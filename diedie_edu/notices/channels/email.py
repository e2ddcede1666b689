"""E-mail through Django's backend: at least once, always with the same Message-ID."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.outside import within
from diedie_edu.notices.channels.outcome import Letter, Outcome, accepted, not_sent, refused
from diedie_edu.notices.models import Reason

PURPOSE = "notices.message-id"
PERMANENT = 500  # SMTP answers from here on will be the same next time


@contextmanager
def mailer() -> Iterator[Callable[[Letter], Outcome]]:
    """What sends a batch over one connection, opened with its first letter."""
    connection = get_connection()
    try:
        yield partial(_send, connection)
    finally:
        with within(settings.EMAIL_TIMEOUT):
            _hang_up(connection)


def _send(connection: Any, letter: Letter) -> Outcome:
    with within(settings.EMAIL_TIMEOUT):
        return _sent(connection, letter)


def _sent(connection: Any, letter: Letter) -> Outcome:
    try:
        connection.open()
        connection.send_messages([_message(letter)])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        return _answer(min(codes, default=PERMANENT))
    except smtplib.SMTPDataError as error:
        return _answer(error.smtp_code)
    except (OSError, smtplib.SMTPException) as error:
        # The same Message-ID again does no harm, so an unclear end is tried again too.
        _hang_up(connection)
        return not_sent(Reason.NO_CONNECTION, type(error).__name__, ailing=True)
    return accepted()


def _answer(code: int) -> Outcome:
    said = f"SMTP {code}"
    return refused(said) if code >= PERMANENT else not_sent(Reason.NOT_TAKEN, said)


def _message(letter: Letter) -> EmailMessage:
    host = urlsplit(settings.PORTAL_URL).hostname
    headers = {
        # Not the reference itself, which is a key to the page: mail servers log this.
        "Message-ID": f"<{keyed_hash(letter.reference, PURPOSE)[:32]}@{host}>",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(letter.title, letter.text, to=[letter.address], headers=headers)


def _hang_up(connection: Any) -> None:
    with suppress(OSError, smtplib.SMTPException):
        connection.close()
