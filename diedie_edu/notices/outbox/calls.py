"""Text messages and e-mails: claimed in small batches, then one call after the other."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from diedie_edu.common.crypto import unseal
from diedie_edu.notices.channels.email import mailer
from diedie_edu.notices.channels.outcome import Letter, Outcome, not_sent, refused, unknown
from diedie_edu.notices.channels.sms import gateway
from diedie_edu.notices.kinds import kind_of, render
from diedie_edu.notices.models import Attempt, Channel, Notice, Status
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.rules import Go, Stop, Wait, decide, language_of
from diedie_edu.people.models import Guardianship

logger = logging.getLogger(__name__)
Send = Callable[[Letter], Outcome]


@dataclass(frozen=True)
class Way:
    """How a channel is served: what opens it, how many at once, what an accident means."""

    open: Callable[[], AbstractContextManager[Send]]
    batch: int
    accident: Callable[[str], Outcome]


# A batch should be through within a lease even where the gateway is slow; an e-mail that went
# out twice carries the same Message-ID, a text message would ring twice.
WAYS = {
    Channel.SMS: Way(gateway, 10, unknown),
    Channel.EMAIL: Way(mailer, 50, not_sent),
}


def deliver_by(channel: Channel, deadline: float) -> int:
    """Send what is due until nothing is or `deadline` (monotonic) passes; how many were called."""
    way, calls = WAYS[channel], 0
    with way.open() as send:
        while time.monotonic() < deadline:
            batch = steps.claim(channel, way.batch, timezone.now())
            if not batch.ids:
                break
            calls += _deliver_batch(batch, send, way, deadline)
    return calls


def _deliver_batch(batch: steps.Batch, send: Send, way: Way, deadline: float) -> int:
    calls = 0
    for pk in batch.ids:
        if time.monotonic() >= deadline:
            steps.release(batch, timezone.now())
            break
        calls += deliver_one(pk, batch.lease, send, way.accident)
    return calls


def deliver_one(
    pk: int, lease: UUID, send: Send, accident: Callable[[str], Outcome] = unknown
) -> bool:
    """Bring one claimed message out; whether the gateway was called."""
    notice = _still_ours(pk, lease)
    if notice is None:
        return False
    now = timezone.now()
    match decide(notice, urgent=_is_urgent(notice), now=now):
        case Wait(until):
            steps.postpone(notice, lease, until, now)
        case Stop(status):
            steps.stop(notice, lease, status, now)
        case Go(address):
            if attempt := steps.start(notice, lease, now):
                outcome = _call(attempt, address, send, accident)
                steps.settle(attempt, outcome, timezone.now())
                return True
    return False


def _still_ours(pk: int, lease: UUID) -> Notice | None:
    """The message as it is now, with all that decides where it goes."""
    guardians = Guardianship.objects.select_related("guardian__account").order_by("pk")
    return (
        Notice.objects.filter(pk=pk, lease=lease, status=Status.CLAIMED)
        .select_related("recipient__account", "recipient__household")
        .prefetch_related(Prefetch("recipient__guardians", guardians))
        .first()
    )


def _is_urgent(notice: Notice) -> bool:
    try:
        return kind_of(notice.kind).urgent
    except KeyError:
        return False


def _call(
    attempt: Attempt, address: str, send: Send, accident: Callable[[str], Outcome]
) -> Outcome:
    try:
        letter = _letter(attempt.notice, address)
    except Exception as error:
        return _told(refused, "it could not be written", error)
    try:
        return send(letter)
    except Exception as error:
        return _told(accident, "the call broke", error)


def _told(outcome: Callable[[str], Outcome], words: str, error: Exception) -> Outcome:
    """An accident by its type alone: an error's own text may quote a number or a name."""
    logger.error("A message failed, %s: %s", words, type(error).__name__)
    return outcome(f"{words}: {type(error).__name__}")


def _letter(notice: Notice, address: str) -> Letter:
    secrets = {"code": unseal(notice.sealed)} if notice.recipient is None else {}
    text = render(notice, language_of(notice), **secrets)
    body = "\n\n".join(filter(None, [text.body, text.url]))
    return Letter(
        reference=str(notice.reference),
        address=address,
        title=" ".join(text.title.split()),
        text=text.sms if notice.channel == Channel.SMS else body,
    )
