"""Every step changes a message only from the state it was read in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from diedie_edu.notices.actions import cancel
from diedie_edu.notices.channels.outcome import Outcome, accepted, not_sent, refused, unknown
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.phones import notify_of_code

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=5)


def _claim(now: datetime, limit: int = 10) -> steps.Batch:
    return steps.claim(Channel.SMS, limit, now)


@pytest.fixture
def started(make_notice: Callable[..., Notice], now: datetime) -> Attempt:
    """A message in the middle of its first call."""
    notice = make_notice()
    attempt = steps.start(notice, _claim(now).lease, now)
    assert attempt is not None
    return attempt


def _state(notice: Notice) -> str:
    return Notice.objects.get(pk=notice.pk).status


def test_claiming_takes_what_is_due_for_thirty_seconds(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    due = make_notice()
    make_notice(next_try_at=now + LATER)
    make_notice(channel=Channel.EMAIL)
    batch = _claim(now)
    due.refresh_from_db()
    assert batch.ids == [due.pk]
    assert (due.status, due.lease) == (Status.CLAIMED, batch.lease)
    assert due.lease_until == now + timedelta(seconds=30)
    assert _claim(now).ids == []


def test_codes_go_before_everything_that_waited_longer(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice(next_try_at=now - LATER)
    notify_of_code(
        phone="13800138000", code="1", purpose="sign_in", browser="b", language="en", now=now
    )
    assert _claim(now, limit=1).ids == [Notice.objects.get(recipient=None).pk]


def test_starting_counts_the_try_and_writes_the_attempt(started: Attempt, now: datetime) -> None:
    notice = Notice.objects.get()
    assert (notice.status, notice.tries) == (Status.SENDING, 1)
    assert (started.number, started.lease, started.started_at) == (1, notice.lease, now)


def test_a_message_is_started_once(started: Attempt, now: datetime) -> None:
    assert steps.start(started.notice, started.lease, now) is None
    assert Attempt.objects.count() == 1


def test_what_was_cancelled_after_its_claim_is_not_started(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    batch = _claim(now)
    assert cancel(subject=notice.subject, now=now) == 1
    assert steps.start(notice, batch.lease, now) is None
    assert _state(notice) == Status.CANCELLED


def test_what_is_on_its_way_cannot_be_cancelled(started: Attempt, now: datetime) -> None:
    assert cancel(subject=started.notice.subject, now=now) == 0


def test_a_lost_claim_starts_nothing(make_notice: Callable[..., Notice], now: datetime) -> None:
    notice = make_notice()
    _claim(now)
    assert steps.start(notice, uuid4(), now) is None


@pytest.mark.parametrize(
    ("outcome", "status", "settled"),
    [
        (accepted(), Status.SENT, True),
        (refused("HTTP 422"), Status.FAILED, True),
        (unknown(Reason.NO_ANSWER), Status.UNKNOWN, True),
        (not_sent(Reason.NOT_TAKEN, "HTTP 500"), Status.QUEUED, False),
    ],
)
def test_settling_ends_the_call_and_the_attempt(
    started: Attempt, now: datetime, outcome: Outcome, status: Status, settled: bool
) -> None:
    assert steps.settle(started, outcome, now + LATER)
    notice, attempt = Notice.objects.get(), Attempt.objects.get()
    assert (notice.status, notice.lease, notice.lease_until) == (status, None, None)
    assert notice.settled_at == (now + LATER if settled else None)
    assert (attempt.ended_at, attempt.outcome, attempt.reason, attempt.detail) == (
        now + LATER,
        outcome.status,
        outcome.reason,
        outcome.detail,
    )


def test_settling_twice_changes_nothing(started: Attempt, now: datetime) -> None:
    assert steps.settle(started, accepted(), now)
    assert not steps.settle(started, refused("HTTP 422"), now)
    assert _state(started.notice) == Status.SENT


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (accepted(), Status.SENT),
        (refused("HTTP 422"), Status.FAILED),
        (not_sent(Reason.NOT_TAKEN), Status.UNKNOWN),
    ],
)
def test_a_final_answer_after_the_lease_clears_up_the_unknown(
    started: Attempt, now: datetime, outcome: Outcome, status: Status
) -> None:
    steps.move(Notice.objects.all(), Status.UNKNOWN, now)
    steps.settle(started, outcome, now + LATER)
    assert _state(started.notice) == status


def test_an_answer_to_an_older_attempt_counts_no_more(started: Attempt, now: datetime) -> None:
    Notice.objects.update(status=Status.UNKNOWN, settled_at=now, lease=None, tries=2)
    assert not steps.settle(started, accepted(), now)
    assert _state(started.notice) == Status.UNKNOWN


def test_an_attempt_survives_a_clock_that_was_set_back(started: Attempt, now: datetime) -> None:
    assert steps.settle(started, accepted(), now - timedelta(hours=1))
    assert Attempt.objects.get().ended_at == now


def test_a_code_is_wiped_when_it_is_settled(now: datetime) -> None:
    notify_of_code(
        phone="13800138000", code="1", purpose="sign_in", browser="b", language="en", now=now
    )
    notice = Notice.objects.get()
    attempt = steps.start(notice, _claim(now).lease, now)
    steps.settle(attempt, not_sent(Reason.NOT_TAKEN), now)
    assert Notice.objects.get().sealed == notice.sealed
    steps.move(Notice.objects.all(), Status.SENT, now)
    assert Notice.objects.get().sealed == ""


def test_postponing_and_stopping_need_the_claim(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    batch = _claim(now)
    steps.stop(notice, uuid4(), Status.EXPIRED, now)
    steps.postpone(notice, uuid4(), now + LATER, now)
    assert _state(notice) == Status.CLAIMED
    steps.postpone(notice, batch.lease, now + LATER, now)
    notice.refresh_from_db()
    assert (notice.status, notice.next_try_at) == (Status.QUEUED, now + LATER)


def test_stopping_settles_without_a_call(make_notice: Callable[..., Notice], now: datetime) -> None:
    notice = make_notice()
    steps.stop(notice, _claim(now).lease, Status.SUPPRESSED, now)
    notice.refresh_from_db()
    assert (notice.status, notice.settled_at, notice.tries) == (Status.SUPPRESSED, now, 0)


def test_releasing_gives_back_only_what_was_not_started(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    first, second = make_notice(), make_notice()
    batch = _claim(now)
    steps.start(first, batch.lease, now)
    steps.release(batch, now)
    assert (_state(first), _state(second)) == (Status.SENDING, Status.QUEUED)
