"""What a killed process leaves behind is picked up, asked about, and in the end erased."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import send_again
from diedie_edu.notices.models import GONE, Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.outbox.upkeep import forget_what_was_sent, reap, reconcile, tidy
from diedie_edu.notices.phones import notify_of_code, notify_phone
from diedie_edu.notices.queries.links import page_behind
from diedie_edu.notices.text_messages import key_of
from tests.chaos.gateway import Gateway
from tests.notices.conftest import FACTS

pytestmark = pytest.mark.django_db
LEASE, MINUTE, DAY = timedelta(seconds=30), timedelta(minutes=1), timedelta(days=1)


def _started(notice: Notice, now: datetime) -> Notice:
    """The process dies right after the last write before the network."""
    batch = steps.claim(Channel(notice.channel), 10, now)
    steps.start(notice, batch.lease, now)
    return notice


def _asked(now: datetime) -> int:
    return reconcile(now, time.monotonic() + 60)


def _tidied(now: datetime) -> int:
    return tidy(now, time.monotonic() + 60)


def test_nothing_is_reaped_before_its_lease_ends(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    _started(make_notice(), now)
    assert reap(now + LEASE - timedelta(seconds=1)) == 0


def test_what_was_only_claimed_waits_again(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice()
    steps.claim(Channel.SMS, 10, now)
    assert reap(now + LEASE) == 1
    notice = Notice.objects.get()
    assert (notice.status, notice.lease, notice.tries) == (Status.QUEUED, None, 0)


def test_a_text_message_in_the_middle_of_its_call_is_unknown(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    _started(make_notice(), now)
    assert reap(now + LEASE) == 1
    notice, attempt = Notice.objects.get(), Attempt.objects.get()
    assert (notice.status, notice.settled_at) == (Status.UNKNOWN, now + LEASE)
    assert (attempt.outcome, attempt.reason) == (Status.UNKNOWN, Reason.CUT_OFF)
    assert attempt.ended_at == now + LEASE


def test_an_e_mail_in_the_middle_of_its_call_is_sent_again(
    make_notice: Callable[..., Notice], now: datetime, settings: Settings
) -> None:
    settings.NOTICE_RETRIES = [10]
    notice = make_notice(channel=Channel.EMAIL)
    _started(notice, now)
    reap(now + LEASE)
    assert Notice.objects.get().status == Status.QUEUED
    _started(Notice.objects.get(), now + LEASE)
    reap(now + 2 * LEASE)
    assert Notice.objects.get().status == Status.UNKNOWN  # but not for ever


def test_a_code_in_the_middle_of_its_call_is_wiped(now: datetime) -> None:
    notify_of_code(
        phone="13800138000", code="1", purpose="sign_in", browser="b", language="en", now=now
    )
    _started(Notice.objects.get(), now)
    reap(now + LEASE)
    notice = Notice.objects.get()
    assert (notice.status, notice.sealed) == (Status.UNKNOWN, "")


def test_a_lease_from_before_the_clock_was_set_back_ends(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice(next_try_at=now - DAY)
    steps.claim(Channel.SMS, 10, now)
    assert reap(now - timedelta(hours=1)) == 1


def _unknown(notice: Notice, now: datetime) -> Notice:
    _started(notice, now - LEASE)
    reap(now)
    return notice


def test_an_unknown_message_that_the_gateway_has_is_sent(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = _unknown(make_notice(next_try_at=now - DAY), now)
    gateway.ledger[str(notice.reference)] = 1
    assert _asked(now) == 0  # a call may still be under way
    assert _asked(now + MINUTE) == 1
    assert Notice.objects.get().status == Status.SENT
    assert Attempt.objects.get().reason == Reason.ASKED


def test_an_unknown_message_that_the_gateway_never_got_is_sent_anew(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    _unknown(make_notice(next_try_at=now - DAY), now)
    assert _asked(now + MINUTE) == 1
    notice = Notice.objects.get()
    assert (notice.status, notice.settled_at) == (Status.QUEUED, None)


def test_what_staff_sent_again_is_not_sent_anew_besides(
    gateway: Gateway, make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    notice = _unknown(make_notice(next_try_at=now - DAY), now)
    new = send_again(notice=notice, by=staff_user, now=now)
    assert _asked(now + MINUTE) == 0
    assert dict(Notice.objects.values_list("pk", "status")) == {
        notice.pk: Status.UNKNOWN,
        new.pk: Status.QUEUED,
    }


def test_a_gateway_that_does_not_answer_is_asked_later_and_later(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    _unknown(make_notice(next_try_at=now - DAY), now)
    gateway.answers_queries = False
    assert _asked(now + 2 * MINUTE) == 0
    assert Notice.objects.get().next_try_at == now + 4 * MINUTE
    gateway.answers_queries = True
    assert _asked(now + 3 * MINUTE) == 0
    assert _asked(now + 4 * MINUTE) == 1


def test_after_a_day_nobody_asks_any_more(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime
) -> None:
    _unknown(make_notice(next_try_at=now - DAY), now)
    assert _asked(now + DAY) == 0
    assert Notice.objects.get().status == Status.UNKNOWN


def test_a_gateway_that_cannot_be_asked_leaves_it_unknown(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime, settings: Settings
) -> None:
    settings.SMS_QUERY_URL = ""
    _unknown(make_notice(next_try_at=now - DAY), now)
    assert _asked(now + MINUTE) == 0
    assert Notice.objects.get().status == Status.UNKNOWN


def test_old_messages_are_erased_with_their_attempts(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime, settings: Settings
) -> None:
    settings.NOTICE_KEEP_DAYS = 400
    kept = make_notice(status=Status.SENT, settled_at=now - 400 * DAY)
    old = make_notice(status=Status.FAILED, settled_at=now - 401 * DAY)
    again = send_again(notice=old, by=staff_user, now=now)
    Attempt.objects.create(notice=old, number=1, lease=old.reference, started_at=now)
    assert _tidied(now) == 1
    assert set(Notice.objects.all()) == {kept, again}
    assert not Attempt.objects.exists()


def test_a_number_that_is_nobodys_is_taken_out_after_a_day(now: datetime) -> None:
    """The message stays, so that the short link in it leads somewhere."""
    about = {"kind": SEATED, "language": "en", "subject": "activity:7", "data": FACTS}
    notify_phone(phone="13800138000", now=now, **about)
    steps.move(Notice.objects.all(), Status.SENT, now)
    assert _tidied(now + 2 * DAY) == 0
    assert Notice.objects.get().address == GONE
    assert page_behind(key_of(Notice.objects.get().reference)) == "/activities/7/"


def test_the_phone_of_a_code_is_forgotten_after_a_day(now: datetime) -> None:
    notify_of_code(
        phone="13800138000", code="1", purpose="sign_in", browser="b", language="en", now=now
    )
    steps.move(Notice.objects.all(), Status.SENT, now)
    assert _tidied(now + DAY) == 0
    assert _tidied(now + 2 * DAY) == 1


def test_after_a_restore_what_was_due_is_not_sent_by_itself(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    due, later = make_notice(next_try_at=now - MINUTE), make_notice(next_try_at=now + MINUTE)
    taken = _started(make_notice(next_try_at=now), now)
    inbox = make_notice(channel=Channel.INBOX, next_try_at=now - MINUTE)
    forget_what_was_sent(now)
    found = dict(Notice.objects.values_list("pk", "status"))
    assert found[due.pk] == Status.UNKNOWN
    assert (found[later.pk], found[inbox.pk]) == (Status.QUEUED, Status.QUEUED)
    assert taken.pk in found
