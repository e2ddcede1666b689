"""Who gets a place and who goes on the reserve list: decided by the ranking alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.errors import Refused
from diedie_edu.community.waking import after_the_night
from edu_base.models.applications import Application
from edu_base.models.states import Scheme, State

NO_HOUSEHOLD = _("The household is not confirmed yet.")
HAS_STUDENT = _("The household has its student already.")
STOPPED = _("A guardian has said no.")
SAME_HOUSEHOLD = _("Somebody of the same household stands before.")
NO_RANK = _("Not ranked yet.")


@dataclass(frozen=True)
class Line:
    """What becomes of one of the ranked: `to` a state, or None where they stay, and `why`."""

    application: Application
    to: State | None
    why: str | Promise = ""


def seen_as(lines: Iterable[Line]) -> str:
    """What a preview showed, in a few signs that it sends back."""
    marks = ",".join(f"{line.application.pk}:{line.to or ''}" for line in lines)
    return sha256(marks.encode()).hexdigest()


def plan_proposal(
    ranked: Iterable[Application], *, number: int, fills_reserve: bool, with_student: set[int]
) -> Iterator[Line]:
    """The first `number` in the order of ranks are proposed, the others are reserves where
    `fills_reserve`. `with_student` are the households that have one."""
    households: set[int] = set()
    for application in ranked:
        why = why_not(application, with_student)
        if why is not None:
            yield Line(application, None, why)
            continue
        home = application.dwelling_id if application.scheme == Scheme.HOUSEHOLDS else None
        waits = home in households
        if number > 0 and not waits:
            number -= 1
            households |= {home} if home else set()
            yield Line(application, State.PROPOSED)
        else:
            to = State.RESERVE if fills_reserve else None
            yield Line(application, to, SAME_HOUSEHOLD if waits else "")


def why_not(application: Application, with_student: set[int]) -> Promise | None:
    """What stands in the way of a proposal, for staff alone; None where nothing does."""
    if application.rank is None:
        return NO_RANK
    if application.stopped_at is not None:
        return STOPPED
    if application.scheme != Scheme.HOUSEHOLDS:
        return None
    if application.dwelling_id is None:
        return NO_HOUSEHOLD
    return HAS_STUDENT if application.dwelling_id in with_student else None


def check_stands_at(application: Application, *states: State) -> None:
    """House rule: what is done to a batch is done to those that stand where the page saw them.

    Raises `Refused` (`moved_on`)."""
    if application.state not in states:
        raise Refused(
            "moved_on",
            _("%(who)s stands at “%(state)s” now. Please look once more.")
            % {"who": application.person or "–", "state": application.get_state_display()},
        )


def check_as_seen(lines: Iterable[Line], seen: str) -> None:
    """House rule: a preview holds, or is shown anew. Raises `Refused` (`changed`)."""
    if seen_as(lines) != seen:
        raise Refused(
            "changed",
            _("The ranking or the places have changed meanwhile. Please look at the list anew."),
        )


def check_number(number: int, free: int) -> None:
    """Facts 1: neither the class's places nor the scheme's. Raises `Refused` (`too_many`)."""
    if number > free:
        raise Refused("too_many", _("There are %(free)d free places.") % {"free": free}, "number")


def offer_ends_at(made_at: datetime, days: int) -> datetime:
    """House rule: an offer can be answered for as many days as the class says, and ends by day."""
    return after_the_night(made_at + timedelta(days=days))


def check_offer_stands(application: Application, step: int, now: datetime) -> None:
    """House rule: an offer is answered once, and until it ends.

    Raises `Refused` (`answered`, `offer_over`)."""
    if application.state != State.OFFERED or application.last_step != step:
        raise Refused("answered", _("This offer has been answered or taken back already."))
    assert application.offer_ends_at is not None
    if now >= application.offer_ends_at:
        raise Refused(
            "offer_over", _("The time to answer is over, so the place is kept no longer.")
        )
