"""Trying the channels out: a message to oneself by each, through the outbox like any other."""

from datetime import datetime

from django.db import transaction

from diedie_edu.accounts.actions.tries import Throttle
from diedie_edu.accounts.models import User
from diedie_edu.notices.actions import notify
from diedie_edu.notices.messages import TRIAL
from diedie_edu.notices.rules.ways import check_tries_seldom

TRIALS = Throttle("trial of the channels", "TRIALS_PER_HOUR")


@transaction.atomic
def try_channels(*, user: User, now: datetime) -> None:
    """Raises `Refused` (`too_many_trials`), with the time from which there is another."""
    check_may_try(user, now)
    notify(
        kind=TRIAL,
        accounts=[user.pk],
        subject=f"trial:{user.pk}",
        revision=now.isoformat(),
        data={"sent_at": now},
        now=now,
    )


def check_may_try(user: User, now: datetime) -> None:
    """Counts the trial; raises `Refused` (`too_many_trials`)."""
    check_tries_seldom(TRIALS.is_too_many(str(user.pk), now), again_at=TRIALS.ends_at(now))
