"""Happy Square in figures: groups, festivals, guests, and new faces as its growth has them."""

from typing import Any

from django.db.models import F, IntegerField, QuerySet
from django.db.models import Value as Constant
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.permissions import Permission
from diedie_edu.figures.indicators import NEW_FACES
from diedie_edu.figures.kinds import (
    NOTHING,
    Comings,
    Indicator,
    OwnWay,
    Sheet,
    Value,
    in_programme,
    page,
)
from diedie_edu.figures.queries.comings import came
from diedie_edu.figures.queries.sessions import held, within_span
from diedie_edu.figures.spans import Span
from happy_square.models import Festival, Group, MeetUp
from happy_square.models.groups import PROGRAMME
from happy_square.queries.growth import Growth


def guests(span: Span) -> "QuerySet[Any, Any]":
    """Nobody knows who they were."""
    nobody = Constant(None, output_field=IntegerField())
    rows = MeetUp.objects.filter(within_span(span, "occasion__"), guests__gt=0)
    return rows.values_list(nobody, "guests")


def guests_at_occasion() -> Combinable:
    return Coalesce(F("meet_up__guests"), 0)


def groups_that_met(sheet: Sheet) -> Value:
    groups = Group.objects.filter(occasions__in=held(sheet)).order_by()
    return Value(groups.values("pk").distinct().count() or None)


def festivals(sheet: Sheet) -> Value:
    rows = Festival.objects.filter(occasions__in=held(sheet))
    return Value(rows.count() or None)


def new_faces(sheet: Sheet) -> Value:
    """As the page of growth says it; nothing where nobody came at all."""
    new = Growth(sheet.span.first_day, sheet.span.last_day).new
    return Value(new) if PROGRAMME in sheet.read(came) else NOTHING


COMINGS = Comings(PROGRAMME, guests, guests_at_occasion)
GROWTH = page(Permission.PLAN_ACTIVITIES, "happy_square:growth")
OWN_NEW_FACES = OwnWay(
    indicator=NEW_FACES.slug,
    programme=PROGRAMME,
    definition=_(
        "Plan 五(一): people whose first visit of all to Happy Square lies in these days, without "
        "those who were members before growth counts."
    ),
    of=new_faces,
    list_url=GROWTH,
)
GROUPS = Indicator(
    slug="groups",
    title=_("Groups that met"),
    definition=_("Plan 五(一): groups with at least one meet-up held."),
    unit=pgettext_lazy("unit of a figure", "groups"),
    place=110,
    of=in_programme(PROGRAMME, groups_that_met),
    programme=PROGRAMME,
    list_url=page(Permission.READ_OFFICE, "happy_square:directory"),
)
FESTIVALS = Indicator(
    slug="festivals",
    title=_("Festivals"),
    definition=_("Plan 五(一): festivals that were held."),
    unit=pgettext_lazy("unit of a figure", "festivals"),
    place=120,
    of=in_programme(PROGRAMME, festivals),
    programme=PROGRAMME,
    list_url=page(Permission.PLAN_ACTIVITIES, "happy_square:staff_festival_list"),
)
