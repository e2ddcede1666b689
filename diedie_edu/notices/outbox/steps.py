"""The steps of one message. Each is one short transaction that compares before it sets.

`start` is the last write before the network: whoever cancels before it wins, whoever comes
after it is too late. `settle` writes only over the state that its own start left.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, F, Q, QuerySet, When

from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.actions.instead import may_go, spare_text
from diedie_edu.notices.bearers import sent_to
from diedie_edu.notices.channels.outcome import Outcome
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import OPEN, Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.outbox import chats
from diedie_edu.notices.outbox.together import take_along
from diedie_edu.notices.queries.addresses import with_address
from diedie_edu.notices.rules.addresses import address_of
from diedie_edu.notices.rules.sending import seconds, settle_as

# In the order in which a change of a phone takes them. An account's person changes with it.
LOCKS = (
    "SELECT FROM accounts_user WHERE id = %s FOR SHARE",
    """
    SELECT FROM people_resident WHERE id = %s
    OR id IN (SELECT guardian_id FROM people_guardianship WHERE child_id = %s)
    OR account_id IS NOT NULL
        AND household_id = (SELECT household_id FROM people_resident WHERE id = %s)
    ORDER BY id FOR SHARE
    """,
    """
    SELECT FROM people_household
    WHERE id = (SELECT household_id FROM people_resident WHERE id = %s) FOR SHARE
    """,
)
# Whoever ends it waits until the start is written, or is seen by it.
LOCK_OF_TIE = """
SELECT FROM notices_wechattie WHERE ended_at IS NULL AND account_id = COALESCE(
    %s, (SELECT account_id FROM people_resident WHERE id = %s)) FOR SHARE
"""


@dataclass(frozen=True)
class Batch:
    """Messages that are this process's to send while the lease lasts."""

    lease: UUID
    ids: list[int]


@transaction.atomic
def claim(channel: Channel, limit: int, now: datetime) -> Batch:
    """Take up to `limit` due messages, urgent ones first; others skip the locked rows."""
    urgent = [kind.code for kind in parts_of(Kind) if kind.urgent]
    urgent_first = Case(When(kind__in=urgent, then=0), default=1)
    due = Notice.objects.filter(channel=channel, status=Status.QUEUED, next_try_at__lte=now)
    if channel == Channel.SMS:
        due = may_go(due, now)
    rows = due.order_by(urgent_first, "next_try_at", "id").select_for_update(skip_locked=True)
    batch = Batch(uuid4(), list(rows.values_list("pk", flat=True)[:limit]))
    Notice.objects.filter(pk__in=batch.ids).update(
        status=Status.CLAIMED, lease=batch.lease, lease_until=lease_end(now)
    )
    return batch


@transaction.atomic
def start(notice: Notice, lease: UUID, now: datetime) -> Attempt | None:
    """claimed → sending; None where the claim was lost, the message was cancelled, or goes to
    another address by now than `notice` says: then it is queued, to be looked at anew. A robot that
    has said too much within a minute waits."""
    address = address_of(notice)
    if not _still_goes_to(notice, address):
        move(_claimed(notice.pk, lease), Status.QUEUED, now)
        return None
    if notice.robot_id and (until := chats.again_from(notice, now)):
        postpone(notice, lease, until, now)
        return None
    taken = _claimed(notice.pk, lease).update(
        status=Status.SENDING, lease_until=lease_end(now), tries=F("tries") + 1
    )
    if not taken:
        return None
    if notice.robot_id:
        chats.take_along(notice, lease, now)
    else:
        take_along(notice, lease, address, now)
    return Attempt.objects.create(
        notice=notice,
        number=notice.tries + 1,
        lease=lease,
        started_at=now,
        sent_to=sent_to(address),
    )


def _still_goes_to(notice: Notice, address: str) -> bool:
    """The people, phones and households that decide it stay as they are until the start is
    written: whoever changes a phone before it wins, whoever comes later finds the call begun."""
    if notice.robot_id:
        return chats.still_speaks(notice)
    if notice.addressee is None:
        return True
    whose = [notice.account_id], [notice.recipient_id] * 3, [notice.recipient_id]
    with connection.cursor() as cursor:
        for statement, params in zip(LOCKS, whose, strict=True):
            cursor.execute(statement, params)
        if notice.channel == Channel.WECHAT:
            cursor.execute(LOCK_OF_TIE, [notice.account_id, notice.recipient_id])
    fresh = with_address(Notice.objects.filter(pk=notice.pk)).first()
    return fresh is not None and address_of(fresh) == address


@transaction.atomic
def settle(attempt: Attempt, outcome: Outcome, now: datetime) -> bool:
    """Write down how the call ended; False where the message is no longer this attempt's.

    A final answer that comes after the reaper gave the call up as unknown still counts, as long
    as nobody started the message anew.
    """
    settlement = settle_as(outcome, attempt.notice, attempt.number, now)
    ours = Q(status=Status.SENDING, lease=attempt.lease)
    if settlement.is_final:
        ours |= Q(status=Status.UNKNOWN)
    found = Notice.objects.filter(ours, pk=attempt.notice_id, tries=attempt.number)
    written = move(found, settlement.status, now, next_try_at=settlement.next_try_at)
    if written and attempt.notice.channel == Channel.WECHAT and settlement.status == Status.SENT:
        spare_text(attempt.notice, now)
    attempt.ended_at = max(now, attempt.started_at)  # the clock may have been set back
    attempt.gateway_id = outcome.gateway_id[:60]
    attempt.save(update_fields=["ended_at", "gateway_id"])
    # A receipt may have come before our own answer, and knows more.
    own = Attempt.objects.filter(pk=attempt.pk).exclude(reason=Reason.RECEIPT)
    own.update(outcome=outcome.status, reason=outcome.reason, detail=outcome.detail[:100])
    return bool(written)


def postpone(notice: Notice, lease: UUID, until: datetime, now: datetime) -> None:
    """claimed → queued, not before `until`."""
    move(_claimed(notice.pk, lease), Status.QUEUED, now, next_try_at=until)


def stop(notice: Notice, lease: UUID, status: Status, now: datetime) -> None:
    """claimed → a final state, without a call."""
    move(_claimed(notice.pk, lease), status, now)


def release(batch: Batch, now: datetime) -> None:
    """Give back what of a batch was not started."""
    rest = Notice.objects.filter(pk__in=batch.ids, lease=batch.lease, status=Status.CLAIMED)
    move(rest, Status.QUEUED, now)


def move(
    rows: QuerySet[Notice], status: Status, now: datetime, *, next_try_at: datetime | None = None
) -> int:
    """Bring rows into a state with what belongs to it; a settled row keeps no code."""
    values: dict[str, object] = {"status": status, "lease": None, "lease_until": None}
    values["settled_at"] = None if status in OPEN else now
    if status not in OPEN:
        values["sealed"] = ""
    if next_try_at is not None:
        values["next_try_at"] = next_try_at
    return rows.update(**values)


def lease_end(now: datetime) -> datetime:
    return now + seconds(settings.NOTICE_LEASE_SECONDS)


def _claimed(pk: int, lease: UUID) -> QuerySet[Notice]:
    return Notice.objects.filter(pk=pk, status=Status.CLAIMED, lease=lease)
