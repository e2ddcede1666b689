"""The 4:30 school in figures: numbers only, never a child."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from after_school.models import Enrolment, Presence, Session
from after_school.queries.terms import STANDS
from after_school.rules.terms import PROGRAMME
from diedie_edu.accounts.permissions import Permission
from diedie_edu.activities.models import SignUp
from diedie_edu.figures.indicators import SESSIONS
from diedie_edu.figures.kinds import Comings, Indicator, OwnWay, Sheet, Value, in_programme, page
from diedie_edu.figures.spans import Span


def children_who_came(span: Span) -> "QuerySet[Any, Any]":
    came = Presence.objects.filter(
        arrived_at__isnull=False, session__day__range=(span.first_day, span.last_day)
    )
    return came.order_by().values_list("child").annotate(Count("pk"))


def children_at_occasion() -> Combinable:
    """In the room of this occasion."""
    here = Presence.objects.filter(
        arrived_at__isnull=False,
        session=OuterRef("zone_day__session"),
        zone=OuterRef("zone_day__zone"),
    )
    counted = here.order_by().values("zone").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def afternoons(sheet: Sheet) -> Value:
    days = (sheet.span.first_day, sheet.span.last_day)
    rows = Session.objects.filter(STANDS, day__range=days, opened_at__isnull=False)
    return Value(rows.count() or None)


def enrolled(sheet: Sheet) -> Value:
    rows = Enrolment.objects.filter(
        sign_up__status=SignUp.Status.SEATED,
        term__first_day__lte=sheet.span.last_day,
        term__last_day__gte=sheet.span.first_day,
    )
    return Value(rows.order_by().values("child").distinct().count() or None)


COMINGS = Comings(PROGRAMME, children_who_came, children_at_occasion)
AFTERNOONS = OwnWay(
    indicator=SESSIONS.slug,
    programme=PROGRAMME,
    definition=_("Plan 四(二): afternoons that were opened, each once for all its rooms."),
    of=afternoons,
    list_url=SESSIONS.list_url,
)
ENROLLED = Indicator(
    slug="enrolled",
    title=_("Children enrolled"),
    definition=_("Plan 四(一): children with a place in a term of these days, each once."),
    unit=pgettext_lazy("unit of a figure", "children"),
    place=110,
    of=in_programme(PROGRAMME, enrolled),
    programme=PROGRAMME,
    list_url=page(Permission.PLAN_ACTIVITIES, "after_school:term_list"),
)
