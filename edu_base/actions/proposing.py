"""拟推荐: the ranking becomes places and a reserve list. Lock order: as in `steps`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from edu_base import place_messages as messages
from edu_base.actions.places import lock_all, lock_class, lock_year, pass_on
from edu_base.actions.steps import lock_application, move
from edu_base.actions.telling import tell
from edu_base.models import Application, Intake, State
from edu_base.queries import places as queries
from edu_base.queries.concerned import is_concerned
from edu_base.rules import places as rules
from edu_base.rules.review import check_not_concerned

TOLD = {State.PROPOSED: messages.PROPOSED, State.RESERVE: messages.RESERVED}


@transaction.atomic
def propose_batch(
    *,
    intake: Intake,
    number: int,
    fills_reserve: bool,
    seen: str,
    by: User,
    now: datetime,
) -> None:
    """What the preview showed (`rules.seen_as`), whole or not at all.

    Raises `Refused` (`too_many`, `changed`, and as `steps.move`).
    """
    locked = lock_class(intake)
    rules.check_number(number, queries.free_places(locked))
    lines = plan(locked, number=number, fills_reserve=fills_reserve)
    rules.check_as_seen(lines, seen)
    applications = lock_all([line.application.pk for line in lines if line.to])
    for line in lines:
        if line.to is not None:
            _place(applications[line.application.pk], line.to, by, now)


def plan(intake: Intake, *, number: int, fills_reserve: bool) -> list[rules.Line]:
    """What becomes of the ranked of a class."""
    return list(
        rules.plan_proposal(
            queries.standing_at(intake, State.RANKED),
            number=number,
            fills_reserve=fills_reserve,
            with_student=queries.households_with_student(intake),
        )
    )


@transaction.atomic
def place(*, application: Application, to: State, by: User, now: datetime) -> None:
    """Propose one of the ranked, or put them on the reserve list.

    Raises `Refused` (`concerned`, `moved_on`, and as `steps.move`).
    """
    lock_year(application)
    locked = lock_application(application.pk)
    check_not_concerned(is_concerned(by, locked))
    _place(locked, to, by, now)


def _place(locked: Application, to: State, by: User, now: datetime) -> None:
    rules.check_stands_at(locked, State.RANKED)
    move(application=locked, to=to, by=by, now=now)
    tell(kind=TOLD[to], application=locked, now=now)


@transaction.atomic
def take_back(*, application: Application, reason: str, by: User, now: datetime) -> None:
    """A proposal was a mistake: back into the ranking, and the place is free for staff to give.

    Raises `Refused` (`concerned`, `moved_on`, and as `steps.move`).
    """
    lock_year(application)
    locked = lock_application(application.pk)
    check_not_concerned(is_concerned(by, locked))
    move(application=locked, to=State.RANKED, by=by, now=now, reason=reason)
    tell(kind=messages.NOT_PROPOSED, application=locked, now=now, reason=reason)


@transaction.atomic
def offer_next(*, intake: Intake, now: datetime) -> None:
    """Places have come free otherwise (more were given to the class): the first reserve hears.

    Raises `Refused` (`nobody_next`).
    """
    locked = lock_class(intake)
    if not pass_on(year=locked.scheme_year, of_class=locked.pk, now=now):
        raise Refused("nobody_next", _("No place is free, or nobody waits for one."))


@transaction.atomic
def close_reserve(*, intake: Intake, reason: str, by: User, now: datetime) -> int:
    """The class has begun: nobody of its reserve list has a place any more; how many that were.

    Raises `Refused` as `steps.move`.
    """
    lock_class(intake)
    waiting = queries.standing_at(intake, State.RESERVE).values_list("pk", flat=True)
    rows = lock_all(list(waiting))
    for locked in rows.values():
        move(application=locked, to=State.REFUSED, by=by, now=now, reason=reason)
        tell(kind=messages.NO_PLACE, application=locked, now=now, reason=reason)
    return len(rows)
