"""What may be sent and when, and what follows from a gateway's answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.community.waking import quiet_until
from diedie_edu.notices.channels.outcome import Outcome
from diedie_edu.notices.models import OPEN, TROUBLE, Channel, Notice, Status
from diedie_edu.notices.rules.addresses import address_of

RINGING = (Channel.SMS, Channel.WECHAT)
MAX_PAUSE = 3600.0  # seconds, whatever a gateway asks for


@dataclass(frozen=True)
class Go:
    """Send it now, to this number or mailbox."""

    address: str


@dataclass(frozen=True)
class Wait:
    """Not before that moment."""

    until: datetime


@dataclass(frozen=True)
class Stop:
    """Never: it is settled in this state without a call."""

    status: Status


def decide(
    notice: Notice,
    *,
    urgent: bool,
    now: datetime,
    is_chosen: bool = True,
    is_told: bool = False,
) -> Go | Wait | Stop:
    """What becomes of a message that is about to go out by a way that leaves the portal; not
    `is_chosen` where a staff person does not want such messages there; it `is_told` where
    the text message that waited for one by WeChat has gone instead."""
    if notice.expires_at and notice.expires_at <= now:
        return Stop(Status.EXPIRED)
    address = address_of(notice)
    if not address or is_told or not is_chosen:
        return Stop(Status.SUPPRESSED)
    until = None if urgent else quiet_until(now)
    if until is None:
        return Go(address)
    too_late = notice.expires_at and notice.expires_at <= until
    return Stop(Status.EXPIRED) if too_late else Wait(until)


@dataclass(frozen=True)
class Settlement:
    """The state a call leaves its message in; `next_try_at` where something is still to come."""

    status: Status
    next_try_at: datetime | None = None

    @property
    def is_final(self) -> bool:
        return self.status not in OPEN


def settle_as(outcome: Outcome, notice: Notice, tries: int, now: datetime) -> Settlement:
    """What follows from the answer to try number `tries`.

    Only what is known not to have been sent is tried again, later each time, and never past
    its expiry; what cannot be known is asked about, not repeated.
    """
    if outcome.status == Status.UNKNOWN:
        return Settlement(Status.UNKNOWN, now + seconds(settings.NOTICE_ASK_AFTER))
    if outcome.status != Status.QUEUED:
        return Settlement(outcome.status)
    if tries > len(settings.NOTICE_RETRIES):
        return Settlement(Status.FAILED)
    pause = max(settings.NOTICE_RETRIES[tries - 1], outcome.retry_after)
    next_try_at = now + seconds(min(pause, MAX_PAUSE))
    if notice.expires_at and notice.expires_at <= next_try_at:
        return Settlement(Status.FAILED)
    return Settlement(Status.QUEUED, next_try_at)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def check_send_again(notice: Notice, now: datetime) -> None:
    """House rule: staff may repeat what failed or is unknown, while it is still of use."""
    if notice.status not in TROUBLE:
        raise Refused("not_in_trouble", _("This message did not fail, so it is not repeated."))
    if notice.address:
        raise Refused(
            "code_gone",
            _("A message to a number alone is not sent again; for a code the person asks anew."),
        )
    if notice.expires_at and notice.expires_at <= now:
        raise Refused("too_late", _("It is too late: this no longer holds, or has begun."))
