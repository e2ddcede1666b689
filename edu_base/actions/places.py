"""Places: taken by the proposal, given back and passed on to the reserve list in one transaction.

The database counts (`places_follow_the_state`): the one statement that proposes takes the place of
the year and that of the class, or neither. Lock order: as in `steps`.
"""

from datetime import datetime, timedelta
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from edu_base.actions.steps import lock_application, move
from edu_base.models import Application, SchemeYear, State, Step
from edu_base.models.states import HOLDS
from edu_base.queries import places as queries


def lock_year(application: Application) -> SchemeYear:
    """Places of one year are taken and passed on one after the other."""
    rows = SchemeYear.objects.select_for_update()
    return rows.get(scheme=application.scheme, year=application.year)


def end(
    *, application: Application, to: State, by: User | None, now: datetime, **about: Any
) -> None:
    """Refused, not admitted, withdrawn: a place that was held goes to the first reserve.

    Inside a transaction. Raises `Refused` as `steps.move` does.
    """
    year = lock_year(application)
    locked = lock_application(application.pk)
    held = locked.state in HOLDS
    move(application=locked, to=to, by=by, now=now, **about)
    if held:
        pass_on(year=year, of_class=locked.intake_id, now=now)


def pass_on(*, year: SchemeYear, of_class: int, now: datetime) -> None:
    """Offer what is free of a locked year: first to the class where a place has come free, in the
    order of ranks. A household that has its student meanwhile is passed over."""
    for reserve in queries.reserves(year, of_class):
        locked = lock_application(reserve.pk)
        ends_at = now + timedelta(days=locked.intake.offer_days)
        try:
            move(
                application=locked,
                to=State.OFFERED,
                by=None,
                now=now,
                acting=Step.Acting.NOBODY,
                offer_ends_at=ends_at,
            )
        except Refused:
            continue
        return
