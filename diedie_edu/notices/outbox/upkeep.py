"""What other processes left behind: leases that ran out, answers that never came, old rows."""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest

from diedie_edu.common.crypto import hash_matches
from diedie_edu.notices import bearers
from diedie_edu.notices.channels import sms
from diedie_edu.notices.channels.outcome import Outcome, Sent
from diedie_edu.notices.models import (
    CODE,
    GONE,
    IN_HAND,
    Attempt,
    Channel,
    Notice,
    Reached,
    Reason,
    Status,
    WeChatCode,
    WeChatTie,
)
from diedie_edu.notices.outbox.steps import lease_end, move
from diedie_edu.notices.queries.addresses import with_address
from diedie_edu.notices.rules.addresses import address_of
from diedie_edu.notices.rules.sending import seconds, settle_as

BATCH = 500
ASK_FOR = timedelta(days=1)
NUMBERS_ARE_KEPT = timedelta(days=1)


@transaction.atomic
def reap(now: datetime) -> int:
    """End leases that ran out; returns how many.

    What was only claimed is queued again. What was being sent may have gone out: an e-mail is
    sent again under its Message-ID, a text message becomes unknown. A lease that ends later
    than any could is from before the clock was set back.
    """
    ran_out = Q(lease_until__lte=now) | Q(lease_until__gt=lease_end(lease_end(now)))
    rows = Notice.objects.filter(ran_out, status__in=IN_HAND).order_by("pk")
    ids = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:BATCH])
    overdue = Notice.objects.filter(pk__in=ids)
    sending = overdue.filter(status=Status.SENDING)
    _end_attempts(sending, now)
    repeatable = Q(channel=Channel.EMAIL, tries__lte=len(settings.NOTICE_RETRIES))
    move(sending.exclude(repeatable), Status.UNKNOWN, now, next_try_at=_ask_at(now))
    move(overdue.filter(status__in=IN_HAND), Status.QUEUED, now)
    return len(ids)


def _end_attempts(sending: QuerySet[Notice], now: datetime) -> None:
    Attempt.objects.filter(notice__in=sending, ended_at=None).update(
        ended_at=Greatest(Value(now), F("started_at")),
        outcome=Status.UNKNOWN,
        reason=Reason.CUT_OFF,
    )


def reconcile(now: datetime, deadline: float) -> int:
    """Ask the gateway what became of unknown text messages; returns how many were cleared up.

    First after NOTICE_ASK_AFTER, when nothing of the call can be under way any more, then in
    growing intervals for a day.
    """
    if not sms.can_be_asked():
        return 0
    unclear = Notice.objects.filter(
        channel=Channel.SMS, status=Status.UNKNOWN, next_try_at__lte=now
    ).filter(settled_at__gt=now - ASK_FOR, again=None)
    cleared = 0
    for notice in with_address(unclear).order_by("next_try_at")[:BATCH]:
        if time.monotonic() >= deadline:
            break
        cleared += _clear_up(notice, now)
    return cleared


def _clear_up(notice: Notice, now: datetime) -> bool:
    """Ask about one, if no other process just does."""
    seen = Notice.objects.filter(pk=notice.pk, status=Status.UNKNOWN, tries=notice.tries)
    unknown_for = now - (notice.settled_at or now)
    again_at = now + max(unknown_for, seconds(settings.NOTICE_ASK_AFTER))
    if not seen.filter(next_try_at=notice.next_try_at).update(next_try_at=again_at):
        return False
    outcome = sms.ask(_call_of(notice))
    if outcome is None:
        return False
    return _write_down(seen, notice, outcome, now)


def _call_of(notice: Notice) -> Sent:
    """The call of which nobody knows; without its address where that is another by now."""
    attempt = notice.attempts.filter(number=notice.tries).first()
    address = address_of(notice)
    is_same = attempt is not None and hash_matches(address, attempt.sent_to, bearers.PURPOSE)
    at = attempt.started_at if attempt else notice.created_at
    return Sent(str(notice.reference), address if is_same else "", at)


@transaction.atomic
def _write_down(seen: QuerySet[Notice], notice: Notice, outcome: Outcome, now: datetime) -> bool:
    """Settle by the gateway's word, unless staff have sent another in its place meanwhile."""
    if not seen.select_for_update().exists() or Notice.objects.filter(again_of=notice).exists():
        return False
    settlement = settle_as(outcome, notice, notice.tries, now)
    move(seen, settlement.status, now, next_try_at=settlement.next_try_at)
    notice.attempts.filter(number=notice.tries).update(
        outcome=outcome.status, reason=outcome.reason, detail=outcome.detail
    )
    return True


def _ask_at(now: datetime) -> datetime:
    return now + seconds(settings.NOTICE_ASK_AFTER)


def forget_what_was_sent(now: datetime) -> int:
    """After a restore: what was due when the back-up was made may have been sent since. Nobody
    knows, so it is not sent by itself; staff see it among what did not surely arrive."""
    due = Notice.objects.filter(next_try_at__lte=now, status__in=(Status.QUEUED, *IN_HAND))
    return move(due.exclude(channel=Channel.INBOX), Status.UNKNOWN, now)


def tidy(now: datetime, deadline: float) -> int:
    """Erase old messages: one-time codes after a day, others after NOTICE_KEEP_DAYS; of those to
    a number alone the number goes after a day. Ended ties of a WeChat go with them."""
    kept_from = now - timedelta(days=settings.NOTICE_KEEP_DAYS)
    to_numbers = Q(settled_at__lt=now - NUMBERS_ARE_KEPT) & ~Q(address__in=["", GONE])
    codes = Q(subject__startswith=CODE)
    Notice.objects.filter(to_numbers & ~codes).update(address=GONE)
    old = Notice.objects.filter(Q(settled_at__lt=kept_from) | to_numbers & codes)
    Reached.objects.filter(at__lt=kept_from).delete()
    WeChatTie.objects.filter(ended_at__lt=kept_from).delete()
    WeChatCode.objects.filter(ends_at__lte=now).delete()
    erased = 0
    while time.monotonic() < deadline and (ids := list(old.values_list("pk", flat=True)[:BATCH])):
        erased += len(ids)
        Notice.objects.filter(pk__in=ids).delete()
    return erased
