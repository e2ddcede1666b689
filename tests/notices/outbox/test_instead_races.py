"""WeChat's answer and the text message at the same moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction

from diedie_edu.activities.messages import SEATED
from diedie_edu.notices import actions
from diedie_edu.notices.actions import wechat as ties
from diedie_edu.notices.channels.outcome import accepted, unwanted
from diedie_edu.notices.models import Attempt, Channel, Notice, Status
from diedie_edu.notices.outbox import steps
from diedie_edu.people.models import Resident
from tests.notices.conftest import FACTS
from tests.support.by_wechat import OPENID, claimed, states, tell
from tests.support.races import meanwhile, together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]


@contextmanager
def both_in_hand(now: datetime) -> Iterator[tuple[Attempt, Notice, steps.Batch]]:
    """The text waited long enough and is claimed; WeChat's answer is about to come."""
    lease = steps.claim(Channel.WECHAT, 1, now).lease
    attempt = steps.start(Notice.objects.get(channel="wechat"), lease, now)
    batch = steps.claim(Channel.SMS, 1, now + timedelta(minutes=5))
    assert attempt is not None
    yield attempt, Notice.objects.get(pk=batch.ids[0]), batch


def test_either_the_text_starts_or_it_is_told(person: Resident, now: datetime) -> None:
    for number in range(8):
        told = {"kind": SEATED, "subject": f"s{number}", "data": FACTS, "now": now}
        actions.notify(recipients=[person.pk], channels=[Channel.SMS], **told)
        with both_in_hand(now) as (attempt, text, batch):
            _settled, started = together(
                partial(steps.settle, attempt, accepted(), now),
                partial(steps.start, text, batch.lease, now),
            )
        text.refresh_from_db()
        assert text.status == (Status.SENDING if started else Status.SUPPRESSED)
        Notice.objects.all().delete()


def test_a_claim_beside_the_answer_never_sends_what_was_told(
    person: Resident, now: datetime
) -> None:
    """Right after WeChat's yes, which nobody can see yet, others look for what is due."""

    tell(person, now)
    lease = steps.claim(Channel.WECHAT, 1, now).lease
    attempt = steps.start(Notice.objects.get(channel="wechat"), lease, now)
    assert attempt is not None
    with transaction.atomic():
        steps.settle(attempt, accepted(), now)
        claim = meanwhile(partial(claimed, now + timedelta(minutes=6)))
    assert claim.result(30) == 0
    assert states() == {"wechat": "sent", "sms": "suppressed"}


def test_control_without_the_lock_on_the_state_both_go(
    person: Resident, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `spare_text` looked first and wrote then, the text that has started would be told."""

    def careless(wechat: Notice, at: datetime) -> None:
        Notice.objects.filter(event=wechat.event, channel="sms").update(
            status="suppressed", settled_at=at, told_with=wechat, lease=None
        )

    monkeypatch.setattr(steps, "spare_text", careless)
    tell(person, now)
    with both_in_hand(now) as (attempt, text, batch):
        started = steps.start(text, batch.lease, now)
        steps.settle(attempt, accepted(), now)
    text.refresh_from_db()
    assert started
    assert text.status == Status.SUPPRESSED


def test_either_the_end_of_the_tie_or_the_start_wins(person: Resident, now: datetime) -> None:
    for number in range(6):
        ties.tie(account=person.account, openid=f"{OPENID}-{number}", now=now)
        Notice.objects.all().delete()
        tell(person, now)
        notice, lease = Notice.objects.get(channel="wechat"), None
        lease = steps.claim(Channel.WECHAT, 1, now).lease
        _ended, attempt = together(
            partial(ties.end_own, account=person.account, now=now),
            partial(steps.start, notice, lease, now),
        )
        notice.refresh_from_db()
        assert notice.status == (Status.SENDING if attempt else Status.QUEUED)


def test_a_no_after_the_text_has_started_changes_nothing(person: Resident, now: datetime) -> None:
    tell(person, now)
    with both_in_hand(now) as (attempt, text, batch):
        steps.start(text, batch.lease, now)
        steps.settle(attempt, unwanted("wechat.43004"), now)
    assert states() == {"wechat": "suppressed", "sms": "sending"}
