"""What staff decide on an application until it is ranked, one by one or several together.

None of it takes or frees a place. Lock order: as in `steps`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.notices.kinds import Kind
from edu_base import review_messages as messages
from edu_base.actions.places import lock_all
from edu_base.actions.steps import lock_application, move
from edu_base.actions.telling import tell
from edu_base.models import Application, Interview, State
from edu_base.queries.concerned import is_concerned
from edu_base.rules import review as rules
from edu_base.rules.conditions import check_conditions


@transaction.atomic
def decide(
    *, application: Application, to: State, by: User, now: datetime, reason: str = ""
) -> None:
    """Ask for more, find the conditions met, refuse, take up again, or note the interview: one of
    `ACTS`. Applicant and guardian hear, with the reason.

    Raises `Refused` (`concerned`, `erased`, `no_interview`), and as `check_conditions` and
    `steps.move` do.
    """
    locked = lock_application(application.pk)
    rules.check_not_concerned(is_concerned(by, locked))
    rules.check_has_its_words(locked)
    if to == State.INTERVIEWED:
        rules.check_was_seen(Interview.objects.filter(application=locked).first())
    if to == State.ELIGIBLE:
        check_conditions(locked)
    move(application=locked, to=to, by=by, now=now, reason=reason)
    tell(kind=TOLD[to], application=locked, now=now, reason=reason)


TOLD: dict[State, Kind] = {
    State.MORE_ASKED: messages.MORE_ASKED,
    State.ELIGIBLE: messages.ELIGIBLE,
    State.REFUSED: messages.REFUSED,
    State.SUBMITTED: messages.TAKEN_UP,
    State.INTERVIEWED: messages.INTERVIEWED,
}


@dataclass(frozen=True)
class Act:
    """A decision that staff take: its button, what is said when it is done, and whether it asks
    for a reason."""

    to: State
    label: Promise
    icon: str
    asks_reason: bool = False
    together: bool = True


ACTS: tuple[Act, ...] = (
    Act(State.ELIGIBLE, _("Meets the conditions"), "check"),
    Act(State.MORE_ASKED, _("Ask for more"), "question-mark-circle", asks_reason=True),
    Act(State.INTERVIEWED, _("Was interviewed"), "chat-bubble-left-right"),
    Act(State.REFUSED, pgettext_lazy("an application", "Refuse"), "x-mark", asks_reason=True),
    Act(State.SUBMITTED, _("Take up again"), "arrow-path", asks_reason=True, together=False),
)


# --- Several together ------------------------------------------------------------------


@dataclass(frozen=True)
class Chosen:
    """An application as it stood on the screen, by the number of its last step."""

    number: int
    step: int


@dataclass(frozen=True)
class Outcome:
    """`seen`: the pair of `Chosen`, as a form carries it."""

    application: Application
    seen: str
    refusal: Refused | None = None


@transaction.atomic
def decide_together(
    *,
    chosen: Sequence[Chosen],
    to: State,
    by: User,
    now: datetime,
    reason: str = "",
    is_preview: bool = False,
) -> list[Outcome]:
    """Decide on several, each by itself: what a rule or the database refuses stays out, with why.

    A preview does the same and takes all of it back, so that it is what will happen. What has gone
    on since it was on the screen stays out too.
    """
    found = lock_all([one.number for one in chosen])
    about: dict[str, Any] = {"to": to, "by": by, "now": now, "reason": reason}
    shown = [(found[one.number], one.step) for one in chosen if one.number in found]
    outcomes = [_outcome(application, step, about) for application, step in shown]
    transaction.set_rollback(is_preview)
    return outcomes


def _outcome(application: Application, step: int, about: dict[str, Any]) -> Outcome:
    seen = f"{application.pk}:{step}"
    try:
        rules.check_is_as_shown(application, step)
        decide(application=application, **about)
    except Refused as refusal:
        return Outcome(application, seen, refusal)
    return Outcome(application, seen)
