"""Reads of checks: who may be on duty on a day, and whose check runs out."""

from datetime import date, timedelta

from django.db.models import (
    DateField,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from after_school.rules import terms
from diedie_edu.people.models import Clearance, Volunteer
from diedie_edu.programmes.models import RuleConfirmation
from diedie_edu.volunteering.queries.clearances import IsCleared


def clearances_running_out(today: date, within: timedelta) -> QuerySet[Volunteer]:
    """Volunteers who are cleared, and whose last clear check (`until`) ends within that time."""
    last = today + within
    checked = ending(today, last).values("volunteer")
    soon = Q(clear=True, until__lte=last, pk__in=checked)
    return volunteers_by_clearance(today).filter(soon)


def ending(today: date, last: date) -> QuerySet[Clearance]:
    """Clear checks whose last day is one of these; somebody may have a later one."""
    return Clearance.objects.filter(
        result=Clearance.Result.CLEAR, valid_until__gte=today, valid_until__lte=last
    )


def volunteers_by_clearance(today: date) -> QuerySet[Volunteer]:
    """Everybody active, with the last day of their clear check (`until`), soonest first; `clear`
    is whether one holds today, which a later check may have ended; `confirmed` is the newest
    version of the working rules that they have confirmed."""
    clear = Q(clearances__result=Clearance.Result.CLEAR)
    until = Max("clearances__valid_until", filter=clear)
    confirmed = RuleConfirmation.objects.filter(
        user=OuterRef("resident__account"), version__programme__slug=terms.PROGRAMME
    ).order_by("-version__number")
    active = Volunteer.objects.filter(is_active=True).annotate(
        until=until,
        clear=IsCleared(F("pk"), Value(today, DateField())),
        confirmed=Subquery(confirmed.values("version__number")[:1]),
    )
    return active.select_related("resident").order_by(F("until").asc(nulls_last=True), "pk")
