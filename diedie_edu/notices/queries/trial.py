"""What came back of the last trial of the channels."""

from dataclasses import dataclass

from diedie_edu.accounts.models import User
from diedie_edu.notices.channels.words import in_words
from diedie_edu.notices.messages import TRIAL
from diedie_edu.notices.models import OPEN, Attempt, Channel, Notice, Robot, Status

GOOD = (Status.SENT, Status.DELIVERED)
ORDER = (Channel.INBOX, Channel.WECHAT, Channel.SMS, Channel.EMAIL)


@dataclass(frozen=True)
class Tried:
    """One channel: its message, the last call for it, and what its code means."""

    notice: Notice
    attempt: Attempt | None
    meaning: str

    @property
    def is_open(self) -> bool:
        return self.notice.status in OPEN

    @property
    def tone(self) -> str:
        if self.notice.status in GOOD:
            return "leaf"
        return "amber" if self.is_open or self.notice.status == Status.UNKNOWN else "brick"


def last_trial(user: User) -> list[Tried]:
    """By each channel; empty where this account never tried."""
    own = Notice.objects.filter(account=user, kind=TRIAL.code)
    newest = own.order_by("-created_at", "-pk").first()
    if newest is None:
        return []
    found = own.filter(event=newest.event).prefetch_related("attempts")
    return [_tried(one) for one in sorted(found, key=lambda one: ORDER.index(one.channel))]


def last_trial_of(robot: Robot) -> list[Tried]:
    """The last time that it was tried."""
    own = Notice.objects.filter(robot=robot, kind=TRIAL.code).prefetch_related("attempts")
    return [_tried(one) for one in own.order_by("-created_at", "-pk")[:1]]


def _tried(notice: Notice) -> Tried:
    attempts = list(notice.attempts.all())
    last = attempts[-1] if attempts else None
    return Tried(notice, last, in_words(last.detail) if last else "")
