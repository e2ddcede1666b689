"""Places: taken by the proposal, given back and passed on to the reserve list in one transaction.

The database counts (`places_follow_the_state`): the one statement that proposes takes the place of
the year and that of the class, or neither. Lock order: as in `steps`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day
from diedie_edu.common.errors import Refused
from diedie_edu.notices.kinds import Kind
from edu_base import place_messages as messages
from edu_base.actions import documents
from edu_base.actions.steps import lock_application, move
from edu_base.actions.telling import tell
from edu_base.models import Application, Intake, SchemeYear, State, Step
from edu_base.models.states import HOLDS
from edu_base.queries import places as queries
from edu_base.queries.applications import hearers
from edu_base.rules import places as rules


def lock_year(application: Application) -> SchemeYear:
    """Places of one year are taken and passed on one after the other."""
    rows = SchemeYear.objects.select_for_update(no_key=True)
    return rows.get(scheme=application.scheme, year=application.year)


def lock_class(intake: Intake) -> Intake:
    """Its year first; both as they are now."""
    SchemeYear.objects.select_for_update(no_key=True).get(pk=intake.scheme_year_id)
    rows = Intake.objects.select_related("scheme_year")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=intake.pk)


def lock_all(numbers: Collection[int]) -> dict[int, Application]:
    """Applications by their numbers, behind the years that they are of; in one order for all."""
    wanted = Application.objects.filter(pk__in=numbers)
    years = SchemeYear.objects.filter(pk__in=wanted.values("intake__scheme_year"))
    list(years.order_by("pk").select_for_update(no_key=True))
    rows = wanted.select_related("intake", "person").order_by("pk")
    return {row.pk: row for row in rows.select_for_update(of=("self",))}


def end(
    *, application: Application, to: State, by: User | None, now: datetime, **about: Any
) -> Application:
    """Refused, not admitted, withdrawn: a place that was held goes to the first reserve, and the
    papers of whoever withdraws are deleted.

    Inside a transaction; returns the application as it stands then. Raises `Refused` as
    `steps.move` does.
    """
    year = lock_year(application)
    locked = lock_application(application.pk)
    held = locked.state in HOLDS
    move(application=locked, to=to, by=by, now=now, **about)
    if to == State.WITHDRAWN:
        documents.remove_all(application=locked)
    if held:
        pass_on(year=year, of_class=locked.intake_id, now=now)
    return locked


def pass_on(*, year: SchemeYear, of_class: int, now: datetime) -> bool:
    """Offer what is free of a locked year: first to the class where a place has come free, in the
    order of ranks. A household that has its student meanwhile is passed over. Whether anybody
    was next."""
    for reserve in queries.reserves(year, of_class):
        locked = lock_application(reserve.pk)
        ends_at = rules.offer_ends_at(now, locked.intake.offer_days)
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
        tell_of_offer(kind=messages.OFFERED, application=locked, now=now)
        return True
    return False


def tell_of_offer(*, kind: Kind, application: Application, now: datetime) -> int:
    """With a link of each one's own, which holds for this offer alone, and for a guardian as long
    as they act."""
    assert application.offer_ends_at is not None
    ends_at = application.offer_ends_at.isoformat()
    return sum(
        tell(
            kind=kind,
            application=application,
            now=now,
            to=[one],
            offer=[application.pk, application.last_step, one.pk],
            offer_ends_at=ends_at,
        )
        for one in hearers(application, local_day(now))
    )
