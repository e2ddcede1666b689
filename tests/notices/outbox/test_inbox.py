"""Messages in the portal: thousands in one statement, each exactly once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import cancel, notify
from diedie_edu.notices.models import Attempt, Channel, Notice, Status
from diedie_edu.notices.outbox.inbox import BATCH, deliver_inbox
from diedie_edu.people.models import Resident
from tests.notices.conftest import FACTS

pytestmark = pytest.mark.django_db


def test_due_messages_arrive_and_the_others_wait(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    due = make_notice(channel=Channel.INBOX)
    make_notice(channel=Channel.INBOX, next_try_at=now + timedelta(seconds=1))
    make_notice()
    assert deliver_inbox(now) == 1
    due.refresh_from_db()
    assert (due.status, due.settled_at) == (Status.DELIVERED, now)
    assert deliver_inbox(now) == 0
    assert not Attempt.objects.exists()


def test_what_nobody_can_open_is_not_delivered(
    make_notice: Callable[..., Notice],
    make_resident: Callable[..., Resident],
    resident_user: User,
    stranger: User,
    now: datetime,
) -> None:
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    for person in (resident_user.resident, stranger.resident, make_resident()):
        make_notice(person, Channel.INBOX)
    deliver_inbox(now)
    states = list(Notice.objects.order_by("pk").values_list("status", flat=True))
    assert states == [Status.DELIVERED, Status.SUPPRESSED, Status.SUPPRESSED]


@pytest.mark.parametrize("is_active", [True, False])
def test_an_account_opens_its_own(staff_user: User, now: datetime, is_active: bool) -> None:
    people = {"accounts": [staff_user.pk], "channels": [Channel.INBOX]}
    notify(kind=SEATED, subject="s", data=FACTS, now=now, **people)
    User.objects.filter(pk=staff_user.pk).update(is_active=is_active)
    deliver_inbox(now)
    wanted = Status.DELIVERED if is_active else Status.SUPPRESSED
    assert Notice.objects.get().status == wanted


def test_a_message_past_its_time_does_not_arrive(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    make_notice(channel=Channel.INBOX, expires_at=now)
    deliver_inbox(now)
    assert Notice.objects.get().status == Status.EXPIRED


def test_a_cancelled_message_does_not_arrive(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice(channel=Channel.INBOX)
    cancel(subject=notice.subject, now=now)
    assert deliver_inbox(now) == 0
    assert Notice.objects.get().status == Status.CANCELLED


def test_a_statement_takes_a_bounded_number(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = Resident.objects.bulk_create(Resident(full_name="居民") for _ in range(BATCH + 1))
    people = [resident.pk for resident in made]
    notify(kind=SEATED, recipients=people, subject="s", data=FACTS, now=now, channels=["inbox"])
    with django_assert_num_queries(3):  # the statement between two savepoints
        assert deliver_inbox(now) == BATCH
    assert deliver_inbox(now) == 1
