"""Text messages, e-mails and WeChat: claimed in small batches, then one call after the other."""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from diedie_edu.common.crypto import unseal
from diedie_edu.notices.actions.instead import text_has_gone
from diedie_edu.notices.channels.email import mailer
from diedie_edu.notices.channels.outcome import (
    Letter,
    Outcome,
    not_approved,
    not_sent,
    unknown,
)
from diedie_edu.notices.channels.robots import robots
from diedie_edu.notices.channels.sms import gateway
from diedie_edu.notices.channels.wechat import official_account
from diedie_edu.notices.kinds import Kind, Text, kind_of, written
from diedie_edu.notices.models import Attempt, Channel, Notice, Reason, Status
from diedie_edu.notices.named import named
from diedie_edu.notices.outbox import chats, steps
from diedie_edu.notices.outbox.learning import learn
from diedie_edu.notices.queries import addresses, approved
from diedie_edu.notices.queries.phone_choices import is_chosen
from diedie_edu.notices.rules.addresses import language_of
from diedie_edu.notices.rules.sending import Go, Stop, Wait, decide

logger = logging.getLogger(__name__)
Send = Callable[[Letter], Outcome]
PROFILE = "/me/details/"  # where one chooses
Broken = Callable[[Reason, str], Outcome]


@dataclass(frozen=True)
class Way:
    """How a channel is served: what opens it, how many at once, what a broken call means."""

    open: Callable[[], AbstractContextManager[Send]]
    batch: int
    broken: Broken


# A batch should be through within a lease even where the gateway is slow; an e-mail that went
# out twice carries the same Message-ID, a text message would ring twice.
WAYS = {
    Channel.WECHAT: Way(official_account, batch=1, broken=unknown),
    Channel.SMS: Way(gateway, batch=10, broken=unknown),
    Channel.EMAIL: Way(mailer, batch=50, broken=not_sent),
    Channel.ROBOT: Way(robots, batch=10, broken=unknown),
}


def deliver_by(channel: Channel, deadline: float) -> int:
    """Send what is due until nothing is, `deadline` (monotonic) passes or the gateway fails.

    Returns how many calls were made. An ailing gateway is left alone until the next bell, so
    that an outage costs few messages one of their tries.
    """
    way, calls = WAYS[channel], 0
    with way.open() as send:
        while time.monotonic() < deadline:
            batch = steps.claim(channel, way.batch, timezone.now())
            outcomes = _deliver_batch(batch, send, way, deadline)
            calls += len(outcomes)
            if not batch.ids or (outcomes and outcomes[-1].ailing):
                break
    return calls


def _deliver_batch(batch: steps.Batch, send: Send, way: Way, deadline: float) -> list[Outcome]:
    """The calls' outcomes; what was not started when it ended is given back."""
    outcomes: list[Outcome] = []
    for pk in batch.ids:
        if time.monotonic() >= deadline or (outcomes and outcomes[-1].ailing):
            steps.release(batch, timezone.now())
            break
        if outcome := deliver_one(pk, batch.lease, send, way.broken):
            outcomes.append(outcome)
    return outcomes


def deliver_one(pk: int, lease: UUID, send: Send, broken: Broken = unknown) -> Outcome | None:
    """Bring one claimed message out; None where nobody was called."""
    notice = _still_ours(pk, lease)
    if notice is None:
        return None
    now = timezone.now()
    match decide(notice, now=now, **_how(notice)):
        case Wait(until):
            steps.postpone(notice, lease, until, now)
        case Stop(status):
            steps.stop(notice, lease, status, now)
        case Go(address):
            if attempt := steps.start(notice, lease, now):
                outcome = _call(attempt, address, send, broken)
                steps.settle(attempt, outcome, timezone.now())
                if notice.channel == Channel.WECHAT:
                    learn(address, outcome, timezone.now())
                return outcome
    return None


def _still_ours(pk: int, lease: UUID) -> Notice | None:
    """The message as it is now, with all that decides where it goes."""
    claimed = Notice.objects.filter(pk=pk, lease=lease, status=Status.CLAIMED)
    return addresses.with_address(claimed).first()


def _how(notice: Notice) -> dict[str, bool]:
    try:
        kind = kind_of(notice.kind)
    except KeyError:  # of a kind that this version of the portal no longer has
        return {"urgent": False}
    is_told = notice.channel == Channel.WECHAT and text_has_gone(notice)
    return {"urgent": kind.urgent, "is_chosen": is_chosen(notice), "is_told": is_told}


def _call(attempt: Attempt, address: str, send: Send, broken: Broken) -> Outcome:
    """A fault is told by its type alone: an error's own text may quote a number or a name."""
    try:
        letter = _letter(attempt.notice, address)
    except approved.NotApprovedError as error:
        return not_approved(error.name)
    except Exception as error:
        logger.error("A message could not be written: %s", type(error).__name__)
        return Outcome(Status.FAILED, Reason.FAULT, type(error).__name__)
    if timezone.now() >= steps.lease_end(attempt.started_at):
        # The whole process stood still; others may have taken the message up since.
        return not_sent(Reason.CUT_OFF)
    try:
        return send(letter)
    except Exception as error:
        logger.error("A call of a gateway broke: %s", type(error).__name__)
        return broken(Reason.FAULT, type(error).__name__)


def _letter(notice: Notice, address: str) -> Letter:
    if notice.robot_id:
        return chats.letter_to(notice)
    secrets = {"code": unseal(notice.sealed)} if notice.sealed else {}
    kind, language = kind_of(notice.kind), language_of(notice)
    if whom := addresses.named_on(notice, address):
        kind, secrets = named(kind), {**secrets, "addressee": whom}
    text = written(kind, notice, language, **secrets)
    if notice.channel == Channel.WECHAT:
        return _by_wechat(kind, notice, address, text)
    title = " ".join(text.title.split())
    letter = Letter(str(notice.reference), address, title, _as_mail(text, language))
    if notice.channel != Channel.SMS:
        return letter
    text, template, names = approved.as_approved(
        text, in_chinese=lambda: written(kind, notice, settings.LANGUAGE_CODE, **secrets)
    )
    variables = {name: text.variables[name] for name in names}
    return replace(letter, text=text.sms, template=template, variables=variables)


def _by_wechat(kind: Kind, notice: Notice, address: str, text: Text) -> Letter:
    code, values = approved.of_wechat(kind, notice, text)
    letter = Letter(str(notice.reference), address, text.title, text.body)
    return replace(letter, template=code, variables=values, url=text.url)


def _as_mail(text: Text, language: str) -> str:
    """The message, its page, and why it comes by e-mail and how to end that."""
    with translation.override(language):
        why = gettext("You chose to have messages by e-mail. To change that: {page}")
        parts = [text.body, text.url, "-- ", why.format(page=f"{settings.PORTAL_URL}{PROFILE}")]
    return "\n\n".join(filter(None, parts))
