"""From the claim to the settled message, against a gateway that answers as it likes."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from pytest_django import Settings

from diedie_edu.notices.actions import cancel
from diedie_edu.notices.channels.outcome import Letter, Outcome, accepted
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.outbox import calls, steps
from diedie_edu.notices.phones import notify_of_code
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.models import Resident
from tests.chaos.gateway import Gateway, Mood
from tests.support.approving import approve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def _deliver(channel: Channel = Channel.SMS) -> int:
    return calls.deliver_by(channel, time.monotonic() + 60)


def _accept(letter: Letter) -> Outcome:
    return accepted()


@pytest.mark.parametrize(
    ("mood", "status", "reason", "accepted_by_gateway"),
    [
        (Mood.ACCEPT, Status.SENT, Reason.ACCEPTED, 1),
        (Mood.ACCEPT_SLOWLY, Status.SENT, Reason.ACCEPTED, 1),
        (Mood.FAIL, Status.QUEUED, Reason.NOT_TAKEN, 0),
        (Mood.BUSY, Status.QUEUED, Reason.NOT_TAKEN, 0),
        (Mood.REFUSE, Status.FAILED, Reason.REFUSED, 0),
        (Mood.HANG, Status.UNKNOWN, Reason.NO_ANSWER, 0),
        (Mood.CUT, Status.UNKNOWN, Reason.NO_ANSWER, 0),
        (Mood.ACCEPT_AND_CUT, Status.UNKNOWN, Reason.NO_ANSWER, 1),
        (Mood.ACCEPT_AND_HANG, Status.UNKNOWN, Reason.NO_ANSWER, 1),
        (Mood.ACCEPT_AND_BABBLE, Status.UNKNOWN, Reason.NO_ANSWER, 1),
    ],
)
def test_each_answer_leads_to_its_state(
    gateway: Gateway,
    make_notice: Callable[..., Notice],
    mood: Mood,
    status: Status,
    reason: Reason,
    accepted_by_gateway: int,
) -> None:
    notice = make_notice()
    gateway.mood = lambda: mood
    assert _deliver() == 1
    assert Notice.objects.get().status == status
    assert Attempt.objects.get().reason == reason
    assert gateway.ledger[str(notice.reference)] == accepted_by_gateway


def test_the_gateway_gets_reference_phone_and_text(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    notice = make_notice()
    _deliver()
    (message,) = gateway.messages
    assert (message["reference"], message["phone"]) == (str(notice.reference), "13800138000")
    assert "春季养生" in message["text"]


def test_the_gateway_gets_template_and_variables_that_make_up_the_text(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    approve("activities.seated.zh-hans", code="SMS_1")
    notice = make_notice()
    _deliver()
    (message,) = gateway.messages
    assert message["template"] == "SMS_1"
    assert message["variables"] == {
        "title": "春季养生",
        "starts_at": "11月28日（周六）09:30",
        "venue": "图书室",
        "key": key_of(notice.reference),
    }
    assert all(value in message["text"] for value in message["variables"].values())


def test_a_busy_gateway_is_left_alone_as_long_as_it_asks(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice()
    gateway.mood, gateway.retry_after = lambda: Mood.BUSY, "77"
    _deliver()
    assert Notice.objects.get().next_try_at == now + timedelta(seconds=77)
    assert _deliver() == 0


@pytest.mark.parametrize(("mood", "called"), [(Mood.BUSY, 1), (Mood.FAIL, 1), (Mood.REFUSE, 3)])
def test_an_ailing_gateway_costs_one_message_a_try(
    gateway: Gateway, make_notice: Callable[..., Notice], mood: Mood, called: int
) -> None:
    for _ in range(3):
        make_notice()
    gateway.mood = lambda: mood
    assert _deliver() == called
    waiting = Notice.objects.filter(status=Status.QUEUED, tries=0)
    assert waiting.count() == 3 - called


def test_a_gateway_out_of_reach_was_certainly_not_reached(
    gateway: Gateway, make_notice: Callable[..., Notice], settings: Settings
) -> None:
    settings.SMS_URL = "http://127.0.0.1:9/messages"
    make_notice()
    _deliver()
    assert Notice.objects.get().status == Status.QUEUED
    assert Attempt.objects.get().reason == Reason.NO_CONNECTION


def test_failed_tries_keep_their_reference_and_their_history(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    moods = iter([Mood.FAIL, Mood.BUSY, Mood.ACCEPT])
    gateway.mood = lambda: next(moods)
    for minutes in (0, 10, 20):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            _deliver()
    assert Notice.objects.get().status == Status.SENT
    outcomes = Attempt.objects.values_list("number", "outcome")
    assert list(outcomes) == [(1, "queued"), (2, "queued"), (3, "sent")]
    assert gateway.ledger == {str(notice.reference): 1}


def test_at_night_only_codes_go_out(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice()
    night = now.replace(hour=22)
    with time_machine.travel(night, tick=False):
        notify_of_code(
            phone="13900139000",
            code="123456",
            purpose="sign_in",
            browser="b",
            language="en",
            now=night,
        )
        _deliver()
    (message,) = gateway.messages
    assert "123456" in message["text"]
    waiting = Notice.objects.get(status=Status.QUEUED)
    assert waiting.next_try_at == night.replace(hour=8) + timedelta(days=1)


def test_wishes_and_addresses_count_at_the_last_moment(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    unwanted, unreachable = make_notice(), make_notice()
    Resident.objects.filter(pk=unwanted.recipient_id).update(wants_sms=False)
    Resident.objects.filter(pk=unreachable.recipient_id).update(
        phone="0757-81234567", phone_key="1:075781234567", account=None
    )
    assert _deliver() == 0
    assert set(Notice.objects.values_list("status", flat=True)) == {Status.SUPPRESSED}
    assert not Attempt.objects.exists()


def test_what_comes_too_late_is_not_sent(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice(expires_at=now)
    assert _deliver() == 0
    assert Notice.objects.get().status == Status.EXPIRED


def test_a_message_cancelled_meanwhile_is_passed_over(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    first, second = make_notice(), make_notice()
    batch = steps.claim(Channel.SMS, 10, now)

    def send(letter: Letter) -> Outcome:
        cancel(subject=second.subject, now=now)
        return accepted()

    sent = [calls.deliver_one(pk, batch.lease, send) for pk in (first.pk, second.pk)]
    assert sent == [accepted(), None]


def test_a_broken_call_of_a_text_message_is_not_repeated(
    make_notice: Callable[..., Notice], now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    notice = make_notice()
    batch = steps.claim(Channel.SMS, 10, now)

    def send(letter: Letter) -> Outcome:
        raise RuntimeError(letter.address)

    with caplog.at_level(logging.DEBUG):
        calls.deliver_one(notice.pk, batch.lease, send)
    assert Notice.objects.get().status == Status.UNKNOWN
    assert Attempt.objects.get().detail == "RuntimeError"
    assert "13800138000" not in caplog.text


def test_a_message_that_cannot_be_written_fails_visibly(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    make_notice(kind="nobody.knows")
    _deliver()
    assert Notice.objects.get().status == Status.FAILED
    assert Attempt.objects.get().reason == Reason.FAULT
    assert not gateway.messages


def test_a_process_that_stood_still_does_not_call_any_more(
    gateway: Gateway,
    make_notice: Callable[..., Notice],
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_notice()
    write = calls._letter

    def write_after_a_long_sleep(*given: object) -> Letter:
        clock.shift(60)
        return write(*given)

    monkeypatch.setattr(calls, "_letter", write_after_a_long_sleep)
    _deliver()
    assert Notice.objects.get().status == Status.QUEUED
    assert not gateway.messages


def test_time_over_gives_the_rest_back(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice()
    batch = steps.claim(Channel.SMS, 10, now)
    way = calls.WAYS[Channel.SMS]
    assert calls._deliver_batch(batch, _accept, way, time.monotonic() - 1) == []
    assert Notice.objects.get().status == Status.QUEUED


def test_e_mail_carries_one_message_id_however_often_it_is_sent(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice(channel=Channel.EMAIL)
    for _ in range(2):
        assert _deliver(Channel.EMAIL) == 1
        steps.move(Notice.objects.all(), Status.QUEUED, now)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"].endswith("@127.0.0.1>")
    assert second.extra_headers == first.extra_headers
    assert first.to == ["li@example.org"]
    assert f"http://127.0.0.1:8000/m/{key_of(notice.reference)}" in first.body


def test_mail_servers_learn_no_key_to_a_page(make_notice: Callable[..., Notice]) -> None:
    """They log the headers."""
    notice = make_notice(channel=Channel.EMAIL)
    _deliver(Channel.EMAIL)
    headers = str(mail.outbox[0].extra_headers)
    assert not any(text in headers for text in (str(notice.reference), notice.reference.hex))


def test_a_lease_of_another_is_left_alone(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    steps.claim(Channel.SMS, 10, now)
    assert not calls.deliver_one(notice.pk, uuid4(), _accept)
    assert Notice.objects.get().status == Status.CLAIMED
