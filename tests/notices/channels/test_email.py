"""E-mail over one connection; what the server says decides."""

import re
import smtplib
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from pytest_django import Settings

from diedie_edu.notices.channels.email import mailer
from diedie_edu.notices.channels.outcome import Letter
from diedie_edu.notices.models import Reason, Status

LETTER = Letter(reference="r-1", address="li@example.org", title="提醒", text="您好")


class Scripted(EmailBackend):
    """Raises what the test put down, one after the other."""

    faults: list[Exception] = []
    opened = closed = 0

    def open(self) -> None:
        Scripted.opened += 1

    def close(self) -> None:
        Scripted.closed += 1

    def send_messages(self, messages: list) -> int:
        if self.faults:
            raise self.faults.pop(0)
        return super().send_messages(messages)


@pytest.fixture
def faults(settings: Settings) -> list[Exception]:
    settings.EMAIL_BACKEND = f"{__name__}.Scripted"
    Scripted.opened = Scripted.closed = 0
    Scripted.faults = []
    return Scripted.faults


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (
            lambda: smtplib.SMTPRecipientsRefused({"li@example.org": (550, b"no such user")}),
            Status.FAILED,
            Reason.REFUSED,
        ),
        (
            lambda: smtplib.SMTPRecipientsRefused({"li@example.org": (450, b"greylisted")}),
            Status.QUEUED,
            Reason.NOT_TAKEN,
        ),
        (lambda: smtplib.SMTPDataError(554, b"spam"), Status.FAILED, Reason.REFUSED),
        (lambda: smtplib.SMTPDataError(451, b"later"), Status.QUEUED, Reason.NOT_TAKEN),
        (
            lambda: smtplib.SMTPAuthenticationError(535, b"bad password"),
            Status.QUEUED,
            Reason.NO_CONNECTION,
        ),
        (lambda: smtplib.SMTPServerDisconnected(), Status.QUEUED, Reason.NO_CONNECTION),
        (lambda: TimeoutError(), Status.QUEUED, Reason.NO_CONNECTION),
        (lambda: ConnectionRefusedError(), Status.QUEUED, Reason.NO_CONNECTION),
    ],
)
def test_each_fault_has_one_meaning(
    faults: list, fault: Callable[[], Exception], status: Status, reason: Reason
) -> None:
    faults.append(fault())
    with mailer() as send:
        outcome = send(LETTER)
        assert (outcome.status, outcome.reason) == (status, reason)
        assert send(LETTER).status == Status.SENT
    assert len(mail.outbox) == 1


def test_no_detail_quotes_the_mailbox(faults: list) -> None:
    faults.append(smtplib.SMTPRecipientsRefused({"li@example.org": (550, b"li@example.org?")}))
    with mailer() as send:
        assert "example.org" not in send(LETTER).detail


def test_a_broken_connection_is_opened_anew(faults: list) -> None:
    faults.append(smtplib.SMTPServerDisconnected())
    with mailer() as send:
        send(LETTER)
    assert Scripted.closed == 2  # after the fault, and in the end


def test_a_letter_names_its_machine_and_stays_the_same(faults: list) -> None:
    with mailer() as send:
        send(LETTER)
        send(LETTER)
    first, second = mail.outbox
    assert first.subject == "提醒"
    assert re.fullmatch(r"<[0-9a-f]{32}@127\.0\.0\.1>", first.message()["Message-ID"])
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Auto-Submitted"] == "auto-generated"
