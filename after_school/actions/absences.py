"""Telling that a child does not come, and taking it back."""

from datetime import date, datetime

from django.db import transaction

from after_school.actions.deciding import Actor, let_decide
from after_school.models import Absence, Enrolment, FamilyEvent, Whereabouts
from after_school.queries.children import enrolments_of
from after_school.rules import children
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.queries.names import register_name
from diedie_edu.people.rules import consents


@transaction.atomic
def report_absence(
    *,
    enrolment: Enrolment,
    first_day: date,
    last_day: date,
    reason: str,
    by: Actor,
    now: datetime,
) -> Absence:
    """Say that the child does not come on these days, in any of its terms; twice is harmless.

    Raises `Refused` once the session of the first day has begun in all of them, where the child
    is locked, or `by` does not decide for it.
    """
    user = let_decide(enrolment.child_id, by, FamilyEvent.What.ABSENCE, now)
    consents.check_child_is_open(enrolment.child)
    others = [row for row in enrolments_of(enrolment.child_id, now) if row != enrolment]
    begins = {row: moment(first_day, row.term.starts) for row in (enrolment, *others)}
    children.check_absence(first_day, last_day, max(begins.values()), now)
    told = [
        Absence.objects.get_or_create(
            enrolment=row,
            first_day=first_day,
            last_day=last_day,
            taken_back_at=None,
            defaults={"reason": reason, "reported_by": user, "reported_at": now},
        )[0]
        for row, begins_at in begins.items()
        if now < begins_at
    ]
    return told[0]


@transaction.atomic
def take_back_absence(*, absence: Absence, by: Actor, now: datetime) -> None:
    """The child comes after all, in all of its terms, and is awaited where it was missing today;
    taking back twice is harmless. Raises `Refused` where `by` does not decide for it."""
    child = absence.enrolment.child_id
    who = let_decide(child, by, FamilyEvent.What.ABSENCE_BACK, now)
    same = {"first_day": absence.first_day, "last_day": absence.last_day}
    told = Absence.objects.filter(enrolment__child=child, taken_back_at=None, **same)
    if told.update(taken_back_at=now):
        said = Whereabouts.objects.filter(presence__child=child, said=Whereabouts.Said.NOT_COMING)
        today = said.filter(presence__session__day=local_day(now), presence__arrived_at=None)
        comes = {"said": Whereabouts.Said.ON_THE_WAY, "who": register_name(who), "guardian": None}
        today.update(**comes, said_at=now)
