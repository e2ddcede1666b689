"""Two processes over the same messages; each guard with a control that fails without it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices.actions import cancel, notify, send_again
from diedie_edu.notices.actions.seen import note_reached
from diedie_edu.notices.models import Channel, Notice, Reached, Status
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.outbox.calls import deliver_by
from diedie_edu.notices.outbox.inbox import deliver_inbox
from diedie_edu.people.models import Resident
from tests.chaos import unguarded
from tests.chaos.gateway import Gateway
from tests.notices.conftest import FACTS
from tests.support.races import all_look_first, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
FOR_EVER = float("inf")


def _send_all() -> int:
    return deliver_by(Channel.SMS, FOR_EVER)


def test_four_processes_call_each_number_once(
    gateway: Gateway, make_notice: Callable[..., Notice]
) -> None:
    for _ in range(40):
        make_notice()
    assert sum(together(*[_send_all] * 4)) == 40
    assert set(gateway.ledger.values()) == {1}
    assert set(Notice.objects.values_list("status", flat=True)) == {Status.SENT}


def test_control_without_compare_and_set_numbers_are_called_twice(
    gateway: Gateway, make_notice: Callable[..., Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(20):
        make_notice()
    for name, replacement in unguarded.REPLACEMENTS:
        monkeypatch.setattr(name, replacement)
    all_look_first(monkeypatch, unguarded, "due_ids", threads=4)
    together(*[_send_all] * 4)
    assert gateway.duplicates


def test_one_claim_is_started_by_one_of_eight(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice()
    batch = steps.claim(Channel.SMS, 10, now)
    attempts = together(*[lambda: steps.start(notice, batch.lease, now)] * 8)
    assert len([attempt for attempt in attempts if attempt]) == 1


def test_either_the_cancellation_or_the_start_wins(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    for _ in range(10):
        notice = make_notice()
        batch = steps.claim(Channel.SMS, 10, now)
        cancelled, attempt = together(
            partial(cancel, subject=notice.subject, now=now),
            partial(steps.start, notice, batch.lease, now),
        )
        notice.refresh_from_db()
        assert bool(cancelled) != bool(attempt)
        assert notice.status == (Status.CANCELLED if cancelled else Status.SENDING)


def test_four_processes_deliver_each_inbox_message_once(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    for _ in range(40):
        make_notice(channel=Channel.INBOX)
    assert sum(together(*[lambda: deliver_inbox(now)] * 4)) == 40
    assert set(Notice.objects.values_list("tries", flat=True)) == {1}


def test_planning_at_the_same_moment_plans_once(
    make_resident: Callable[..., Resident], now: datetime
) -> None:
    people = [make_resident().pk for _ in range(20)]
    given = {"kind": SEATED, "subject": "s", "data": FACTS, "now": now}
    assert sum(together(*[lambda: notify(recipients=people, **given)] * 4)) == 40


def test_staff_who_tap_at_the_same_moment_send_it_once(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    notice = make_notice(status=Status.FAILED, settled_at=now)
    new = together(*[lambda: send_again(notice=notice, by=staff_user, now=now)] * 4)
    assert len(Counter(row.pk for row in new)) == 1


def test_a_lease_is_one_process_alone(make_notice: Callable[..., Notice], now: datetime) -> None:
    make_notice()
    batches = together(*[lambda: steps.claim(Channel.SMS, 10, now)] * 4)
    leases: list[UUID] = [batch.lease for batch in batches if batch.ids]
    assert leases == [Notice.objects.get().lease]
    assert uuid4() not in leases


# --- The call list ---------------------------------------------------------------------


def test_eight_taps_at_once_are_one_call(
    make_notice: Callable[..., Notice], staff_user: User, now: datetime
) -> None:
    notice = make_notice(status=Status.FAILED, settled_at=now)
    together(*[partial(note_reached, notice=notice, by=staff_user, now=now)] * 8)
    assert Reached.objects.count() == 1


def test_an_alarm_told_by_four_at_once_is_one_on_the_desk(staff_user: User, now: datetime) -> None:
    alarm = replace(SEATED, alarm=True)
    told = {"accounts": [staff_user.pk], "subject": "child:1", "data": FACTS, "now": now}
    together(*[partial(notify, kind=alarm, **told)] * 4)
    channels = Notice.objects.values_list("channel", flat=True)
    assert sorted(channels) == ["desk", "inbox", "sms"]
