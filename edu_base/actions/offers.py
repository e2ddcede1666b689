"""An offer to a reserve: accepted, declined, or run out. Lock order: as in `steps`."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from diedie_edu.accounts.models import User
from edu_base import place_messages as messages
from edu_base.actions.applying import withdraw
from edu_base.actions.documents import remove_all
from edu_base.actions.places import end, lock_year, tell_of_offer
from edu_base.actions.steps import lock_application, move
from edu_base.actions.telling import tell
from edu_base.models import Application, State, Step
from edu_base.rules import places as rules

REMIND_BEFORE = timedelta(days=1)
Acting = Step.Acting


@transaction.atomic
def answer(
    *,
    application: Application,
    step: int,
    takes_it: bool,
    by: User | None,
    acting: Step.Acting,
    now: datetime,
) -> None:
    """Yes: proposed, and in public like all others. No: withdrawn, and the next one hears.

    `step` is the one that made the offer. Raises `Refused` (`answered`, `offer_over`, and as
    `steps.move`).
    """
    lock_year(application)
    locked = lock_application(application.pk)
    rules.check_offer_stands(locked, step, now)
    who: dict[str, Any] = {"by": by, "acting": acting, "now": now}
    if not takes_it:
        withdraw(application=locked, **who)
        return
    move(application=locked, to=State.PROPOSED, **who)
    tell(kind=messages.PROPOSED, application=locked, now=now)


def plan_offers(now: datetime) -> int:
    """Pass on what nobody has answered, and remind a day before; how many reminders. Every tick
    may call it."""
    offered = Application.objects.filter(state=State.OFFERED).select_related("intake", "person")
    for row in offered.filter(offer_ends_at__lte=now).order_by("intake__scheme_year", "pk"):
        _run_out(row, now)
    late = offered.filter(
        offer_ends_at__range=(now, now + REMIND_BEFORE),
        offer_ends_at__gt=F("state_since") + REMIND_BEFORE,
    )
    return sum(tell_of_offer(kind=messages.OFFER_ENDS, application=row, now=now) for row in late)


@transaction.atomic
def _run_out(offered: Application, now: datetime) -> None:
    lock_year(offered)
    locked = lock_application(offered.pk)
    if locked.state != State.OFFERED or locked.offer_ends_at is None or locked.offer_ends_at > now:
        return
    ended = end(application=locked, to=State.WITHDRAWN, by=None, acting=Acting.NOBODY, now=now)
    remove_all(application=ended)
    tell(kind=messages.OFFER_OVER, application=ended, now=now)
